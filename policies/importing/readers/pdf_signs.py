"""The signs a PDF's page prints, in the order they were set, as PDFium finds them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from policies.importing.readers.pdf_lines import Sign
from policies.importing.readers.spans import is_web_address

_BOLD, _ITALIC = re.compile(r"bold|black|heavy|demi", re.IGNORECASE), re.compile(r"italic|oblique", re.IGNORECASE)
_HEAVY, _UPRIGHT = 700, 0.35
_MOST_LINKS, _LONGEST = 2000, 2000
_HYPHEN_AT_A_LINES_END = 2
_NONE = {0, 0xFFFE, 0xFFFF}


@dataclass(frozen=True)
class _Look:
    """How a stretch of text is set; a slanted one is a stamp across the page."""

    size: float
    bold: bool
    italic: bool
    is_slanted: bool


@dataclass(frozen=True)
class _Link:
    """A part of the page that leads somewhere."""

    left: float
    bottom: float
    right: float
    top: float
    address: str


class Page:
    """One page of a document; to be closed."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        self._page = document[index]
        self._text = self._page.get_textpage()
        self._turned = self._page.get_rotation()
        left, bottom, right, top = self._page.get_mediabox()
        self._edges = (left, bottom, right, top)
        self.height = right - left if self._turned in {90, 270} else top - bottom
        self._links = list(_links(document, self._page))
        self._looks: dict[int, _Look] = {}

    def close(self) -> None:
        """Let go of what PDFium holds for it."""
        self._text.close()
        self._page.close()

    def count(self) -> int:
        """How many signs it has."""
        return int(raw.FPDFText_CountChars(self._text))

    def signs(self) -> Iterator[Sign]:
        """Its signs, turned upright, without stamps across the page."""
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        for position in range(self.count()):
            code = raw.FPDFText_GetUnicode(self._text, position)
            stretch = raw.FPDFText_GetTextObject(self._text, position)
            if not stretch or code in _NONE or 0xD800 <= code < 0xE000:
                continue
            look = self._look(stretch)
            raw.FPDFText_GetLooseCharBox(self._text, position, box)
            raw.FPDFText_GetCharOrigin(self._text, position, x, y)
            if not look.is_slanted:
                yield self._sign(code, box, (x.value, y.value), look)

    def pictures(self) -> int:
        """How many pictures stand on it where no logo is: between its head and its foot."""
        found = self._page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        middles = [(bounds[1] + bounds[3]) / 2 for bounds in (one.get_bounds() for one in found)]
        _, bottom, _, top = self._edges
        return sum(0.1 < (middle - bottom) / ((top - bottom) or 1) < 0.88 for middle in middles)

    def _sign(self, code: int, box: Any, origin: tuple[float, float], look: _Look) -> Sign:
        text = "-" if code == _HYPHEN_AT_A_LINES_END else chr(code)
        link = self._link(*origin) if self._links else ""
        corners = [self._upright(box.left, box.bottom)[0], self._upright(box.right, box.top)[0]]
        _, base = self._upright(*origin)
        return Sign(text, min(corners), max(corners), base, look.size, look.bold, look.italic, link)

    def _upright(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._edges
        if self._turned == 90:
            return y - bottom, right - x
        if self._turned == 180:
            return right - x, top - y
        if self._turned == 270:
            return top - y, x - left
        return x - left, y - bottom

    def _link(self, x: float, y: float) -> str:
        # A sign begins at its origin: the one after a link begins where the link ends.
        over = (
            one for one in self._links if one.left - 1 <= x < one.right - 0.5 and one.bottom - 1 <= y <= one.top + 1
        )
        return next((one.address for one in over), "")

    def _look(self, stretch: Any) -> _Look:
        key = ctypes.addressof(stretch.contents)
        if key not in self._looks:
            self._looks[key] = _look(stretch)
        return self._looks[key]


def _look(stretch: Any) -> _Look:
    size, matrix = ctypes.c_float(), raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(stretch, size)
    raw.FPDFPageObj_GetMatrix(stretch, matrix)
    font = raw.FPDFTextObj_GetFont(stretch)
    name = _font_name(font)
    along, across = sorted((abs(matrix.a), abs(matrix.b)))
    tall = (matrix.c**2 + matrix.d**2) ** 0.5
    bold = bool(_BOLD.search(name)) or (not name and raw.FPDFFont_GetWeight(font) >= _HEAVY)
    return _Look(round(size.value * tall, 1), bold, bool(_ITALIC.search(name)), along > across * _UPRIGHT)


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    return buffer.value.decode(errors="replace")


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[_Link]:
    position, link, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not raw.FPDFLink_Enumerate(page, position, link):
            return
        address = _address(document, raw.FPDFLink_GetAction(link))
        if is_web_address(address) and raw.FPDFLink_GetAnnotRect(link, box):
            yield _Link(box.left, box.bottom, box.right, box.top, address)


def _address(document: pypdfium2.PdfDocument, action: Any) -> str:
    if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
        return ""
    buffer = ctypes.create_string_buffer(_LONGEST)
    length = raw.FPDFAction_GetURIPath(document, action, buffer, len(buffer))
    return buffer.value.decode(errors="replace") if length <= _LONGEST else ""
