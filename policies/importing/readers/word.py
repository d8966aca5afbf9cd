"""Reads a Word document: paragraphs, automatic numbers, lists and tables, with tracked changes accepted."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml

from attachments.inspection import word as inspection
from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable
from policies.importing.readers.composing import composed
from policies.importing.readers.notes import Notes
from policies.importing.readers.pieces import Piece, Table
from policies.importing.readers.spans import Span, escaped, markdown, stripped
from policies.importing.readers.word_names import Element, attribute, child, children, local, number
from policies.importing.readers.word_numbers import Numbered, Numbers
from policies.importing.readers.word_runs import Runs
from policies.importing.readers.word_styles import Styles, indent_of

_WITHIN = {"customXml", "ins", "moveTo", "sdt", "sdtContent"}
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
MOST_COLUMNS = 63
_DAMAGED = "This document is damaged or incomplete. Open it in Word, save it again, and import the new file."
_EMPTY = "This document holds no text. If it shows pictures of pages, type the text anew and import that."


def text_of(data: io.BytesIO, form: str) -> bytes:
    """The document's text as JSON; raises Unreadable for what is locked, swollen, damaged or without any text."""
    inspection.copy_of(data, form)
    try:
        return _read(docx.Document(data))
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  hostile bytes make a parser fail in any way, and every way is a no
        raise Unreadable(_DAMAGED) from None


def _read(document: Document) -> bytes:
    notes = Notes()
    reader = _Reader(document, notes)
    parts = list(reader.parts(document.element.body))
    if not any(not isinstance(part, Piece) or part.text for part in parts):
        raise Unreadable(_EMPTY)
    return composed(parts, notes, named=document.core_properties.title or "", last=reader.last())


class _Reader:
    """Goes through one document from beginning to end."""

    def __init__(self, document: Document, notes: Notes) -> None:
        self._document, self._notes = document, notes
        self._styles = Styles(_related(document, RELATIONSHIP_TYPE.STYLES))
        self._numbers = Numbers(_related(document, RELATIONSHIP_TYPE.NUMBERING), self._styles)
        self._runs = Runs(self._styles, _links(document), notes)
        self._joined: tuple[Span, ...] = ()

    def parts(self, container: Element) -> Iterator[Piece | Table]:
        """The paragraphs and tables inside, in order."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif _is_contents(element):
                self._notes.count("contents")
            elif name in _WITHIN:
                yield from self.parts(element)

    def last(self) -> Iterator[str]:
        """What footnotes and endnotes say, as a section at the end."""
        texts = [self._note(kind, identity) for kind, identity in self._runs.referred]
        if texts:
            self._notes.count("footnotes", len(texts))
            yield "## Notes"
            yield "\n".join(f"{position}. {text}" for position, text in enumerate(texts, 1))

    def _paragraph(self, element: Element) -> Iterator[Piece | Table]:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"))
        # An empty paragraph counts too, so numbers come first.
        numbered = self._numbers.of(properties, style)
        spans, self._joined = self._joined + self._runs.spans(element), ()
        if child(properties, "rPr", "del") is not None:
            # The mark between two paragraphs was deleted: what follows belongs to this one.
            self._joined = spans
        elif self._styles.name(style).startswith("toc "):
            self._notes.count("contents")
        elif words := stripped(spans):
            yield self._piece(element, words, numbered)
        yield from self._boxes()

    def _piece(self, element: Element, spans: tuple[Span, ...], numbered: Numbered | None) -> Piece:
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"))
        return Piece(
            spans,
            indent=self._indent(properties, style, numbered),
            size=self._size(element, style),
            level=self._styles.level(style, properties),
            is_title=self._styles.name(style) == "title",
            is_bullet=numbered is not None and numbered.is_bullet,
            number=numbered.text if numbered else "",
            place=numbered.place if numbered else None,
        )

    def _indent(self, properties: Element | None, style: str, numbered: Numbered | None) -> float:
        told = (indent_of(properties), numbered.indent if numbered else None, self._styles.indent(style))
        twentieths = next((one for one in told if one is not None), 0)
        return twentieths / 20

    def _size(self, element: Element, style: str) -> float:
        """The size of the paragraph's words in points, as its first run that says so has it."""
        sizes = (number(child(found, "rPr", "sz")) for found in children(element, "r"))
        own = next((size for size in sizes if size), None)
        return own / 2 if own else self._styles.size(style)

    def _boxes(self) -> Iterator[Piece | Table]:
        boxes, self._runs.boxes = self._runs.boxes, []
        for box in boxes:
            yield from self.parts(box)

    def _table(self, element: Element) -> Iterator[Piece | Table]:
        rows = [row for row in _rows(element) if child(row, "trPr", "del") is None]
        cells = [children(row, "tc") for row in rows]
        if all(len(row) <= 1 for row in cells):
            # A table of one column is a frame around paragraphs.
            for cell in (cell for row in cells for cell in row):
                yield from self.parts(cell)
            return
        if any(
            child(cell, "tcPr", kind) is not None for row in cells for cell in row for kind in ("vMerge", "gridSpan")
        ):
            self._notes.count("merged")
        yield Table(tuple(tuple(text for cell in row for text in self._cell(cell)) for row in cells))

    def _cell(self, cell: Element) -> list[str]:
        """The cell's words, and an empty cell for each further column it spans."""
        texts = [self._written(part) for part in self.parts(cell)]
        span = min(number(child(cell, "tcPr", "gridSpan")) or 1, MOST_COLUMNS)
        return [" ".join(filter(None, texts)), *[""] * (span - 1)]

    def _written(self, part: Piece | Table) -> str:
        if isinstance(part, Table):
            return " ".join(cell for row in part.rows for cell in row if cell)
        mark = "•" if part.is_bullet else escaped(part.number)
        return " ".join(filter(None, (mark, markdown(part.spans))))

    def _note(self, kind: str, identity: str) -> str:
        root = _related(self._document, _NOTES[kind])
        found = next((note for note in children(root, kind) if attribute(note, "id") == identity), None)
        return " ".join(self._written(part) for part in self.parts(found if found is not None else ()))


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in _WITHIN:
            yield from _rows(element)


def _is_contents(element: Element) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return attribute(gallery) == "Table of Contents"


def _related(document: Document, kind: str) -> Element | None:
    """The root of the part that a document refers to in this way, None where there is none."""
    relations = [one for one in document.part.rels.values() if one.reltype == kind and not one.is_external]
    return parse_xml(relations[0].target_part.blob) if relations else None


def _links(document: Document) -> dict[str, str]:
    return {key: one.target_ref for key, one in document.part.rels.items() if one.is_external}


if __name__ == "__main__":
    run(text_of)
