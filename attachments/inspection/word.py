"""Looks through a Word document's archive without unpacking it whole; it needs no copy, since it is only saved."""

import io
import re
import zipfile

from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable

MOST_PARTS = 4_000
MOST_BYTES = 256 * 1024 * 1024
MOST_BYTES_OF_A_TEXT = 64 * 1024 * 1024
MOST_TIMES, ALWAYS_FINE_BYTES = 200, 16 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BODY = re.compile(r"word/document\d*\.xml")
_MACROS = re.compile(r"vba(?:Project|Data)", re.IGNORECASE)
_TEXT = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LOCKED = "This document is locked with a password. Open it in Word, save it without one, and import that."
_OLD = "This document is in an old Word format. Open it in Word, save it as .docx, and import that."
_MACRO = "This document holds macros. Open it in Word, save it as .docx without macros, and import that."
_NO_WORD = "This file is not a Word document. Open it in Word, save it as .docx, and import that."
_SWOLLEN = "This document unpacks to too much. Open it in Word, take out large pictures and files, and import that."
_STRANGE = "This document holds declarations that none needs. Open it in Word, save it again, and import that."
_DAMAGED = "This document is damaged or incomplete. Open it in Word, save it again, and import the new file."


def copy_of(data: io.BytesIO, _form: str) -> bytes:
    """Nothing, for the original is only ever saved; raises Unreadable when a parser should not be given it."""
    _refuse_old(data.getvalue())
    try:
        with zipfile.ZipFile(data) as archive:
            _refuse_by_names(archive.infolist())
            _refuse_by_contents(archive)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  hostile bytes make a reader fail in any way, and every way is a no
        raise Unreadable(_DAMAGED) from None
    return b""


def _refuse_old(content: bytes) -> None:
    if content.startswith(_OLE):
        raise Unreadable(_LOCKED if _ENCRYPTED in content else _OLD)


def _refuse_by_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or _swells(parts):
        raise Unreadable(_SWOLLEN)
    if any(_MACROS.search(name) for name in names):
        raise Unreadable(_MACRO)
    if not any(_BODY.fullmatch(name) for name in names):
        raise Unreadable(_NO_WORD)
    if len(set(names)) < len(names) or any(part.flag_bits & 1 for part in parts):
        # Two parts under one name are two documents: which of them is read is anybody's choice.
        raise Unreadable(_DAMAGED)


def _swells(parts: list[zipfile.ZipInfo]) -> bool:
    packed, unpacked = sum(part.compress_size for part in parts), sum(part.file_size for part in parts)
    return unpacked > MOST_BYTES or unpacked > max(ALWAYS_FINE_BYTES, MOST_TIMES * packed)


def _refuse_by_contents(archive: zipfile.ZipFile) -> None:
    """Unpack piece by piece: what the archive says of its sizes is a claim, and a checksum is only known at the end."""
    for part in archive.infolist():
        limit = MOST_BYTES_OF_A_TEXT if _TEXT.search(part.filename) else MOST_BYTES
        size, before = 0, b""
        with archive.open(part) as opened:
            while piece := opened.read(PIECE_BYTES):
                size += len(piece)
                if size > limit:
                    raise Unreadable(_SWOLLEN)
                _refuse_declarations(part.filename, before + piece)
                before = piece[-32:]


def _refuse_declarations(name: str, piece: bytes) -> None:
    # Without the zeros UTF-16 reads the same; Word itself writes no declarations, so a parser never needs to meet one.
    if _TEXT.search(name) and _DECLARATION.search(piece.replace(b"\x00", b"")):
        raise Unreadable(_STRANGE)


if __name__ == "__main__":
    run(copy_of)
