"""A policy printed to PDF becomes the portal's text: its lines are paragraphs, clauses and headings again."""

import io
import time
from datetime import date

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from attachments import kinds
from attachments.rejection import Rejected
from policies.importing.conversion import Imported, read
from policies.importing.readers import pdf as reader
from tests.attachments import files
from tests.policies import pdf_samples as pdf

RUNNING = (pdf.TYPED * 3).strip()


def imported(content: bytes) -> Imported:
    return read(content, kinds.PDF)


def blocks(document: FPDF) -> list[str]:
    return imported(pdf.saved(document)).body.split("\n\n")


def refusal(content: bytes) -> str:
    with pytest.raises(Rejected) as refused:
        imported(content)
    return refused.value.sentence


def test_a_policy_comes_out_with_its_facts_headings_and_nested_clauses() -> None:
    found = imported(pdf.saved(pdf.policy()))
    assert (found.title, found.number, found.effective_on) == ("Social Media Use", "DHS-4010", date(2019, 9, 3))
    assert found.body.split("\n\n") == [
        "## I. Purpose",
        RUNNING,
        "## II. Rules",
        f"(A) Employees must not: {(pdf.TYPED * 2).strip()}",
        "(1) Post about clients;",
        "(2) Post about cases, including",
        "(i) names, and",
        "(ii) places.",
        "(B) Employees may comment.",
        "## III. Contacts",
        "Ask either of these:",
        "- the division",
    ]
    assert found.notes == (
        "Page headers and footers were left out.", "Headings were told by how they look: check them.",
    )  # fmt: skip


def test_headings_are_as_deep_as_they_are_large() -> None:
    document = pdf.begun()
    for text, size in [("Posting Policy", 20), ("First", 15), ("Beneath", 12), ("Second", 15)]:
        pdf.heading(document, text, size)
        pdf.paragraph(document, RUNNING)
    found = imported(pdf.saved(document))
    assert found.title == "Posting Policy"
    assert [line for line in found.body.split("\n") if line.startswith("#")] == ["## First", "### Beneath", "## Second"]


@pytest.mark.parametrize(
    ("label", "shown"), [("A.", "(A)"), ("b)", "b)"), ("(b)", "(b)"), ("(iv)", "(iv)"), ("I.", "(I)"), ("(12)", "(12)")]
)
def test_a_typed_label_becomes_the_portals_where_it_is_one(label: str, shown: str) -> None:
    document = pdf.begun()
    pdf.paragraph(document, f"{label}\t{RUNNING}")
    assert blocks(document) == [f"{shown} {RUNNING}"]


def test_numbers_at_the_margin_are_a_list_and_beneath_a_clause_are_labels() -> None:
    document = pdf.begun()
    for text, depth in [("1.\tOne.", 0), ("2.\tTwo.", 0), ("A.\tThree.", 0), ("1.\tFour.", 1), ("2.\tFive.", 1)]:
        pdf.paragraph(document, text, depth)
    assert blocks(document) == ["1. One.\n2. Two.", "(A) Three.", "(1) Four.", "(2) Five."]


def test_a_paragraph_over_the_end_of_a_page_is_one_without_what_every_page_repeats() -> None:
    document = pdf.begun(pdf.Printed)
    texts = [RUNNING.replace("they", f"those of office {number}") for number in range(1, 30)]
    for number, text in enumerate(texts, 1):
        pdf.paragraph(document, f"({number})\t{text}")
    found = imported(pdf.saved(document))
    assert found.body.split("\n\n") == [f"({number}) {text}" for number, text in enumerate(texts, 1)]
    assert "Page headers and footers were left out." in found.notes


def test_a_heading_at_the_top_of_every_page_is_no_page_header() -> None:
    document = pdf.begun(pdf.Printed)
    for number in range(1, 5):
        if number > 1:
            document.add_page()
        pdf.heading(document, f"{number}. Section")
        pdf.paragraph(document, RUNNING)
    assert blocks(document) == [block for number in range(1, 5) for block in (f"## {number}. Section", RUNNING)]


def test_a_table_of_contents_is_left_out() -> None:
    document = pdf.begun()
    for line in ("Table of Contents", "I. Purpose" + " ." * 40 + " 1", "II. Rules" + "." * 50 + "12", RUNNING):
        pdf.paragraph(document, line)
    found = imported(pdf.saved(document))
    assert (found.body, found.notes) == (RUNNING, ("The table of contents was left out.",))


def test_words_parted_at_the_end_of_a_line_are_whole_again() -> None:
    document = pdf.begun()
    document.set_font("Helvetica", "", 11)
    for line in ["Every em-", "ployee of a well-known", "division of the well-", "known department is an employee."]:
        document.cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    assert blocks(document) == ["Every employee of a well-known division of the well-known department is an employee."]


def test_bold_italics_and_links_are_kept_and_signs_escaped() -> None:
    document = pdf.begun()
    pdf.paragraph(document, RUNNING)
    pdf.paragraph(document, "Some **bold words** and __others__ with [signs] <b> of_this kind_.")
    document.write(5, "See ")
    document.write(5, "the page", "https://example.com/x")
    document.write(5, " now.")
    assert blocks(document)[1:] == [
        "Some **bold words** and *others* with \\[signs\\] \\<b> of_this kind\\_.",
        "See [the page](https://example.com/x) now.",
    ]


def test_a_plain_table_is_written_in_pipes() -> None:
    document = pdf.begun()
    pdf.paragraph(document, RUNNING)
    pdf.table(document, [("Who", "Where"), ("Division", "Room 5"), ("Office", "Room 7")])
    assert blocks(document)[1] == "| Who | Where |\n| --- | --- |\n| Division | Room 5 |\n| Office | Room 7 |"


def test_a_page_that_lies_on_its_side_is_read_upright() -> None:
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf.saved(pdf.policy()))) as document:
        upright = imported(pdf.saved(pdf.policy())).body
        for page in document.pages:
            width, height = page.mediabox[2:]
            page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, height, width]
            page.rotate(90, relative=False)
        document.save(turned)
    assert imported(turned.getvalue()).body == upright


def test_pages_without_text_are_noted_and_a_scan_is_refused() -> None:
    document = pdf.begun()
    pdf.paragraph(document, RUNNING)
    document.add_page()
    document.image(Image.new("L", (60, 80), 200), x=0, y=0, w=210, h=270)
    assert imported(pdf.saved(document)).notes == ("1 page holds no text: it may be scanned.",)
    assert refusal(pdf.scanned(2)).startswith("This PDF holds pictures of pages and no text.")


@pytest.mark.parametrize("password", ["letmein", ""])
def test_a_pdf_locked_with_a_password_is_refused_with_words(password: str) -> None:
    assert refusal(files.locked_document(password)).startswith("This PDF is locked with a password")


@pytest.mark.parametrize(
    "content",
    [pdf.saved(pdf.policy())[:-400], b"%PDF-1.7\n", files.swollen_document(300), files.word_document()],
    ids=["end missing", "header only", "unpacks to 300 MB", "another kind"],
)
def test_a_damaged_pdf_is_refused(content: bytes) -> None:
    assert refusal(content).startswith(("This PDF is damaged", "A second file is hidden"))


def test_a_pdf_beyond_1000_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    long = pikepdf.new()
    for _ in range(reader.MOST_PAGES + 1):
        long.add_blank_page()
    made = io.BytesIO()
    long.save(made)
    assert refusal(made.getvalue()).startswith("This PDF is too long: 1,000 pages is the limit.")


def test_200_pages_are_read_within_seconds() -> None:
    content = pdf.long_policy(200)
    began = time.monotonic()
    found = imported(content)
    assert time.monotonic() - began < 30
    assert found.body.count("\n\n(F) ") == 200
    assert "## 200. Section" in found.body
