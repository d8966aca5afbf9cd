"""Puts the pieces of a document together as the portal's policy text."""

import json
from collections.abc import Iterable
from dataclasses import replace

from attachments.inspection.unreadable import Unreadable
from policies.importing.readers import cover, labels
from policies.importing.readers.breaks import grouped, joined
from policies.importing.readers.headings import Headings
from policies.importing.readers.items import List
from policies.importing.readers.labels import Label
from policies.importing.readers.notes import Notes
from policies.importing.readers.outline import CLAUSE, Outline
from policies.importing.readers.pieces import Finished, Part, Piece, Table
from policies.importing.readers.spans import (
    Span,
    escaped,
    escaped_start,
    markdown,
    split_at_breaks,
    without_start,
)
from policies.importing.readers.tables import table

MOST_CHARACTERS = 600_000
TOO_LONG = "This document is too long: 600,000 characters of text is the limit. Import it in parts."


def composed(read: Iterable[Part], notes: Notes, *, named: str, last: Iterable[str] = ()) -> bytes:
    """The document as JSON; `named` is the title its file states, `last` are blocks that stand at the end."""
    parts = [part for whole in read for part in _broken(whole)]
    headings = Headings(parts, notes)
    front = cover.found_in(parts, headings, named)
    headings.demote(front.taken | front.around)
    blocks = Composition(parts, headings, front.taken, notes).blocks()
    return as_json(front, [*blocks, *last], notes)


def as_json(front: cover.Cover, blocks: list[str], notes: Notes) -> bytes:
    """What the portal's side of the import reads; raises Unreadable for more text than a policy can have."""
    body = "\n\n".join(block for block in blocks if block)
    if len(body) > MOST_CHARACTERS:
        raise Unreadable(TOO_LONG)
    told = {"title": front.title, "number": front.number, "body": body, "notes": notes.sentences()}
    day = front.effective_on.isoformat() if front.effective_on else None
    return json.dumps({**told, "effective_on": day}).encode()


class Composition:
    """One document on its way from pieces to blocks of Markdown."""

    def __init__(self, parts: list[Part], headings: Headings, left_out: set[int], notes: Notes) -> None:
        self._parts, self._left_out, self._notes = parts, left_out, notes
        self._depths = headings.depths()
        self._outline, self._list = Outline(), List()
        self._blocks: list[str] = []

    def blocks(self) -> list[str]:
        """Every block in order."""
        for position, part in enumerate(self._parts):
            if position not in self._left_out:
                self._add(position, part)
        self._end_list()
        return self._blocks

    def _add(self, position: int, part: Part) -> None:
        if isinstance(part, Table):
            self._block(table(part, self._notes))
        elif isinstance(part, Finished):
            self._block(part.block)
        elif depth := self._depths.get(position):
            self._outline.close()
            self._block(_heading(part, depth))
        elif part.is_bullet:
            self._list.add("-", markdown(part.spans), part.indent)
        else:
            self._add_paragraph(part)

    def _add_paragraph(self, piece: Piece) -> None:
        label = labels.of_a_number(piece.number) if piece.number else labels.at_the_start(piece.text)
        if label and self._outline.accepts(label, piece):
            self._add_labelled(label, piece)
            return
        self._outline.interrupt(piece.indent)
        number = f"{escaped(piece.number)} " if piece.number else ""
        self._block(escaped_start(number + _on_lines(piece.spans)))

    def _add_labelled(self, label: Label, piece: Piece) -> None:
        spans = piece.spans if piece.number else without_start(piece.spans, len(label.written))
        if self._outline.place(label, piece) == CLAUSE:
            self._block(f"({label.token}) {_on_lines(spans)}")
        else:
            self._list.add(f"{label.token}.", markdown(spans), piece.indent)

    def _block(self, block: str) -> None:
        self._end_list()
        self._blocks.append(block)

    def _end_list(self) -> None:
        self._blocks.append(self._list.ended())


def _broken(part: Part) -> list[Part]:
    """A paragraph, or several where its author only broke the line before a label."""
    if not isinstance(part, Piece) or part.level is not None:
        return [part]
    first, *others = [joined(lines, "\n") for lines in grouped(split_at_breaks(part.spans))] or [()]
    alone = replace(part, spans=first)
    return [alone, *(replace(alone, spans=spans, number="", place=None) for spans in others)]


def _heading(piece: Piece, depth: int) -> str:
    text = markdown(piece.spans, emphasis=False)
    label = labels.of_a_number(piece.number)
    # "II" and "II)" read as "II." before a heading; what stands between parentheses stays so.
    number = f"{label.token}." if label and not label.is_in_parentheses else piece.number
    return " ".join(filter(None, ("#" * depth, number, escaped_start(text) if text.startswith("#") else text)))


def _on_lines(piece_spans: tuple[Span, ...]) -> str:
    first, *others = [markdown(line) for line in split_at_breaks(piece_spans)] or [""]
    return "\\\n".join([first, *map(escaped_start, others)])
