"""Rows into PostgreSQL by COPY: as many as asked, without triggers, and with the indexes made anew at the end."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from psycopg2 import extensions, sql

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Row = Sequence[object]
PIECE = 1 << 18
# What a column that nobody here knows gets, where it may not be left out.
_OTHERWISE = {"boolean": "f", "jsonb": "{}", "ARRAY": "{}", "integer": "0", "bigint": "0", "smallint": "0"}
_MOMENTS = {"timestamp with time zone", "date"}
_COLUMNS = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
"""
_REQUIRED = _COLUMNS + " AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'"
_INDEXES = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique AND NOT i.indisexclusion
"""


@dataclass(frozen=True)
class Load:
    """Rows of one table, under the names of the columns they bring."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


class Lines(io.RawIOBase):
    """What COPY reads: text made as it is asked for, so that a million rows take no memory."""

    def __init__(self, lines: Iterator[str]) -> None:
        super().__init__()
        self._lines = lines
        self._left = b""

    def readable(self) -> bool:
        """It is read, and nothing else."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """The next bytes, as many as there is room for; none at the end."""
        room = memoryview(buffer)
        pieces, held = [self._left], len(self._left)
        while held < len(room) and (line := next(self._lines, "")):
            pieces.append(line.encode())
            held += len(pieces[-1])
        whole = b"".join(pieces)
        given, self._left = whole[: len(room)], whole[len(room) :]
        room[: len(given)] = given
        return len(given)


def put(cursor: extensions.cursor, load: Load) -> int:
    """Copy these rows in; what the table does not have is left out, what it demands besides gets a plain value."""
    cursor.execute(_COLUMNS, [load.table])
    there = {name for name, _ in cursor.fetchall()}
    kept = [place for place, name in enumerate(load.columns) if name in there]
    cursor.execute(_REQUIRED, [load.table])
    more = {name: _otherwise(kind) for name, kind in cursor.fetchall() if name not in load.columns}
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(load.table), sql.SQL(", ").join(map(sql.Identifier, [*(load.columns[p] for p in kept), *more]))
    )
    end = "".join(f"\t{value}" for value in more.values()) + "\n"
    lines = Lines(as_lines(load.rows, kept, end))
    cursor.copy_expert(statement, io.BufferedReader(lines, PIECE), size=PIECE)
    return cursor.rowcount


def as_lines(rows: Iterable[Row], kept: Sequence[int], end: str = "\n") -> Iterator[str]:
    """The chosen places of each row as COPY's text."""
    chosen = itemgetter(*kept) if len(kept) > 1 else lambda row: (row[kept[0]],)
    for row in rows:
        yield "\t".join([as_text(value) for value in chosen(row)]) + end


def as_text(value: object) -> str:
    """One value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        return value if value.isprintable() and "\\" not in value else _escaped(value)
    if isinstance(value, list):
        return "{" + ",".join(map(str, value)) + "}"
    return _escaped(json.dumps(value)) if isinstance(value, dict) else str(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _otherwise(kind: str) -> str:
    return datetime.now().astimezone().isoformat() if kind in _MOMENTS else _OTHERWISE.get(kind, "")


@contextlib.contextmanager
def indexes_made_at_the_end(cursor: extensions.cursor, tables: Iterable[str]) -> Iterator[None]:
    """Drop what only finds rows and make it again: a sort of a million beats a million insertions."""
    definitions = []
    for table in tables:
        cursor.execute(_INDEXES, [table])
        for name, definition in cursor.fetchall():
            definitions.append(definition)
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
    yield
    for definition in definitions:
        cursor.execute(definition)
