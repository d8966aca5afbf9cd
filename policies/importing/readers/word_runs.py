"""The words of a Word paragraph: with tracked changes accepted, and without what is not part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policies.importing.readers.notes import Notes
from policies.importing.readers.spans import Span, cleaned, hides_something, is_web_address
from policies.importing.readers.word_names import MATH_TEXT, Element, attribute, child, local, relation, switch
from policies.importing.readers.word_styles import Styles

_WITHIN = {"ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "Choice"}
_TRACKED = {"ins", "moveTo", "del", "moveFrom"}
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = {"drawing", "pict", "object"}
_ADDRESS = re.compile(r'\bHYPERLINK\s+"([^"]*)"')


@dataclass
class _Field:
    """A field that is open: what it is to do, and whether what it shows has begun."""

    instruction: str = ""
    shows: bool = False


@dataclass
class Runs:
    """Reads the paragraphs of one document, whose fields may run on from one to the next."""

    styles: Styles
    links: Mapping[str, str]
    notes: Notes
    boxes: list[Element] = field(default_factory=list)
    referred: list[tuple[str, str]] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    def spans(self, paragraph: Element) -> tuple[Span, ...]:
        """The words of a paragraph; text boxes at it are put aside in `boxes`."""
        style = attribute(child(paragraph, "pPr", "pStyle"))
        return tuple(self._clean(span) for span in self._inside(paragraph, style, ""))

    def _clean(self, span: Span) -> Span:
        if hides_something(span.text):
            self.notes.count("invisible")
        return Span(cleaned(span.text), span.bold, span.italic, span.link)

    def _inside(self, element: Element, style: str, link: str) -> Iterator[Span]:
        for inner in element:
            name = local(inner)
            if name in _TRACKED:
                self.notes.count("tracked")
            if name == "r":
                yield from self._run(inner, style, link)
            elif name == "hyperlink":
                yield from self._inside(inner, style, self._target(inner) or link)
            elif name in _WITHIN:
                yield from self._inside(inner, style, link)
            elif name in {"oMath", "oMathPara"}:
                yield Span("".join(found.text or "" for found in inner.iter(MATH_TEXT)))
            elif name == "AlternateContent":
                yield from self._inside(inner, style, link)

    def _target(self, hyperlink: Element) -> str:
        target = self.links.get(relation(hyperlink), "")
        if target and not is_web_address(target):
            self.notes.count("links")
        return target if is_web_address(target) else ""

    def _run(self, run: Element, style: str, link: str) -> Iterator[Span]:
        properties = child(run, "rPr")
        own = attribute(child(properties, "rStyle"))
        text = "".join(self._texts(run))
        if self._is(properties, own, style, "vanish"):
            self.notes.count("hidden", bool(text.strip()))
            return
        bold, italic = (self._is(properties, own, style, name) for name in ("b", "i"))
        if text:
            yield Span(text, bold, italic, link or self._field_link())

    def _is(self, properties: Element | None, own: str, style: str, name: str) -> bool:
        told = (switch(properties, name), self.styles.switch(own, name), self.styles.switch(style, name))
        return next((answer for answer in told if answer is not None), False)

    def _texts(self, run: Element) -> Iterator[str]:
        for inner in run:
            name = local(inner)
            if name == "fldChar":
                self._turn(attribute(inner, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += (inner.text or "")[:2000]
            elif all(one.shows for one in self._fields):
                yield self._text(inner, name)

    def _text(self, element: Element, name: str) -> str:
        if name == "t":
            return element.text or ""
        if name == "br":
            return " " if attribute(element, "type") in {"page", "column"} else "\n"
        if name in {"footnoteReference", "endnoteReference"}:
            return self._reference(element, name)
        if name in _PICTURES or name == "AlternateContent":
            self._put_aside(element)
        for sign, what in (("sym", "symbols"), ("commentReference", "comments")):
            self.notes.count(what, name == sign)
        return _SIGNS.get(name, "")

    def _reference(self, element: Element, name: str) -> str:
        key = (name.removesuffix("Reference"), attribute(element, "id"))
        if key not in self.referred:
            self.referred.append(key)
        return f" (note {self.referred.index(key) + 1})"

    def _put_aside(self, element: Element) -> None:
        """Keep the text of a text box for after the paragraph; what has none is a picture."""
        chosen = next((inner for inner in element if local(inner) == "Choice"), element)
        boxes = [found for found in chosen.iter() if local(found) == "txbxContent"]
        self.boxes += boxes
        self.notes.count("boxes" if boxes else "pictures", len(boxes) or 1)

    def _turn(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_link(self) -> str:
        found = [_ADDRESS.search(one.instruction) for one in self._fields]
        return next((match[1] for match in reversed(found) if match and is_web_address(match[1])), "")
