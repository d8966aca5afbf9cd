"""What a person may type into a field: words, not characters that hide, reorder or break them."""

import re
import unicodedata

from django.core.exceptions import ValidationError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")


def refuse_hidden_characters(text: str) -> None:
    """Raise ValidationError for control characters and for marks that change the reading order."""
    if _CONTROL.search(text):
        raise ValidationError("Remove the control characters. They come from copying; type the words again.")
    if _REORDERING.search(text):
        raise ValidationError("Remove the characters that change the reading order.")


def says_nothing(text: str) -> bool:
    """Whether nothing is left to read once spaces and invisible characters are gone."""
    return not _INVISIBLE.sub("", text).strip()


def as_read(text: str) -> str:
    """The text as a reader sees it: full-width and styled letters folded to plain ones, invisible ones gone."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
