"""What stands at a policy's beginning: its title, its number, and the day it takes effect."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from policies.importing.readers import labels
from policies.importing.readers.facts import after_the_number, day_in, number_in, says_only
from policies.importing.readers.headings import Headings, Weight
from policies.importing.readers.pieces import Part, Piece, Table

COVER = 25
LETTERHEAD = 5
LONGEST_LINE, LONGEST_OF_A_LETTERHEAD = 160, 60
_ABOUT = re.compile(r"(?i:\b(?:policy|procedures?|manual|rules?|standards?|handbook|plan|code|directive|use)\b)")
_MADE_UP = re.compile(r"(?i:\.(?:docx?|pdf|rtf|dotx?)$|^(?:microsoft word|untitled|document\d*)\b)")


@dataclass
class Cover:
    """What was found, and the positions of what is left out of the text for it."""

    title: str = ""
    number: str = ""
    effective_on: date | None = None
    taken: set[int] = field(default_factory=set)
    around: set[int] = field(default_factory=set)


def found_in(parts: Sequence[Part], headings: Headings, named: str) -> Cover:
    """The cover of a document; `named` is the title its file states, for where the text gives none."""
    cover = Cover()
    for position, line in _lines(parts):
        whole = isinstance(parts[position], Piece)
        _take_date(cover, line, position if whole else None)
        _take_number(cover, line, position if whole else None)
    _take_title(cover, parts, headings)
    cover.title = cover.title or _plausible(named)
    return cover


def _lines(parts: Sequence[Part]) -> list[tuple[int, str]]:
    lines = []
    for position, part in enumerate(parts[:COVER]):
        rows = part.rows if isinstance(part, Table) else ()
        texts = [part.text] if isinstance(part, Piece) else [" ".join(row) for row in rows]
        lines += [(position, text.replace("*", "")) for text in texts if len(text) <= LONGEST_LINE]
    return lines


def _take_date(cover: Cover, line: str, position: int | None) -> None:
    found = day_in(line)
    if found and cover.effective_on is None:
        words, cover.effective_on = found
        _leave_out(cover, position, line, words)


def _take_number(cover: Cover, line: str, position: int | None) -> None:
    found = number_in(line)
    if found and not cover.number:
        words, cover.number = found
        _leave_out(cover, position, line, words)


def _leave_out(cover: Cover, position: int | None, line: str, words: str) -> None:
    if position is not None and says_only(line, words):
        cover.taken.add(position)


def _take_title(cover: Cover, parts: Sequence[Part], headings: Headings) -> None:
    titles = [position for position, part in enumerate(parts[:COVER]) if isinstance(part, Piece) and part.is_title]
    candidates = titles or _candidates(parts, headings, cover.taken)
    if not candidates:
        return
    chosen = titles[:1] or [_best(candidates, parts, headings)]
    cover.title = after_the_number(_text(parts, chosen[0]))
    cover.taken |= set(chosen)
    cover.around = {position for position in candidates if position < chosen[0]}


def _candidates(parts: Sequence[Part], headings: Headings, taken: set[int]) -> list[int]:
    """The headings the document opens with, one after the other, if what follows them is weighed differently."""
    opening: list[int] = []
    for position, part in enumerate(parts[:COVER]):
        if position in taken:
            continue
        weight = headings.weight(position)
        if weight is None and not opening and position < LETTERHEAD and _is_letterhead(part):
            continue
        if weight is None or not isinstance(part, Piece) or part.number or labels.at_the_start(part.text):
            break
        if opening and weight[0] < (headings.weight(opening[0]) or weight)[0]:
            break
        opening.append(position)
    return _apart_from_sections(opening, parts, headings)


def _is_letterhead(part: Part) -> bool:
    """Whether a line can stand above a title: a few words that are no heading, no sentence and no clause."""
    if not isinstance(part, Piece) or part.number or part.is_bullet or labels.at_the_start(part.text):
        return False
    return len(part.text) <= LONGEST_OF_A_LETTERHEAD and not part.text.endswith((".", ":", ";", ","))


def _apart_from_sections(opening: list[int], parts: Sequence[Part], headings: Headings) -> list[int]:
    later = {headings.weight(position) for position in range(len(parts)) if position not in opening}
    while opening and headings.weight(opening[-1]) in later and not number_in(_text(parts, opening[-1])):
        opening = opening[:-1]
    return opening


def _best(candidates: list[int], parts: Sequence[Part], headings: Headings) -> int:
    def rank(position: int) -> tuple[Weight, bool, Weight]:
        text, weight = _text(parts, position), headings.weight(position) or ()
        return weight[:2], not (_ABOUT.search(text) or number_in(text)), weight

    return min(candidates, key=rank)


def _text(parts: Sequence[Part], position: int) -> str:
    part = parts[position]
    return part.text if isinstance(part, Piece) else ""


def _plausible(named: str) -> str:
    name = " ".join(named.split())
    return "" if _MADE_UP.search(name) or len(name) > LONGEST_LINE else name
