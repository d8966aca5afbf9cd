"""A document becomes the portal's policy text in a process of its own, which is believed no more than it has to be."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from attachments import isolation, kinds
from attachments.kinds import Kind
from attachments.rejection import Rejected

_READERS = {kinds.DOCX: "word", kinds.PDF: "pdf", kinds.MARKDOWN: "markdown"}


@dataclass(frozen=True)
class Imported:
    """What a document holds: facts from its beginning, its text in Markdown, and what a person should check."""

    title: str
    number: str
    effective_on: date | None
    body: str
    notes: tuple[str, ...]


def read(content: bytes, kind: Kind) -> Imported:
    """The text of a document of one of `kinds.POLICY`; raises Rejected with the sentence for whoever chose it."""
    reader = f"policies.importing.readers.{_READERS[kind]}"
    told = isolation.parsed(content, reader, kind.label, instead="save it as another kind and import that")
    return _imported(json.loads(told))


def _imported(told: dict[str, str]) -> Imported:
    if not told["body"].strip():
        raise Rejected("This document holds no text to import.")
    day = told["effective_on"]
    return Imported(
        title=told["title"],
        number=told["number"],
        effective_on=date.fromisoformat(day) if day else None,
        body=told["body"],
        notes=tuple(told["notes"]),
    )
