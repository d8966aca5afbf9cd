"""What a person may type into a field: words, not characters that hide, reorder or break them."""

import re
import unicodedata

from django.core.exceptions import ValidationError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_REORDERING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
# Cyrillic and Greek letters that look like Latin ones; a word may mix them without its reader noticing.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһԛԝвкмнтАВЕЅІЈКМНОРСТХУαεικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhqwbkmhtABESIJKMHOPCTXYaeiknoptuxABEZHIKMNOPTYX",
)


def refuse_hidden_characters(text: str) -> None:
    """Raise ValidationError for control characters and for marks that change the reading order."""
    if _CONTROL.search(text):
        words = "Remove the control characters. They come from copying; type the words again."
        raise ValidationError(words, code="hidden")
    if _REORDERING.search(text):
        raise ValidationError("Remove the characters that change the reading order.", code="hidden")


def holds_hidden_characters(text: str) -> bool:
    """Whether some of the text cannot be seen: control, reordering or invisible characters, or line breaks."""
    return not text.isprintable() or any(marks.search(text) for marks in (_CONTROL, _REORDERING, _INVISIBLE))


def says_nothing(text: str) -> bool:
    """Whether nothing is left to read once spaces and invisible characters are gone."""
    return not _INVISIBLE.sub("", text).strip()


def as_read(text: str) -> str:
    """The text as a reader sees it: styled and look-alike letters folded to plain ones, invisible ones gone."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_LOOKALIKES)
