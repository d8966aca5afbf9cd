"""Reads a policy's Markdown as people cite it: sections and clauses, each with its anchor, citation, words and HTML.

A heading begins a section; a paragraph that begins with a label in parentheses, as in "(A)" or "(3)", begins a clause.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from policies.labels import Place, label_of_clause, label_of_heading

# No raw HTML and no pictures: a picture of text is nothing a search or a screen reader finds.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
# Headings inside a list or a quotation would break the order of the page's own.
_TAGS = {
    "a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
LONGEST_ANCHOR, LONGEST_CITATION = 80, 200
DEEPEST = 4


@dataclass(frozen=True)
class Part:
    """A section or clause: `level` is the heading's (2 to 4, 0 for a clause), `depth` how deep a clause is nested."""

    anchor: str
    citation: str
    label: str
    heading: str
    level: int
    depth: int
    text: str
    html: SafeString

    @property
    def is_heading(self) -> bool:
        """Whether it begins a section."""
        return self.level > 0

    @property
    def title(self) -> str:
        """The words of its heading without the number."""
        return label_of_heading(self.heading)[1]

    @property
    def indent(self) -> int:
        """How far the page moves it in; what is deeper than four levels stays at the fourth."""
        return min(self.depth, DEEPEST)

    @property
    def words(self) -> str:
        """All it says, its heading or label included."""
        return " ".join(part for part in (self.label, self.heading, self.text) if part)


@dataclass
class _Draft:
    """A part while its blocks are gathered."""

    anchor: str = "introduction"
    citation: str = "Introduction"
    label: str = ""
    heading: str = ""
    level: int = 0
    depth: int = 0
    tokens: list[Token] = field(default_factory=list)

    def finished(self) -> Part:
        html = _MARKDOWN.renderer.render(self.tokens, _MARKDOWN.options, {})
        clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)
        text = " ".join(" ".join(_spoken(self.tokens)).split())
        return Part(
            self.anchor,
            self.citation,
            self.label,
            self.heading,
            self.level,
            self.depth,
            text,
            SafeString(clean.strip()),
        )


def parse(markdown: str) -> tuple[Part, ...]:
    """The parts of a text in their order; what stands before the first heading or clause is its introduction."""
    tokens = _MARKDOWN.parse(markdown)
    drafts, place, taken = [_Draft()], Place(), {"introduction": 1}
    top = min((_level(token) for token in tokens if token.type == "heading_open" and token.level == 0), default=2)
    for block in _blocks(tokens):
        begun = _heading(block, place, top) or _clause(block, place)
        if begun is None:
            drafts[-1].tokens += block
            continue
        begun.anchor = _own(begun.anchor, taken)
        drafts.append(begun)
    return tuple(each.finished() for each in drafts if each.tokens or each.level)


@lru_cache(maxsize=64)
def read(markdown: str) -> tuple[Part, ...]:
    """The same, kept for whoever reads the same text next: for texts on record, not for what somebody is typing."""
    return parse(markdown)


def find(markdown: str, anchor: str) -> Part | None:
    """The part with this anchor, or None."""
    return next((part for part in read(markdown) if part.anchor == anchor), None)


def _level(token: Token) -> int:
    return int(token.tag[1:])


def _blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The outermost blocks, each with everything in it."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _heading(block: list[Token], place: Place, top: int) -> _Draft | None:
    if block[0].type != "heading_open":
        return None
    title = " ".join(" ".join(_spoken(block)).split())
    level = min(_level(block[0]) - top + 2, 4)
    label, _ = label_of_heading(title)
    place.enter_section(label, level)
    anchor = place.anchor() if label else slugify(title)
    citation = place.citation() if label else title
    return _Draft(anchor[:LONGEST_ANCHOR] or "section", citation[:LONGEST_CITATION], "", title, level)


def _clause(block: list[Token], place: Place) -> _Draft | None:
    if block[0].type != "paragraph_open":
        return None
    label, rest = label_of_clause(block[1].content)
    if not label:
        return None
    depth = place.enter_clause(label)
    inline = _MARKDOWN.parseInline(rest)[0]
    said = Token("inline", "", 0, level=1, content=rest, children=inline.children, map=block[1].map)
    begun = _Draft(place.anchor()[:LONGEST_ANCHOR], place.citation()[:LONGEST_CITATION], f"({label})", depth=depth)
    begun.tokens = [block[0], said, block[-1]]
    return begun


def _own(anchor: str, taken: dict[str, int]) -> str:
    """This anchor, or the first of its like that nothing else has; `taken` counts how far each has got."""
    mine = anchor
    while mine in taken:
        taken[anchor] += 1
        mine = f"{anchor}-{taken[anchor]}"
    taken[mine] = 1
    return mine


def _spoken(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_words_of(child) for child in token.children or [])
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _words_of(child: Token) -> str:
    return " " if child.type in {"softbreak", "hardbreak"} else child.content
