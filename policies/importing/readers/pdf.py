"""Reads a PDF: its lines become headings, clauses, lists and paragraphs again."""

import io

import pikepdf
import pypdfium2

from attachments.inspection import documents
from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable
from policies.importing.readers.composing import MOST_CHARACTERS, composed
from policies.importing.readers.notes import Notes
from policies.importing.readers.pdf_furniture import without_contents, without_furniture
from policies.importing.readers.pdf_lines import Line, lines_of
from policies.importing.readers.pdf_paragraphs import Paragraphs
from policies.importing.readers.pdf_signs import Page
from policies.importing.readers.spans import hides_something

MOST_PAGES = 1_000
_DAMAGED = "This PDF is damaged or incomplete. Open it, print it to a new PDF, and import that."
_TOO_MANY = "This PDF is too long: 1,000 pages is the limit. Import it in parts."
_TOO_LONG = "This PDF is too long: 600,000 characters of text is the limit. Import it in parts."
_PICTURES = (
    "This PDF holds pictures of pages and no text. Scan it again with text recognition (OCR),"
    " or type it anew in Word, and import that."
)


def text_of(data: io.BytesIO, form: str) -> bytes:
    """The document's text as JSON; raises Unreadable for what is locked, too long, damaged or without any text."""
    # What is parsed a second time is the copy in which nothing runs and nothing is locked.
    inert = documents.copy_of(data, form)
    try:
        return _read(inert, _named(data))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  hostile bytes make a parser fail in any way, and every way is a no
        raise Unreadable(_DAMAGED) from None


def _named(data: io.BytesIO) -> str:
    data.seek(0)
    with pikepdf.open(data) as document:
        return str(document.docinfo.get("/Title", ""))


def _read(content: bytes, named: str) -> bytes:
    notes = Notes()
    document = pypdfium2.PdfDocument(content)
    if len(document) > MOST_PAGES:
        raise Unreadable(_TOO_MANY)
    lines = _lines(document, notes)
    if not lines:
        raise Unreadable(_PICTURES)
    kept = without_contents(without_furniture(lines, len(document), notes), notes)
    notes.count("invisible", any(hides_something(line.text) for line in kept))
    return composed(list(Paragraphs(kept, notes).parts()), notes, named=named)


def _lines(document: pypdfium2.PdfDocument, notes: Notes) -> list[Line]:
    lines: list[Line] = []
    signs = 0
    for index in range(len(document)):
        page = Page(document, index)
        signs += page.count()
        # Some more than the text may have, for headers and footers are not yet taken out.
        if signs > MOST_CHARACTERS * 2:
            raise Unreadable(_TOO_LONG)
        lines += _of_page(page, index, notes)
        page.close()
    return lines


def _of_page(page: Page, index: int, notes: Notes) -> list[Line]:
    lines, pictures = lines_of(page.signs(), index, page.height), page.pictures()
    if lines:
        notes.count("pictures", pictures)
    else:
        notes.count("scanned", bool(pictures))
    return lines


if __name__ == "__main__":
    run(text_of)
