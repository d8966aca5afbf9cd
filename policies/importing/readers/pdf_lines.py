"""Printed lines: where each stands, how large and how heavy it is, and the columns it falls into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from policies.importing.readers.spans import Span, cleaned, plain, stripped

BULLET = re.compile(r"(?:[•·▪◦‣●○■□➢➤✓✔❖⁃\uf0b7\uf0a7\uf0d8\uf076\uf0fc]|[-–—o*](?=\s|$))")
_MARK = re.compile(rf"(?:\(?[A-Za-z0-9]{{1,5}}[.)]|{BULLET.pattern})")
_ONE_LINE, _WORD_GAP, _COLUMN_GAP, _BACKWARDS = 0.4, 0.2, 2.2, 1.0


@dataclass(frozen=True)
class Sign:
    """One printed sign, on its page turned upright."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    italic: bool
    link: str


@dataclass
class Cell:
    """Words on a line without a wide gap between them."""

    left: float
    right: float
    spans: tuple[Span, ...] = ()
    signs: list[Sign] = field(default_factory=list)


@dataclass
class Line:
    """One printed line of a page; `base` is its height above the page's foot."""

    page: int
    page_height: float
    base: float
    size: float
    cells: list[Cell]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.cells[-1].right

    @property
    def spans(self) -> tuple[Span, ...]:
        """All its words."""
        return stripped(span for cell in self.cells for span in (*cell.spans, Span(" ")))

    @property
    def text(self) -> str:
        """All its words without their looks."""
        return plain(self.spans)

    @property
    def is_bold(self) -> bool:
        """Whether every word is bold."""
        return all(span.bold for span in self.spans if span.text.strip())

    @property
    def from_the_top(self) -> float:
        """How far down the page it stands, from 0 to 1."""
        return 1 - self.base / self.page_height if self.page_height else 0


def lines_of(signs: Iterable[Sign], page: int, page_height: float) -> list[Line]:
    """The lines that signs make, in the order they were set."""
    lines: list[Line] = []
    for sign in signs:
        if not lines or abs(sign.base - lines[-1].base) > _ONE_LINE * max(sign.size, lines[-1].size):
            lines.append(Line(page, page_height, sign.base, sign.size, []))
        _set(lines[-1], sign)
    return [line for line in map(_finished, lines) if line.cells]


def _set(line: Line, sign: Sign) -> None:
    if not line.cells or _stands_apart(line.cells[-1], sign):
        line.cells.append(Cell(sign.left, sign.right))
    cell = line.cells[-1]
    if cell.signs and sign.left - cell.right > _WORD_GAP * sign.size:
        cell.signs.append(Sign(" ", cell.right, sign.left, sign.base, sign.size, sign.bold, sign.italic, sign.link))
    cell.signs.append(sign)
    cell.right = max(cell.right, sign.right)


def _stands_apart(cell: Cell, sign: Sign) -> bool:
    gap = sign.left - cell.right
    return gap > max(_COLUMN_GAP * sign.size, 12) or gap < -_BACKWARDS * sign.size


def _finished(line: Line) -> Line:
    for cell in line.cells:
        groups = groupby(cell.signs, key=lambda sign: (sign.bold, sign.italic, sign.link))
        cell.spans = stripped(Span("".join(sign.text for sign in group), *look) for look, group in groups)
    cells = sorted((cell for cell in line.cells if cell.spans), key=lambda cell: cell.left)
    line.size = _size(cells) or line.size
    if len(cells) > 1 and _MARK.fullmatch(plain(cells[0].spans)):
        # A label and its words are one, however wide the tab between them is.
        first, second, *others = cells
        cells = [Cell(first.left, second.right, (*first.spans, Span(" "), *second.spans)), *others]
    line.cells = cells
    return line


def _size(cells: list[Cell]) -> float:
    """The size most signs of a line are in: the marks of footnotes are smaller."""
    sizes = [sign.size for cell in cells for sign in cell.signs if sign.text.strip()]
    return max(sizes, key=sizes.count) if len(set(sizes)) > 1 else next(iter(sizes), 0)


def shown(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without what nobody sees."""
    return stripped(Span(cleaned(span.text), span.bold, span.italic, span.link) for span in spans)
