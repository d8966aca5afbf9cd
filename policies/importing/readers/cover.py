"""What stands at a policy's beginning: its title, its number, and the day it takes effect."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from policies.importing.readers import labels
from policies.importing.readers.headings import Headings
from policies.importing.readers.pieces import Piece, Table

COVER = 25
LONGEST_LINE = 160
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
_ABOUT = re.compile(r"(?i:\b(?:policy|procedures?|manual|rules?|standards?|handbook|plan|code|directive|use)\b)")
_MADE_UP = re.compile(r"(?i:\.(?:docx?|pdf|rtf|dotx?)$|^(?:microsoft word|untitled|document\d*)\b)")
_FORMS = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%m/%d/%Y", "%Y-%m-%d")


@dataclass
class Cover:
    """What was found, and the positions of what is left out of the text for it."""

    title: str = ""
    number: str = ""
    effective_on: date | None = None
    taken: set[int] = field(default_factory=set)
    around: set[int] = field(default_factory=set)


def found_in(parts: list[Piece | Table], headings: Headings, named: str) -> Cover:
    """The cover of a document; `named` is the title its file states, for where the text gives none."""
    cover = Cover()
    for position, line in _lines(parts):
        whole = isinstance(parts[position], Piece)
        _take_date(cover, line, position if whole else None)
        _take_number(cover, line, position if whole else None)
    _take_title(cover, parts, headings)
    cover.title = cover.title or _plausible(named)
    return cover


def _lines(parts: list[Piece | Table]) -> list[tuple[int, str]]:
    lines = []
    for position, part in enumerate(parts[:COVER]):
        texts = [part.text] if isinstance(part, Piece) else [" ".join(row) for row in part.rows]
        lines += [(position, text.replace("*", "")) for text in texts if len(text) <= LONGEST_LINE]
    return lines


def _take_date(cover: Cover, line: str, position: int | None) -> None:
    found = _EFFECTIVE.search(line)
    if cover.effective_on or not found or not (day := _day(found["day"])):
        return
    cover.effective_on = day
    if position is not None and not line.replace(found[0], "").strip(" .:;"):
        cover.taken.add(position)


def _take_number(cover: Cover, line: str, position: int | None) -> None:
    found = _NUMBERED.search(line)
    if cover.number or not found:
        return
    cover.number = found["code"].replace(" ", "-")
    rest = line.replace(found[0], "").strip(" .:;#")
    if position is not None and (not rest or re.fullmatch(r"[A-Z]{2,6}", rest)):
        cover.taken.add(position)


def _day(words: str) -> date | None:
    # "Sept." is how it is written, "Sep" is how it is read.
    plain = re.sub(r"\bsept\b", "Sep", re.sub(r"[.,]", " ", words), flags=re.IGNORECASE)
    for form in _FORMS:
        try:
            return datetime.strptime(" ".join(plain.split()), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def _take_title(cover: Cover, parts: list[Piece | Table], headings: Headings) -> None:
    titles = [position for position, part in enumerate(parts[:COVER]) if isinstance(part, Piece) and part.is_title]
    candidates = titles or _candidates(parts, headings, cover.taken)
    if not candidates:
        return
    chosen = titles[:1] or [_best(candidates, parts, headings)]
    cover.title = _BEFORE_TITLE.sub("", _text(parts, chosen[0])).strip()
    cover.taken |= set(chosen)
    cover.around = set(candidates) - set(chosen)


def _candidates(parts: list[Piece | Table], headings: Headings, taken: set[int]) -> list[int]:
    """The headings the document opens with, one after the other, if what follows them is weighed differently."""
    opening = []
    for position, part in enumerate(parts[:COVER]):
        if position in taken:
            continue
        weight = headings.weight(position)
        if weight is None or not isinstance(part, Piece) or part.number or labels.at_the_start(part.text):
            break
        opening.append(position)
    return _apart_from_sections(opening, parts, headings)


def _apart_from_sections(opening: list[int], parts: list[Piece | Table], headings: Headings) -> list[int]:
    later = {headings.weight(position) for position in range(len(parts)) if position not in opening}
    while opening and headings.weight(opening[-1]) in later and not _names_a_policy(_text(parts, opening[-1])):
        opening = opening[:-1]
    return opening


def _names_a_policy(text: str) -> bool:
    return _NUMBERED.search(text) is not None


def _best(candidates: list[int], parts: list[Piece | Table], headings: Headings) -> int:
    def rank(position: int) -> tuple[bool, object]:
        text = _text(parts, position)
        return (not (_ABOUT.search(text) or _names_a_policy(text)), headings.weight(position) or ())

    return min(candidates, key=rank)


def _text(parts: list[Piece | Table], position: int) -> str:
    part = parts[position]
    return part.text if isinstance(part, Piece) else ""


def _plausible(named: str) -> str:
    name = " ".join(named.split())
    return "" if _MADE_UP.search(name) or len(name) > LONGEST_LINE else name
