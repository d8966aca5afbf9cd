"""What a reader left out or was unsure of, counted as it happens and said in sentences at the end."""

from collections import Counter

_SENTENCES = {
    "pictures": ("1 picture was left out.", "{} pictures were left out."),
    "tables": ("1 table was turned into text.", "{} tables were turned into text."),
    "merged": ("1 table had merged cells: check it.", "{} tables had merged cells: check them."),
    "footnotes": (
        "1 footnote was moved to the end, under “Notes”.",
        "{} footnotes were moved to the end, under “Notes”.",
    ),
    "comments": ("1 comment was left out.", "{} comments were left out."),
    "boxes": ("1 text box was put after its paragraph.", "{} text boxes were put after their paragraphs."),
    "symbols": ("1 symbol could not be read and was left out.", "{} symbols could not be read and were left out."),
    "scanned": ("1 page holds no text: it may be scanned.", "{} pages hold no text: they may be scanned."),
    "links": (
        "1 link that does not lead to the web or to a mailbox became plain text.",
        "{} links that do not lead to the web or to a mailbox became plain text.",
    ),
    "html": ("HTML in the text is shown as it was typed.", "HTML in the text is shown as it was typed."),
    "tracked": ("Tracked changes were taken as accepted.", "Tracked changes were taken as accepted."),
    "hidden": ("Hidden text was left out.", "Hidden text was left out."),
    "invisible": ("Characters that cannot be seen were taken out.", "Characters that cannot be seen were taken out."),
    "contents": ("The table of contents was left out.", "The table of contents was left out."),
    "furniture": ("Page headers and footers were left out.", "Page headers and footers were left out."),
    "front": ("Settings at the top of the file were left out.", "Settings at the top of the file were left out."),
    "headings": (
        "Headings were told by how they look: check them.",
        "Headings were told by how they look: check them.",
    ),
    "columns": (
        "Some lines stand in columns: check their order.",
        "Some lines stand in columns: check their order.",
    ),
}


class Notes:
    """The notes of one document."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._said: list[str] = []

    def count(self, what: str, times: int = 1) -> None:
        """Something of a known kind happened, so many times."""
        self._counts[what] += times

    def say(self, sentence: str) -> None:
        """Something happened that only this sentence can say."""
        self._said.append(sentence)

    def sentences(self) -> list[str]:
        """Every note, the particular ones first."""
        counted = [(_SENTENCES[what], self._counts[what]) for what in _SENTENCES if self._counts[what]]
        return [*self._said, *(one if times == 1 else many.format(times) for (one, many), times in counted)]
