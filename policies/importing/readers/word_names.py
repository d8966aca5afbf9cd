"""The names of elements and attributes in a Word document's XML, and the few ways they are asked for."""

from typing import Any

from docx.oxml.ns import nsmap

Element = Any
_W, _R = nsmap["w"], nsmap["r"]
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OFF = {"0", "false", "off", "none"}


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of names, None where a step is missing."""
    for name in path:
        element = None if element is None else element.find(f"{{{_W}}}{name}")
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """The elements of a name directly inside."""
    return [] if element is None else list(element.findall(f"{{{_W}}}{name}"))


def attribute(element: Element | None, name: str = "val") -> str:
    """An attribute's text, empty where it or the element is missing."""
    return "" if element is None else str(element.get(f"{{{_W}}}{name}", ""))


def relation(element: Element) -> str:
    """The id of the relation an element goes by."""
    return str(element.get(f"{{{_R}}}id", ""))


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as a whole number, None where there is none."""
    text = attribute(element, name)
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 12 else None


def switch(properties: Element | None, name: str) -> bool | None:
    """Whether a property is on or off, None where nothing is said."""
    found = child(properties, name)
    return None if found is None else attribute(found) not in _OFF
