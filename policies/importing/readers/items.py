"""Bulleted and numbered items that follow one another, written as one Markdown list."""

from dataclasses import dataclass, field

_SAME_EDGE = 4.0


@dataclass(frozen=True)
class _Edge:
    """Where an item stands, where its words begin, and what it begins with."""

    indent: float
    text_at: int
    marker: str


@dataclass
class List:
    """The list that is being put together, if any."""

    _lines: list[str] = field(default_factory=list)
    _edges: list[_Edge] = field(default_factory=list)

    def add(self, marker: str, text: str, indent: float) -> None:
        """One more item; how far it stands from the margin tells what it lies beneath."""
        before = ""
        while self._edges and self._edges[-1].indent > indent - _SAME_EDGE:
            before = self._edges.pop().marker
        within = self._edges[-1].text_at if self._edges else 0
        if self._lines and not _goes_on(before, marker):
            # Without an empty line a number in another order would be read as words of the item before.
            self._lines.append("")
        self._lines.append(f"{' ' * within}{marker} {text}")
        self._edges.append(_Edge(indent, within + len(marker) + 1, marker))

    def ended(self) -> str:
        """The list as one block, empty where there was none; the next item begins another."""
        block = "\n".join(self._lines)
        self._lines.clear()
        self._edges.clear()
        return block


def _goes_on(before: str, marker: str) -> bool:
    """Whether an item may follow at once: one of the same kind, or the first of a list beneath."""
    return before[-1:] == marker[-1] if before else marker in {"-", "1."}
