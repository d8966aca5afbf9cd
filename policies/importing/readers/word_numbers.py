"""Counts a Word document's automatic numbers, which stand nowhere in its text, as Word itself does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policies.importing.readers.word_names import Element, attribute, child, children, number, switch
from policies.importing.readers.word_styles import Styles, indent_of

LEVELS = 9
MOST = 100_000
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True)
class Numbered:
    """A paragraph's number as Word shows it, or that it has a bullet; and where in which list it stands."""

    text: str
    is_bullet: bool
    place: tuple[str, int]
    indent: int | None


@dataclass
class _Counters:
    """How far one list has come on each of its levels."""

    reached: dict[int, int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbers:
    """The numberings of one document; to be asked for every paragraph in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._numbers = {attribute(num, "numId"): num for num in children(root, "num")}
        self._lists = {attribute(found, "abstractNumId"): found for found in children(root, "abstractNum")}
        self._counters: dict[str, _Counters] = {}

    def of(self, properties: Element | None, style: str) -> Numbered | None:
        """What a paragraph with these properties is numbered with, None for nothing."""
        identity, level = self._asked_for(properties, style)
        list_id = self._list_of(identity)
        if list_id not in self._lists or not 0 <= level < LEVELS:
            return None
        self._count(identity, list_id, level)
        found = self._level(identity, list_id, level)
        form, place = attribute(child(found, "numFmt")), (list_id, level)
        text = "" if form == "bullet" else self._shown(identity, list_id, level)
        return Numbered(text, form == "bullet", place, indent_of(child(found, "pPr")))

    def _asked_for(self, properties: Element | None, style: str) -> tuple[str, int]:
        own = child(properties, "numPr")
        level = number(child(own, "ilvl"))
        if identity := attribute(child(own, "numId")):
            return identity, level or 0
        identity, told_by, by_style = self._styles.numbering(style)
        return identity, next(
            (known for known in (level, self._level_for(identity, told_by), by_style) if known is not None), 0
        )

    def _level_for(self, identity: str, style: str) -> int | None:
        """The level that is tied to a style."""
        levels = children(self._lists.get(self._list_of(identity)), "lvl")
        tied = [number(level, "ilvl") for level in levels if style and attribute(child(level, "pStyle")) == style]
        return next(iter(tied), None)

    def _list_of(self, identity: str) -> str:
        list_id = attribute(child(self._numbers.get(identity), "abstractNumId"))
        linked = attribute(child(self._lists.get(list_id), "numStyleLink"))
        if linked:
            # The list only names a style, and that style names the list that says how to count.
            through, _, _ = self._styles.numbering(linked)
            list_id = attribute(child(self._numbers.get(through), "abstractNumId")) or list_id
        return list_id

    def _level(self, identity: str, list_id: str, level: int) -> Element | None:
        override = self._override(identity, level)
        for source in (override, self._lists[list_id]):
            for found in children(source, "lvl"):
                if number(found, "ilvl") == level:
                    return found
        return None

    def _override(self, identity: str, level: int) -> Element | None:
        overrides = children(self._numbers.get(identity), "lvlOverride")
        return next((found for found in overrides if number(found, "ilvl") == level), None)

    def _count(self, identity: str, list_id: str, level: int) -> None:
        counters = self._counters.setdefault(list_id, _Counters())
        restart = number(child(self._override(identity, level), "startOverride"))
        if restart is not None and (identity, level) not in counters.begun:
            counters.reached[level] = restart
        elif level in counters.reached:
            counters.reached[level] += 1
        else:
            counters.reached[level] = self._start(identity, list_id, level)
        counters.begun.add((identity, level))
        for deeper in [one for one in counters.reached if one > level]:
            if self._restarts(identity, list_id, deeper, level):
                del counters.reached[deeper]

    def _start(self, identity: str, list_id: str, level: int) -> int:
        found = number(child(self._level(identity, list_id, level), "start"))
        return 1 if found is None else found

    def _restarts(self, identity: str, list_id: str, deeper: int, level: int) -> bool:
        after = number(child(self._level(identity, list_id, deeper), "lvlRestart"))
        return after is None or level < after

    def _shown(self, identity: str, list_id: str, level: int) -> str:
        found = self._level(identity, list_id, level)
        reached, plain = self._counters[list_id].reached, bool(switch(found, "isLgl"))

        def count(of: re.Match[str]) -> str:
            one = int(of[1]) - 1
            value = reached.get(one, self._start(identity, list_id, one))
            form = attribute(child(self._level(identity, list_id, one), "numFmt"))
            return _written(value, "decimal" if plain else form)

        pattern = attribute(child(found, "lvlText"))
        return "" if attribute(child(found, "numFmt")) == "none" else re.sub(r"%([1-9])", count, pattern[:100]).strip()


def _written(value: int, form: str) -> str:
    if not 0 < value < MOST:
        return str(value)
    if form.endswith("Letter"):
        letter = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 9)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman"):
        return _roman(value).upper() if form.startswith("upper") else _roman(value)
    return f"{value:02}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, signs in _ROMAN:
        times, value = divmod(value, worth)
        written += signs * times
    return written
