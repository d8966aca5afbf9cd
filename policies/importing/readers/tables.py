"""Tables as Markdown can write them, or else row by row as text."""

from policies.importing.readers.notes import Notes
from policies.importing.readers.pieces import Table

LONGEST_CELL = 400


def table(read: Table, notes: Notes) -> str:
    """The table in pipes where it has a shape and short cells; else a paragraph for each row, which is noted."""
    rows = [row for row in read.rows if any(row)]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    if width > 1 and len(rows) > 1 and all(len(cell) <= LONGEST_CELL for row in rows for cell in row):
        return _in_pipes(rows, width)
    if width > 1:
        notes.count("tables")
    return "\n\n".join(" – ".join(filter(None, row)) for row in rows)


def _in_pipes(rows: list[tuple[str, ...]], width: int) -> str:
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in filled]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
