"""The kinds of file that are taken in: by their name's ending, and by how their content begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from attachments.rejection import Rejected

HEAD_BYTES = 1024
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|svg|script|\?xml|head|body|iframe|!--)", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """One kind of file: its name in words and to browsers, its endings, its inspector, its first bytes (text: none)."""

    label: str
    content_type: str
    endings: tuple[str, ...]
    inspector: str
    signature: re.Pattern[bytes] | None = None

    def begins(self, head: bytes) -> bool:
        """Whether a file that begins so can be of this kind."""
        return self.signature.match(head) is not None if self.signature else found_in(head) is None


@dataclass(frozen=True)
class Welcome:
    """The kinds that are taken in at one place, and their names in a sentence."""

    kinds: tuple[Kind, ...]
    words: str

    @property
    def endings(self) -> str:
        """The endings for the `accept` of a file input."""
        return ",".join(ending for kind in self.kinds for ending in kind.endings)


OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
# Locked and old Word documents begin the second way; their inspector says which of the two it is.
_WORD = re.compile(rb"PK\x03\x04|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

JPEG = Kind("JPEG picture", "image/jpeg", (".jpg", ".jpeg"), "pictures", re.compile(rb"\xff\xd8\xff"))
PNG = Kind("PNG picture", "image/png", (".png",), "pictures", re.compile(rb"\x89PNG\r\n\x1a\n"))
WEBP = Kind("WebP picture", "image/webp", (".webp",), "pictures", re.compile(rb"RIFF....WEBP", re.DOTALL))
GIF = Kind("GIF picture", "image/gif", (".gif",), "pictures", re.compile(rb"GIF8[79]a"))
PDF = Kind("PDF document", "application/pdf", (".pdf",), "documents", re.compile(rb"%PDF-\d"))
TEXT = Kind("plain text file", "text/plain", (".txt",), "texts")
DOCX = Kind("Word document", f"{OFFICE_TYPE}.wordprocessingml.document", (".docx",), "word", _WORD)
MARKDOWN = Kind("Markdown file", "text/markdown", (".md", ".markdown"), "texts")
ACCEPTED = Welcome(
    (JPEG, PNG, WEBP, GIF, PDF, TEXT), "pictures (JPG, PNG, WebP or GIF), PDF documents and plain text (TXT)"
)
POLICY = Welcome((DOCX, PDF, MARKDOWN), "Word documents (DOCX), PDF documents and Markdown (MD)")
_UNWELCOME = (("web page or drawing", _PAGE), ("ZIP or Office file", _WORD))


def named(name: str, accepted: Welcome = ACCEPTED) -> Kind:
    """The kind a file name claims; raises Rejected, listing what is accepted, when it claims none of them."""
    ending = PurePath(name).suffix.lower()
    for kind in accepted.kinds:
        if ending in kind.endings:
            return kind
    raise Rejected(f"{_advice(ending, accepted)} You can add {accepted.words}.")


def _advice(ending: str, accepted: Welcome) -> str:
    if ending in {".heic", ".heif"} and JPEG in accepted.kinds:
        return "HEIC pictures cannot be added. Save it as JPG first."
    if ending in {".doc", ".dot", ".docm", ".odt", ".rtf"} and DOCX in accepted.kinds:
        return f"Documents that end in {ending} cannot be added. Save it as DOCX first."
    return "This kind of file cannot be added."


def content_type_of(content: bytes) -> str:
    """What a file made here is to a browser, by its first bytes."""
    return next(kind.content_type for kind in ACCEPTED.kinds if kind.begins(content[:HEAD_BYTES]))


def found_in(head: bytes) -> str | None:
    """What a file that begins so is, in words, be it welcome or not; None where nothing gives it away."""
    signs = [(kind.label, kind.signature) for kind in ACCEPTED.kinds if kind.signature]
    return next((label for label, signature in (*signs, *_UNWELCOME) if signature.match(head)), None)
