"""Reads Markdown and writes it anew: the portal's headings and labels, no HTML, and links to the web alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from attachments.inspection.process import run
from attachments.inspection.unreadable import Unreadable
from policies.importing.readers.breaks import grouped, joined
from policies.importing.readers.composing import MOST_CHARACTERS, TOO_LONG, composed
from policies.importing.readers.notes import Notes
from policies.importing.readers.pieces import Finished, Part, Piece, Table
from policies.importing.readers.spans import (
    Span,
    cleaned,
    escaped_start,
    hides_something,
    is_web_address,
    markdown,
    split_at_breaks,
    stripped,
)
from policies.importing.readers.tables import table

_SETTINGS = re.compile(r"\A---\n((?:[\w -]+:.*\n|[ \t-].*\n|\n)+)---\n")
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NOT_TEXT = "This file is not plain text in UTF-8. Save it again with the encoding UTF-8, and import that."
_EMPTY = "This file holds no text."


def text_of(data: io.BytesIO, _form: str) -> bytes:
    """The document's text as JSON; raises Unreadable for what is no text, too long, or empty."""
    try:
        text = data.getvalue().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(_NOT_TEXT) from None
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(TOO_LONG)
    return _read(text.replace("\r\n", "\n").replace("\r", "\n"))


def _read(text: str) -> bytes:
    notes = Notes()
    notes.count("invisible", hides_something(text))
    settings = _SETTINGS.match(text)
    notes.count("front", bool(settings))
    named = _TITLE.search(settings[1]) if settings else None
    tree = SyntaxTreeNode(_Parser("commonmark").enable("table").parse(text[settings.end() if settings else 0 :]))
    parts = [part for node in tree.children for part in _Reader(notes).parts(node)]
    if not parts:
        raise Unreadable(_EMPTY)
    return composed(parts, notes, named=named[1] if named else "")


class _Parser(MarkdownIt):
    """Reads links to anywhere as links, so that those which are not kept leave their words alone behind."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802  the parser's own call
        """Every address; which may stay is said where spans are written."""
        return True


class _Reader:
    """Turns the nodes of one document into parts and blocks."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    def parts(self, node: SyntaxTreeNode) -> Iterator[Part]:
        """What a block at the top is."""
        if node.type == "heading":
            yield Piece(self._spans(node), level=int(node.tag[1]) - 1)
        elif node.type == "paragraph":
            yield from (Piece(spans) for spans in _apart_at_labels(self._spans(node)))
        elif node.type == "table":
            yield Table(tuple(self._rows(node)))
        elif block := self._block(node):
            yield Finished(block)

    def _block(self, node: SyntaxTreeNode) -> str:
        """A block as it stands in a list, in a quotation or at the top."""
        if node.type in {"bullet_list", "ordered_list"}:
            return self._list(node)
        if node.type == "blockquote":
            return "\n".join(f"> {line}".rstrip() for line in self._blocks(node).split("\n"))
        if node.type in {"fence", "code_block"}:
            return _on_lines((Span(cleaned(node.content)),))
        if node.type == "html_block":
            return self._html(node.content)
        if node.type == "table":
            return table(Table(tuple(self._rows(node))), self._notes)
        if node.type == "hr":
            return "---"
        return _on_lines(self._spans(node))

    def _blocks(self, node: SyntaxTreeNode) -> str:
        return "\n\n".join(filter(None, map(self._block, node.children)))

    def _list(self, node: SyntaxTreeNode) -> str:
        first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        is_tight = all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")
        items = []
        for position, item in enumerate(node.children):
            marker = "- " if first is None else f"{first + position}. "
            text = ("\n" if is_tight else "\n\n").join(filter(None, map(self._block, item.children)))
            items.append(marker + text.replace("\n", "\n" + " " * len(marker)).rstrip())
        return re.sub(r"[ ]+$", "", ("\n" if is_tight else "\n\n").join(items), flags=re.MULTILINE)

    def _rows(self, node: SyntaxTreeNode) -> Iterator[tuple[str, ...]]:
        for row in (row for section in node.children for row in section.children):
            yield tuple(markdown(self._spans(cell)) for cell in row.children)

    def _html(self, content: str) -> str:
        without = _COMMENT.sub("\n", content).strip()
        self._notes.count("comments", len(_COMMENT.findall(content)))
        self._notes.count("html", bool(without))
        return _on_lines((Span(cleaned(without)),))

    def _spans(self, node: SyntaxTreeNode) -> tuple[Span, ...]:
        inlines = (inline for child in node.children if child.type == "inline" for inline in child.children)
        return stripped(span for inline in inlines for span in self._inline(inline))

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Span]:
        inner = (span for child in node.children for span in self._inline(child))
        if node.type == "strong":
            yield from (replace(span, bold=True) for span in inner)
        elif node.type == "em":
            yield from (replace(span, italic=True) for span in inner)
        elif node.type == "link":
            yield from self._link(node, inner)
        elif node.type == "image":
            self._notes.count("pictures")
        else:
            yield Span(self._words(node))

    def _link(self, node: SyntaxTreeNode, inner: Iterator[Span]) -> Iterator[Span]:
        address = str(node.attrs.get("href", ""))
        self._notes.count("links", not is_web_address(address))
        yield from (replace(span, link=address) for span in inner)

    def _words(self, node: SyntaxTreeNode) -> str:
        if node.type == "softbreak":
            return "\v"
        if node.type == "hardbreak" or (node.type == "html_inline" and _BREAK.fullmatch(node.content)):
            return "\n"
        if node.type == "html_inline":
            is_comment = node.content.startswith("<!--")
            self._notes.count("comments" if is_comment else "html")
            return "" if is_comment else cleaned(node.content)
        return cleaned(node.content)


def _apart_at_labels(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """A paragraph's lines flow together, unless the next one begins with a label."""
    marked = [replace(span, text=span.text.replace("\n", "\f").replace("\v", "\n")) for span in spans]
    paragraphs = [joined(lines, " ") for lines in grouped(split_at_breaks(marked))]
    return [tuple(replace(span, text=span.text.replace("\f", "\n")) for span in one) for one in paragraphs]


def _on_lines(spans: tuple[Span, ...]) -> str:
    flowing = [replace(span, text=span.text.replace("\v", " ")) for span in spans]
    return "\\\n".join(escaped_start(markdown(line)) for line in split_at_breaks(flowing))


if __name__ == "__main__":
    run(text_of)
