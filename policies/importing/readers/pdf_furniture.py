"""Takes page headers, footers, page numbers and the table of contents from among a document's lines."""

import re
from collections import Counter, defaultdict

from policies.importing.readers.notes import Notes
from policies.importing.readers.pdf_lines import Line

_PAGE_NUMBER = re.compile(
    r"(?:page|p\.)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*(?:(?:of|/)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
_LEADS_TO_A_PAGE = re.compile(r"(?:[.…_]\s?){4,}\s*(?:\d{1,4}|[ivxl]{1,6})\s*$")
_CONTENTS = {"contents", "table of contents"}
_LINES_AT_AN_EDGE, _EDGE, _FAR_EDGE = 4, 0.12, 0.1
_SHARE = 0.3


def without_furniture(lines: list[Line], pages: int, notes: Notes) -> list[Line]:
    """The lines of the text alone; what was taken out is noted."""
    edges = [line for page in _by_page(lines).values() for line in _at_the_edges(page)]
    seen = Counter(key for key, _ in {(_key(line), line.page) for line in edges})
    enough = max(2, pages * _SHARE)
    furniture = {id(line) for line in edges if seen[_key(line)] >= enough or _is_page_number(line)}
    notes.count("furniture", bool(furniture))
    return [line for line in lines if id(line) not in furniture]


def without_contents(lines: list[Line], notes: Notes) -> list[Line]:
    """The lines without those that lead over dots to a page, and without the words above them; noted."""
    leading = {id(line) for line in lines if _LEADS_TO_A_PAGE.search(line.text)}
    if not leading:
        return lines
    notes.count("contents")
    return [line for line in lines if id(line) not in leading and line.text.casefold() not in _CONTENTS]


def _by_page(lines: list[Line]) -> dict[int, list[Line]]:
    pages = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    return pages


def _at_the_edges(page: list[Line]) -> list[Line]:
    ordered = sorted(page, key=lambda line: line.from_the_top)
    head, foot = ordered[:_LINES_AT_AN_EDGE], ordered[_LINES_AT_AN_EDGE:][-_LINES_AT_AN_EDGE:]
    near = [line for line in head if line.from_the_top < _EDGE]
    return near + [line for line in [*head, *foot] if line.from_the_top > 1 - _EDGE]


def _key(line: Line) -> tuple[str, int]:
    """What a line says, and about where; far out on the page its numbers may change from page to page."""
    text = line.text.casefold()
    return re.sub(r"\d+", "#", text) if _is_far_out(line) else text, round(line.from_the_top * 40)


def _is_far_out(line: Line) -> bool:
    return not _FAR_EDGE < line.from_the_top < 1 - _FAR_EDGE


def _is_page_number(line: Line) -> bool:
    return _is_far_out(line) and _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
