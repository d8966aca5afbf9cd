"""What a Word document's styles say of a paragraph, each style filled up from the one it is based on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from policies.importing.readers.word_names import Element, attribute, child, children, number, switch

_HEADING = re.compile(r"heading ([1-9])")
_DEEPEST_CHAIN = 20
BODY_LEVEL = 9
T = TypeVar("T")


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._root = root
        self._styles = {attribute(style, "styleId"): style for style in children(root, "style")}
        is_default = [style for style in children(root, "style") if attribute(style, "default") in {"1", "true"}]
        usual = [attribute(style, "styleId") for style in is_default if attribute(style, "type") == "paragraph"]
        self._usual = next(iter(usual), "")

    def name(self, style: str) -> str:
        """A style's name as Word knows it in every language, in small letters."""
        return attribute(child(self._styles.get(style or self._usual), "name")).lower()

    def switch(self, style: str, name: str) -> bool | None:
        """Whether a style makes its words bold, italic and so on."""
        return self._first(style, lambda found: switch(child(found, "rPr"), name))

    def size(self, style: str) -> float:
        """The size of a style's words in points, 0 where nothing says so."""
        found = self._first(style or self._usual, lambda found: number(child(found, "rPr", "sz")))
        found = found or number(child(self._root, "docDefaults", "rPrDefault", "rPr", "sz"))
        return (found or 0) / 2

    def indent(self, style: str) -> int | None:
        """How far a style stands from the margin, in twentieths of a point."""
        return self._first(style or self._usual, lambda found: indent_of(child(found, "pPr")))

    def numbering(self, style: str) -> tuple[str, str, int | None]:
        """The numbering a style brings with it: its id, the style that says so, and the level where one is given."""
        for told, found in self._chain(style or self._usual):
            if identity := attribute(child(found, "pPr", "numPr", "numId")):
                return identity, told, number(child(found, "pPr", "numPr", "ilvl"))
        return "", "", None

    def level(self, style: str, properties: Element | None) -> int | None:
        """How deep a heading of this style is, 0 at the top; None for what is no heading."""
        own = number(child(properties, "outlineLvl"))
        found = own if own is not None else self._first(style, _level)
        return found if found is not None and 0 <= found < BODY_LEVEL else None

    def _first(self, style: str, ask: Callable[[Element], T | None]) -> T | None:
        answers = (ask(found) for _, found in self._chain(style))
        return next((answer for answer in answers if answer is not None), None)

    def _chain(self, style: str) -> list[tuple[str, Element]]:
        chain: list[tuple[str, Element]] = []
        while style in self._styles and len(chain) < _DEEPEST_CHAIN:
            chain.append((style, self._styles[style]))
            style = attribute(child(self._styles[style], "basedOn"))
        return chain


def indent_of(properties: Element | None) -> int | None:
    """How far from the margin some properties put the first line, in twentieths of a point; None where they do not."""
    found = child(properties, "ind")
    left = number(found, "left") if number(found, "left") is not None else number(found, "start")
    if left is None:
        return None
    return left + (number(found, "firstLine") or 0) - (number(found, "hanging") or 0)


def _level(style: Element) -> int | None:
    named = _HEADING.fullmatch(attribute(child(style, "name")).lower())
    return int(named[1]) - 1 if named else number(child(style, "pPr", "outlineLvl"))
