"""Reads a drawn page as a reader would: elements by name and attribute, and the words in them."""

from typing import Any

from django.test.html import Element, parse_html


class Drawn:
    """A piece of HTML, which must be well formed."""

    def __init__(self, html: str) -> None:
        self.root: Any = parse_html(f"<div>{html}</div>")

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        """Every element of this name with these attributes; `class_` asks for one class among others."""
        return [each for each in _walk(self.root) if each.name == name and _has(each, attributes)]

    def one(self, name: str, /, **attributes: str) -> Element:
        """The only such element; fails where there is none or there are several."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} of <{name} {attributes}> in {self.root}"
        return found[0]

    def words(self) -> str:
        """Everything there is to read."""
        return words(self.root)


def attribute(element: Element, name: str) -> str | None:
    """The attribute's value; an attribute without one counts as the empty text, a missing one as None."""
    found = dict(element.attributes)
    return (found[name] or "") if name in found else None


def words(element: Any) -> str:
    """What one reads in an element, its spaces made single."""
    if isinstance(element, str):
        return element
    return " ".join(" ".join(words(child) for child in element.children).split())


def _walk(element: Any) -> list[Any]:
    children = [child for child in element.children if not isinstance(child, str)]
    return children + [found for child in children for found in _walk(child)]


def _has(element: Element, wanted: dict[str, str]) -> bool:
    if wanted.get("class_", "") not in ("", *(attribute(element, "class") or "").split()):
        return False
    plain = {name.replace("_", "-"): value for name, value in wanted.items() if name != "class_"}
    return all(attribute(element, name) == value for name, value in plain.items())
