"""The labels clauses and headings begin with: "(A)", "B.", "3)", "iv." and how they count."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COUNT = r"[A-Za-z]{1,2}|[IVXL]{1,7}|[ivxl]{1,7}|\d{1,3}"
_TYPED = re.compile(rf"(?:\((?P<inside>{_COUNT})\)|(?P<bare>{_COUNT})(?P<sign>[.)]))(?=\s+\S)")
_ALONE = re.compile(rf"[(\[]?(?P<token>{_COUNT})[.)\]:]{{0,2}}")
_ROMAN = re.compile(r"(?:X{0,3}|XL|LX{0,3}|L)(?:IX|IV|V?I{0,3})")
_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True)
class Label:
    """A label as it stood, with the ways it can be read: "i" is the first roman number and the ninth letter."""

    token: str
    written: str
    readings: tuple[tuple[str, int], ...]

    @property
    def is_number(self) -> bool:
        """Whether it counts in plain digits."""
        return self.token.isdecimal()

    @property
    def is_in_parentheses(self) -> bool:
        """Whether it stood between two parentheses."""
        return self.written.startswith("(")

    @property
    def begins(self) -> bool:
        """Whether it can be the first of its kind."""
        return any(value == 1 for _, value in self.readings)


def at_the_start(text: str) -> Label | None:
    """The label this text begins with, where words follow it."""
    found = _TYPED.match(text)
    return _label(found["inside"] or found["bare"], found[0]) if found else None


def of_a_number(text: str) -> Label | None:
    """The label that an automatic number is; None for one of several parts, as "1.2.1" or "Section 3"."""
    found = _ALONE.fullmatch(text.strip())
    return _label(found["token"], text.strip()) if found else None


def _label(token: str, written: str) -> Label | None:
    readings = tuple(_readings(token))
    return Label(token, written, readings) if readings else None


def _readings(token: str) -> list[tuple[str, int]]:
    if token.isdecimal():
        return [("1", int(token))]
    if token not in (token.upper(), token.lower()):
        return []
    case = "upper" if token.isupper() else "lower"
    roman, letter = _roman(token.upper()), _letter(token.upper())
    readings = [(f"{case} roman", roman), (f"{case} letter", letter)]
    return [reading for reading in readings if reading[1]]


def _roman(token: str) -> int:
    if not token or not _ROMAN.fullmatch(token):
        return 0
    values = [_DIGITS[sign] for sign in token]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def _letter(token: str) -> int:
    if len(set(token)) > 1:
        return 0
    return ord(token[0]) - ord("A") + 1 + 26 * (len(token) - 1)
