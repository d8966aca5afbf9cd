"""A policy written in Word becomes the portal's text: numbers as Word shows them, and nothing that is not text."""

from datetime import date

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from attachments import kinds
from policies.importing.conversion import Imported, read
from tests.policies import word_samples as word

WRITTEN = """\
## I. Purpose

This policy tells employees what they may post.

## II. Rules

(A) Employees must not:

(1) Post about clients;

(2) Post about cases, including

(i) names, and

(ii) places.

(B) Employees may comment."""


def imported(content: bytes) -> Imported:
    return read(content, kinds.DOCX)


def body(document: Document) -> str:
    return imported(word.saved(document)).body


def test_a_policy_comes_out_with_its_facts_headings_and_nested_clauses() -> None:
    assert imported(word.saved(word.policy())) == Imported(
        title="Social Media Use",
        number="DHS-4010",
        effective_on=date(2019, 9, 3),
        body=WRITTEN,
        notes=(),
    )


@pytest.mark.parametrize(
    ("form", "pattern", "shown"),
    [
        ("upperLetter", "%1.", "(A) First\n\n(B) Second"),
        ("lowerLetter", "%1)", "(a) First\n\n(b) Second"),
        ("lowerRoman", "(%1)", "(i) First\n\n(ii) Second"),
        ("upperRoman", "%1.", "(I) First\n\n(II) Second"),
        ("decimal", "%1.", "1. First\n2. Second"),
        ("decimal", "%1)", "1. First\n2. Second"),
        ("decimal", "(%1)", "(1) First\n\n(2) Second"),
        ("decimal", "Rule %1:", "Rule 1: First\n\nRule 2: Second"),
        ("bullet", "•", "- First\n- Second"),
        ("none", "", "First\n\nSecond"),
    ],
)
def test_each_automatic_number_becomes_a_label_or_a_list(form: str, pattern: str, shown: str) -> None:
    document = word.empty()
    identity = word.numbering(document, [(form, pattern)])
    for text in ("First", "Second"):
        word.numbered(document, text, identity)
    assert body(document) == shown


def test_numbers_go_on_restart_beneath_and_begin_again_as_word_counts_them() -> None:
    document = word.empty()
    first = word.numbering(document, [("upperLetter", "%1."), ("decimal", "%2.")])
    again = word.restarted(document, first)
    for identity, level in [(first, 0), (first, 1), (first, 1), (first, 0), (first, 1), (again, 0)]:
        word.numbered(document, "x", identity, level)
    assert body(document).split("\n\n") == ["(A) x", "(1) x", "(2) x", "(B) x", "(1) x", "(A) x"]


def test_an_empty_numbered_paragraph_counts_and_is_left_out() -> None:
    document = word.empty()
    identity = word.numbering(document, [("upperLetter", "%1.")])
    for text in ("x", "", "y"):
        word.numbered(document, text, identity)
    assert body(document) == "(A) x\n\n(C) y"


def test_the_numbers_a_style_brings_along_are_counted() -> None:
    document = word.empty()
    document.add_paragraph("One", "List Number")
    document.add_paragraph("Two", "List Number")
    document.add_paragraph("Dot", "List Bullet")
    document.add_paragraph("Beneath", "List Bullet 2")
    assert body(document) == "1. One\n2. Two\n\n- Dot\n  - Beneath"


def test_typed_labels_nest_by_what_they_go_on_from() -> None:
    lines = [
        "A. One",
        "1. Two",
        "2) Three",
        "a. Four",
        "b. Five",
        "B. Six",
        "(iv) Seven",
        "Plain.",
        "1. Eight",
        "2. Nine",
    ]
    shown = "(A) One|(1) Two|2\\) Three|(a) Four|(b) Five|(B) Six|(iv) Seven|Plain.|1. Eight\n2. Nine"
    assert imported(word.of_lines(*lines)).body.split("\n\n") == shown.split("|")


def test_a_small_i_after_h_is_a_letter_and_its_list_goes_on() -> None:
    lines = [f"({letter}) x" for letter in "abcdefghij"]
    assert imported(word.of_lines(*lines)).body.split("\n\n") == lines


@pytest.mark.parametrize("line", ["C. difficile is a germ.", "Mr. Smith speaks.", "St. Louis is a city.", "e.g. this"])
def test_what_only_looks_like_a_label_is_none(line: str) -> None:
    assert imported(word.of_lines(line)).body == line


def test_a_line_break_before_a_label_parts_two_clauses_and_another_stays() -> None:
    document = word.empty()
    word.with_xml(document, "<w:r><w:t>(A) one</w:t><w:br/><w:t>(B) two</w:t><w:br/><w:t># three</w:t></w:r>")
    assert body(document) == "(A) one\n\n(B) two\\\n\\# three"


def test_headings_by_their_looks_are_found_ranked_and_noted() -> None:
    document = word.empty()
    for text, size in [("Policy on Posting", 18), ("I. PURPOSE", 14), ("Staying informed", 12), ("II. RULES", 14)]:
        run = document.add_paragraph().add_run(text)
        run.bold, run.font.size = True, Pt(size)
        document.add_paragraph("Words that say what is meant, at some length, so that they are the usual ones.")
    found = imported(word.saved(document))
    assert found.title == "Policy on Posting"
    assert [line for line in found.body.split("\n") if line.startswith("#")] == [
        "## I. PURPOSE", "### Staying informed", "## II. RULES",
    ]  # fmt: skip
    assert found.notes == ("Headings were told by how they look: check them.",)


def test_a_clause_in_bold_stays_a_clause() -> None:
    document = word.empty()
    document.add_paragraph().add_run("(A) Definitions").bold = True
    assert body(document) == "(A) **Definitions**"


def test_the_single_top_heading_is_the_title_and_the_others_move_up() -> None:
    document = word.empty()
    document.add_heading("Policy 1021: Social Media", 1)
    document.add_paragraph("Words.")
    document.add_heading("Scope", 2)
    document.add_heading("Who", 3)
    found = imported(word.saved(document))
    assert (found.title, found.number) == ("Social Media", "1021")
    assert found.body == "Words.\n\n## Scope\n\n### Who"


def test_bold_italics_and_links_are_kept_and_strange_links_lose_only_their_address() -> None:
    document = word.empty()
    paragraph = document.add_paragraph("One ")
    paragraph.add_run("two ").bold = True
    both = paragraph.add_run("three")
    both.bold = both.italic = True
    paragraph.add_run(" four ")
    paragraph.add_run("five.").italic = True
    for address in ("https://example.com/a b(1)", "mailto:a@example.com", "file:///c:/x", "javascript:alert(1)"):
        word.linked(document, "here", address)
    found = imported(word.saved(document))
    assert found.body.split("\n\n") == [
        "One **two** ***three*** four *five.*",
        "[here](https://example.com/a%20b%281%29)",
        "[here](mailto:a@example.com)",
        "here",
        "here",
    ]
    assert found.notes == ("2 links that do not lead to the web or to a mailbox became plain text.",)


def test_a_link_made_by_a_field_is_kept() -> None:
    document = word.empty()
    instruction = 'HYPERLINK "https://example.com/x"'
    parts = ['<w:fldChar w:fldCharType="begin"/>', f"<w:instrText>{instruction}</w:instrText>"]
    parts += ['<w:fldChar w:fldCharType="separate"/>', "<w:t>here</w:t>", '<w:fldChar w:fldCharType="end"/>']
    word.with_xml(document, "".join(f"<w:r>{part}</w:r>" for part in parts))
    assert body(document) == "[here](https://example.com/x)"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# one", "\\# one"),
        ("12. two", "12\\. two"),
        ("- three", "\\- three"),
        ("> four", "\\> four"),
        ("a *b* _c_ [d](e) `f` <g> \\h", "a \\*b\\* \\_c\\_ \\[d\\](e) \\`f\\` \\<g> \\\\h"),
        ("R&D, AT&amp;T, snake_case, 2 ~ 3", "R&D, AT\\&amp;T, snake_case, 2 \\~ 3"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
    ],
)
def test_what_markdown_would_misread_is_escaped(typed: str, shown: str) -> None:
    assert imported(word.of_lines("Before.", typed)).body == f"Before.\n\n{shown}"


def test_characters_nobody_sees_are_taken_out_and_noted() -> None:
    found = imported(word.of_lines("sa\u200bfe \u202eevil\u2066 so\u00adft \u00a0 wide"))
    assert (found.body, found.notes) == ("safe evil soft wide", ("Characters that cannot be seen were taken out.",))


def test_a_simple_table_is_written_in_pipes_and_a_frame_is_none() -> None:
    document = word.empty()
    table = document.add_table(2, 2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Who", "A|B", "All", "*x*"], strict=True):
        cell.text = text
    document.add_table(1, 1).rows[0].cells[0].text = "(A) framed"
    assert body(document) == "| Who | A\\|B |\n| --- | --- |\n| All | \\*x\\* |\n\n(A) framed"


def test_a_table_with_merged_or_long_cells_is_noted() -> None:
    document = word.empty()
    merged = document.add_table(2, 2)
    merged.rows[0].cells[0].merge(merged.rows[0].cells[1]).text = "Over both"
    merged.rows[1].cells[0].text = "under"
    document.add_paragraph("Between.")
    document.add_table(2, 2).rows[0].cells[0].text = "long " * 100
    found = imported(word.saved(document))
    assert found.body.startswith("| Over both |  |\n| --- | --- |\n| under |  |\n\nBetween.\n\nlong long")
    assert found.notes == ("1 table was turned into text.", "1 table had merged cells: check it.")


def test_tracked_changes_are_taken_as_accepted() -> None:
    document = word.empty()
    changes = (
        '<w:r><w:t xml:space="preserve">Kept </w:t></w:r>'
        '<w:del w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="2" w:author="x"><w:r><w:t>moved</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="3" w:author="x"><w:r><w:t>new.</w:t></w:r></w:ins>'
    )
    word.with_xml(document, changes)
    word.with_xml(
        document,
        '<w:pPr><w:rPr><w:del w:id="4" w:author="x"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One, </w:t></w:r>',
    )
    word.with_xml(document, "<w:r><w:t>two.</w:t></w:r>")
    found = imported(word.saved(document))
    assert found.body == "Kept new.\n\nOne, two."
    assert found.notes == ("Tracked changes were taken as accepted.",)


def test_pictures_hidden_words_and_contents_are_left_out_and_noted() -> None:
    document = word.empty()
    word.with_xml(document, "<w:r><w:t>Seen</w:t><w:drawing/><w:drawing/></w:r>")
    word.with_xml(document, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r>")
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Purpose ... 1", "toc 1")
    document.sections[0].header.paragraphs[0].text = "the header"
    found = imported(word.saved(document))
    assert found.body == "Seen"
    assert found.notes == (
        "2 pictures were left out.", "Hidden text was left out.", "The table of contents was left out.",
    )  # fmt: skip
