"""A policy's parts as HTML: drawn once for each text, and kept for whoever reads it next."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from policies.manuscript import Part


@lru_cache(maxsize=64)
def text(parts: tuple[Part, ...], number: str = "", answered: frozenset[str] = frozenset()) -> SafeString:
    """The whole text; with the policy's number each clause says where to ask, and which (anchors) are answered."""
    return draw({"parts": parts, "number": number, "answered": answered})


def draw(context: dict[str, Any]) -> SafeString:
    """The same for what somebody is typing, which nobody else will read."""
    return SafeString(render_to_string("policies/parts.html", context))


def contents(parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    """What the list of contents links to: the sections, or the outermost clauses where there are none."""
    sections = [part for part in parts if part.is_heading] or [part for part in parts if part.depth == 1]
    return [(f"c-{part.anchor}", part.heading or part.citation) for part in sections]
