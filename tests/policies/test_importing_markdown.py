"""A policy in Markdown is written anew: the portal's headings and labels, no HTML, and links to the web alone."""

from datetime import date

import pytest

from attachments import kinds
from attachments.rejection import Rejected
from policies.importing.conversion import Imported, read


def imported(text: str) -> Imported:
    return read(text.encode(), kinds.MARKDOWN)


def body(text: str) -> str:
    return imported(text).body


def refusal(content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        read(content, kinds.MARKDOWN)
    return refused.value.sentence


def test_a_policy_comes_out_with_its_facts_and_shifted_headings() -> None:
    text = (
        "Social Media\n===\nPolicy Number: 4010\nEffective Date: 9/3/2019\n\nI. Purpose\n---\nWords.\n\n### Staying\n"
    )
    assert imported(text) == Imported(
        "Social Media", "4010", date(2019, 9, 3), "## I. Purpose\n\nWords.\n\n### Staying", ()
    )


def test_a_policy_in_the_portals_own_format_stays_as_it_is() -> None:
    text = (
        "## I. Purpose\n\nWords with **weight**, *stress* and [a page](https://example.com/x).\n\n## II. Rules\n\n"
        "(A) One\n\n(1) Two\n\n(i) Three\n\n- a\n- b\n  - c\n\n1. d\n2. e\n\n| Who | Where |\n| --- | --- |\n| f | g |"
    )
    found = imported(text)
    assert (found.title, found.body, found.notes) == ("", text, ())


def test_the_top_heading_is_brought_to_the_second_level_where_it_is_no_title() -> None:
    assert body("# One\n\nx\n\n### Two\n\ny\n\n# Three\n\nz") == "## One\n\nx\n\n### Two\n\ny\n\n## Three\n\nz"


def test_lines_that_begin_with_labels_are_clauses_and_others_flow_together() -> None:
    assert body("A. one\nflows\nB. two\n(1) three") == "(A) one flows\n\n(B) two\n\n(1) three"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a <b>c</b>", "a \\<b>c\\</b>"),
        ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
        ('<div onclick="x">\nhi\n</div>', '\\<div onclick="x">\\\nhi\\\n\\</div>'),
        ("- <img src=x>", "- \\<img src=x>"),
        ("| <i> |\n| --- |\n| x |", "\\<i>\n\nx"),
    ],
)
def test_html_is_shown_as_it_was_typed(html: str, shown: str) -> None:
    found = imported(f"Words.\n\n{html}")
    assert found.body == f"Words.\n\n{shown}"
    assert "HTML in the text is shown as it was typed." in found.notes


def test_a_break_typed_as_html_is_a_break_and_a_comment_is_left_out() -> None:
    found = imported("a<br>b <!-- x -->\n\n<!-- gone -->\n\nc  \nd")
    assert (found.body, found.notes) == ("a\\\nb\n\nc\\\nd", ("2 comments were left out.",))


def test_links_and_pictures_leave_their_words_where_they_are_not_kept() -> None:
    found = imported("[a](javascript:alert(1)) [b](/c) <https://d.test> [e][f] ![g](h.png)\n\n[f]: mailto:i@j.test")
    assert found.body == "a b [https://d.test](https://d.test) [e](mailto:i@j.test)"
    assert found.notes == (
        "1 picture was left out.", "2 links that do not lead to the web or to a mailbox became plain text.",
    )  # fmt: skip


def test_settings_at_the_top_give_a_title_and_are_left_out() -> None:
    found = imported("---\ntitle: 'Posting'\ntags:\n  - x\n---\n\nWords.\n")
    assert (found.title, found.body) == ("Posting", "Words.")
    assert found.notes == ("Settings at the top of the file were left out.",)


def test_lists_quotations_and_code_come_out_plain() -> None:
    text = "* a\n* b\n\n    1) c\n\n> d\n> e\n\n```html\n<b>\n```\n\n***\n\nf"
    assert body(text) == "- a\n\n- b\n\n  1. c\n\n> d e\n\n\\<b>\n\n---\n\nf"


def test_line_endings_marks_and_trailing_blanks_are_evened_out() -> None:
    found = imported("\ufeffone \r\ntwo\u200b\x07\r\n\r\n\r\n\r\nthree   \r\n")
    assert (found.body, found.notes) == ("one two\n\nthree", ("Characters that cannot be seen were taken out.",))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Ça".encode("latin-1"), "not plain text in UTF-8"),
        (b"PK\x03\x04\xff\xfe", "not plain text in UTF-8"),
        (b" \n", "holds no text"),
        (b"<!-- only this -->", "holds no text"),
        (b"word " * 120_001, "too long: 600,000 characters"),
    ],
)
def test_what_is_no_text_or_has_too_much_or_none_is_refused(content: bytes, why: str) -> None:
    assert why in refusal(content)
