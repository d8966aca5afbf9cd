"""Lists for a spreadsheet: lines of CSV in which nothing is taken for a formula."""

import csv
from collections.abc import Iterable
from io import StringIO

# With one of these in front a spreadsheet runs what follows.
_RUN = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[str]) -> str:
    """One line of CSV with its line break."""
    written = StringIO()
    csv.writer(written).writerow([quoted(cell) for cell in cells])
    return written.getvalue()


def quoted(cell: str) -> str:
    """The text as a spreadsheet shows and never runs it."""
    return f"'{cell}" if cell.startswith(_RUN) else cell
