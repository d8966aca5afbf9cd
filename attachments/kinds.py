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


JPEG = Kind("JPEG picture", "image/jpeg", (".jpg", ".jpeg"), "pictures", re.compile(rb"\xff\xd8\xff"))
PNG = Kind("PNG picture", "image/png", (".png",), "pictures", re.compile(rb"\x89PNG\r\n\x1a\n"))
WEBP = Kind("WebP picture", "image/webp", (".webp",), "pictures", re.compile(rb"RIFF....WEBP", re.DOTALL))
GIF = Kind("GIF picture", "image/gif", (".gif",), "pictures", re.compile(rb"GIF8[79]a"))
PDF = Kind("PDF document", "application/pdf", (".pdf",), "documents", re.compile(rb"%PDF-\d"))
TEXT = Kind("plain text file", "text/plain", (".txt",), "texts")
ACCEPTED = (JPEG, PNG, WEBP, GIF, PDF, TEXT)
_UNWELCOME = (("web page or drawing", _PAGE), ("ZIP or Office file", re.compile(rb"PK\x03\x04")))

ACCEPT = ",".join(ending for kind in ACCEPTED for ending in kind.endings)
WORDS = "pictures (JPG, PNG, WebP or GIF), PDF documents and plain text (TXT)"


def named(name: str) -> Kind:
    """The kind a file name claims; raises Rejected, listing what is accepted, when it claims none of them."""
    ending = PurePath(name).suffix.lower()
    for kind in ACCEPTED:
        if ending in kind.endings:
            return kind
    if ending in {".heic", ".heif"}:
        raise Rejected(f"HEIC pictures cannot be added. Save it as JPG first. You can add {WORDS}.")
    raise Rejected(f"This kind of file cannot be added. You can add {WORDS}.")


def content_type_of(content: bytes) -> str:
    """What a file made here is to a browser, by its first bytes."""
    return next(kind.content_type for kind in ACCEPTED if kind.begins(content[:HEAD_BYTES]))


def found_in(head: bytes) -> str | None:
    """What a file that begins so is, in words, be it welcome or not; None where nothing gives it away."""
    signs = [(kind.label, kind.signature) for kind in ACCEPTED if kind.signature]
    return next((label for label, signature in (*signs, *_UNWELCOME) if signature.match(head)), None)
