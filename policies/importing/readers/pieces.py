"""What the readers of Word and PDF hand on: paragraphs and tables in their order, with how they looked."""

from dataclasses import dataclass

from policies.importing.readers.spans import Span, plain


@dataclass(frozen=True)
class Table:
    """The rows of a table, each cell already Markdown on one line."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Finished:
    """A block that is the portal's Markdown already."""

    block: str


@dataclass(frozen=True)
class Piece:
    """One paragraph as it stood in the document, before anyone knows what it is."""

    spans: tuple[Span, ...]
    indent: float = 0
    size: float = 0
    level: int | None = None
    is_title: bool = False
    is_bullet: bool = False
    number: str = ""
    place: tuple[str, int] | None = None

    @property
    def text(self) -> str:
        """Its words on one line."""
        return plain(self.spans)

    @property
    def is_bold(self) -> bool:
        """Whether every word of it is bold."""
        return all(span.bold for span in self.spans if span.text.strip())

    @property
    def is_capitals(self) -> bool:
        """Whether it is written in capitals."""
        return self.text.isupper() and sum(sign.isalpha() for sign in self.text) >= 4


Part = Piece | Table | Finished
