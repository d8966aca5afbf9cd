"""Joins printed lines to the paragraphs and tables they were, over the ends of lines and of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from policies.importing.readers import labels
from policies.importing.readers.notes import Notes
from policies.importing.readers.pdf_lines import BULLET, Cell, Line, shown
from policies.importing.readers.pieces import Piece, Table
from policies.importing.readers.spans import Span, markdown, without_start

_WIDER, _TIGHTEST = 1.3, 1.0
_EDGE, _SIZES_APART, _SHORT = 6.0, 0.7, 0.82
_ENDS = re.compile(r"[.:;!?][\"'”’)]*$|(?:;|,) (?:and|or)$")
_BROKEN_WORD = re.compile(r"(\w+)[-‐\xad]$")


class Paragraphs:
    """Puts the lines of one document together."""

    def __init__(self, lines: list[Line], notes: Notes) -> None:
        self._lines, self._notes = lines, notes
        self._margin = min((line.left for line in lines), default=0.0)
        self._edge = _usual_right(lines)
        self._pitch = _usual_pitch(lines)
        self._words = Counter(word for line in lines for word in re.findall(r"[\w-]+", line.text.casefold()))

    def parts(self) -> Iterator[Piece | Table]:
        """The paragraphs and tables in order."""
        gathered: list[Line] = []
        for line in self._lines:
            if gathered and not self._belongs(line, gathered):
                yield from self._part(gathered)
                gathered = []
            gathered.append(line)
        if gathered:
            yield from self._part(gathered)

    def _belongs(self, line: Line, gathered: list[Line]) -> bool:
        before = gathered[-1]
        if _in_columns(line) or _in_columns(before):
            return _in_columns(line) and _in_columns(before) and _is_near(line, before)
        if abs(line.size - before.size) > _SIZES_APART or _parts_headings(line, before):
            return False
        if line.page != before.page or line.base > before.base + line.size:
            return self._runs_over(line, before)
        return self._goes_on(line, gathered)

    def _goes_on(self, line: Line, gathered: list[Line]) -> bool:
        before = gathered[-1]
        if before.base - line.base > self._pitch_at(line) * _WIDER:
            return False
        has_ended = self._is_short(before) or bool(_ENDS.search(before.text))
        if _begins_with_a_mark(line):
            return not has_ended and abs(line.left - before.left) <= _EDGE and len(gathered) > 1
        if line.is_bold and self._is_short(before) and not before.is_bold:
            return False
        if len(gathered) > 1 and line.left < before.left - _EDGE:
            return False
        is_set_in = line.left > before.left + _EDGE and not (len(gathered) == 1 and _begins_with_a_mark(before))
        return not ((is_set_in or self._is_short(before)) and has_ended and _ENDS.search(before.text))

    def _runs_over(self, line: Line, before: Line) -> bool:
        """Whether a paragraph goes on at the top of the next page or column."""
        if _begins_with_a_mark(line) or _ENDS.search(before.text):
            return False
        return line.text[:1].islower() or not self._is_short(before)

    def _is_short(self, line: Line) -> bool:
        return line.right - self._margin < (self._edge - self._margin) * _SHORT

    def _pitch_at(self, line: Line) -> float:
        return max(self._pitch * max(line.size, 1), line.size * _TIGHTEST)

    def _part(self, lines: list[Line]) -> Iterator[Piece | Table]:
        if not _in_columns(lines[0]):
            yield self._piece(lines)
        elif len(lines) > 1 and len({len(line.cells) for line in lines}) == 1:
            yield Table(tuple(tuple(markdown(shown(cell.spans)) for cell in line.cells) for line in lines))
        else:
            self._notes.count("columns")
            yield from (self._piece([line]) for line in lines)

    def _piece(self, lines: list[Line]) -> Piece:
        spans = self._joined(lines)
        bullet = BULLET.match(spans[0].text) if spans else None
        is_bullet = bullet is not None and len(spans[0].text) + len(spans) > 2
        if bullet and is_bullet:
            spans = without_start(spans, bullet.end())
        return Piece(shown(spans), lines[0].left - self._margin, lines[0].size, is_bullet=is_bullet)

    def _joined(self, lines: list[Line]) -> tuple[Span, ...]:
        joined = list(lines[0].spans)
        for line in lines[1:]:
            following = line.spans
            last, gap = self._ended(joined[-1].text, following[0].text)
            joined[-1] = Span(last, joined[-1].bold, joined[-1].italic, joined[-1].link)
            joined += [Span(gap, joined[-1].bold, joined[-1].italic, joined[-1].link), *following]
        return tuple(joined)

    def _ended(self, last: str, following: str) -> tuple[str, str]:
        """The end of a line and what comes between it and the next: nothing where a word was parted."""
        broken, rest = _BROKEN_WORD.search(last), re.match(r"[a-z]\w*", following)
        if not broken or not rest:
            return last, " "
        # PDFium does not tell a hyphen that belongs to a word from one that parts it; the rest of the text may.
        one, two = f"{broken[1]}{rest[0]}".casefold(), f"{broken[1]}-{rest[0]}".casefold()
        keeps_its_hyphen = self._words[two] > self._words[one]
        return (f"{last[:-1]}-" if keeps_its_hyphen else last[:-1]), ""


def _in_columns(line: Line) -> bool:
    return len(line.cells) > 1


def _is_near(line: Line, before: Line) -> bool:
    return line.page == before.page and 0 < before.base - line.base < 4 * line.size and _aligned(line, before)


def _aligned(line: Line, before: Line) -> bool:
    def edges(cell: Cell) -> tuple[float, float, float]:
        return cell.left, cell.right, (cell.left + cell.right) / 2

    pairs = zip(line.cells, before.cells, strict=False)
    return len(line.cells) == len(before.cells) and all(
        any(abs(a - b) <= _EDGE for a, b in zip(edges(one), edges(other), strict=True)) for one, other in pairs
    )


def _parts_headings(line: Line, before: Line) -> bool:
    """Whether one of two lines is a heading by its weight: bold words alone, after or before others."""
    if line.is_bold == before.is_bold:
        return line.is_bold and bool(labels.at_the_start(line.text))
    return (line.is_bold and bool(_ENDS.search(before.text))) or (before.is_bold and not _ENDS.search(before.text))


def _begins_with_a_mark(line: Line) -> bool:
    return labels.at_the_start(line.text) is not None or BULLET.match(line.text) is not None


def _usual_right(lines: list[Line]) -> float:
    """Where most lines of running text end."""
    rights = sorted(line.right for line in lines)
    return rights[int(len(rights) * 0.9)] if rights else 0.0


def _usual_pitch(lines: list[Line]) -> float:
    """How far one line stands beneath another in a paragraph, as a share of its size."""
    pitches = Counter(
        round((before.base - line.base) / line.size, 1)
        for before, line in pairwise(lines)
        if before.page == line.page and line.size and 0.8 < (before.base - line.base) / line.size < 2.6
    )
    frequent = [pitch for pitch, times in pitches.items() if times >= max(pitches.values()) * 0.3]
    return min(frequent, default=1.2)
