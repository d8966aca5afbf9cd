"""Lines that state a policy's number or the day it takes effect."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:{_MONTH}\.?\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\.?,?\s+\d{{4}}"
    r"|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)"
)
_EFFECTIVE = re.compile(
    rf"\beffective(?:\s+(?:date|on|as\s+of))?(?:\s+of\s+policy)?\s*[:–—-]?\s*(?P<day>{_DAY})", re.IGNORECASE
)
_CODE = r"(?P<code>(?:[A-Z]{2,6}[- ]?)?\d{2,6}(?:[.-]\d{1,4}){0,3})(?![\w/])"
_IS_CALLED = r"(?:policy\s*(?:number|num\.|no\.|no\b|\#)\s*[:#]?|^number\s*:)"
# A year alone after "Policy" is when it was written.
_NUMBERED = re.compile(rf"(?i:\b{_IS_CALLED}|\bpolicy\s*[:#]?(?!\s*(?:19|20)\d\d\b))\s*{_CODE}")
_BEFORE_TITLE = re.compile(rf"^(?:[A-Z]{{2,6}}\s+)?{_NUMBERED.pattern}\s*[:–—-]\s*")
_FORMS = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y", "%Y-%m-%d")


def day_in(line: str) -> tuple[str, date] | None:
    """The words in a line that say when a policy takes effect, and the day itself."""
    found = _EFFECTIVE.search(line)
    day = _day(found["day"]) if found else None
    return (found[0], day) if found and day else None


def number_in(line: str) -> tuple[str, str] | None:
    """The words in a line that give a policy's number, and the number itself."""
    found = _NUMBERED.search(line)
    return (found[0], found["code"].replace(" ", "-")) if found else None


def after_the_number(title: str) -> str:
    """A title without the number it begins with."""
    return _BEFORE_TITLE.sub("", title).strip()


def states_a_fact(line: str) -> bool:
    """Whether a line gives a number or a day and says nothing else."""
    stated = [found[0] for found in (day_in(line), number_in(line)) if found]
    return any(says_only(line, words) for words in stated)


def says_only(line: str, stated: str) -> bool:
    """Whether nothing of a line is left without these words but a sign, or who gave the number."""
    rest = line.replace(stated, "").strip(" .:;#")
    return not rest or re.fullmatch(r"[A-Z]{2,6}", rest) is not None


def _day(words: str) -> date | None:
    # "Sept." is how it is written, "Sep" is how it is read.
    plain = re.sub(r"\bsept\b", "Sep", re.sub(r"[.,]", " ", words), flags=re.IGNORECASE)
    for form in _FORMS:
        try:
            return datetime.strptime(" ".join(plain.split()), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
