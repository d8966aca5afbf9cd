"""The name a file is kept under: the last part of its path, plainly readable, and screened."""

import unicodedata

from attachments import screening
from attachments.rejection import Rejected

LONGEST = 180
_REORDERING = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
_MARKS = "\u200e\u200f\u061c"
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(raw: str) -> str:
    """The name without folders around it, composed as readers see it; raises Rejected with what to change."""
    name = unicodedata.normalize("NFC", raw.replace("\\", "/").rpartition("/")[2]).strip().rstrip(". ")
    _refuse_unreadable(name)
    if len(name) > LONGEST:
        raise Rejected(f"This file's name is too long. Rename it to {LONGEST} characters or fewer.")
    if not name.rpartition(".")[0].strip(". "):
        raise Rejected("This file has no name before its ending. Rename it, for example to “screenshot.png”.")
    if reason := screening.refusal(name):
        raise Rejected(f"Rename this file. {reason}")
    return name


def _refuse_unreadable(name: str) -> None:
    if any(unicodedata.bidirectional(sign) in _REORDERING or sign in _MARKS for sign in name):
        raise Rejected("Rename this file: its name has characters that change the reading order.")
    if any(unicodedata.category(sign) in _HIDDEN for sign in name):
        raise Rejected("Rename this file: its name has hidden characters.")
