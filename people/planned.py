"""Statements that PostgreSQL plans once a connection: for most of what a page asks, planning takes longer than looking.

They live as long as the connection they were planned on, so a pooler before the database must leave a connection to one
session for as long (PgBouncer's "session" mode).
"""

import hashlib
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db import NotSupportedError, connection
from psycopg2 import DatabaseError

# Kept at once by one connection; the one asked longest ago makes room.
MOST = 100

_KEPT: WeakKeyDictionary[Any, dict[str, None]] = WeakKeyDictionary()


class Planned:
    """A statement with its values written in, but for those that `asks` lists: these are given at each use."""

    def __init__(self, sql: str, params: Sequence[Any] = (), *, asks: Sequence[Any] = ()) -> None:
        self._sql, self._params = sql, tuple(params)
        self._open = [value for value in asks if value in self._params]
        self._places = [place for place, value in enumerate(asks) if value in self._params]
        self._name = self._text = self._call = ""

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """What it finds for these values, in the order of `asks`; one query."""
        return self.named(*values)[1]

    def named(self, *values: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The same with the names of the columns."""
        given = [values[place] for place in self._places]
        try:
            return self._asked(given)
        except NotSupportedError:
            # A migration changed a column's type meanwhile. Within a transaction nothing can be asked any more.
            if connection.in_atomic_block:
                raise
            self._forget()
            return self._asked(given)

    def _asked(self, given: list[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        with connection.cursor() as cursor:
            self._plan(cursor)
            cursor.execute(self._call, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return [column.name for column in cursor.description], found

    def _plan(self, cursor: Any) -> None:
        kept = _KEPT.setdefault(cursor.connection, {})
        if not self._text:
            self._write(cursor)
        if self._name in kept:
            # Last asked for, last to go.
            kept[self._name] = kept.pop(self._name)
            return
        # Not by the cursor that counts queries: this belongs to the connection, not to the page.
        with connection.wrap_database_errors, cursor.connection.cursor() as plain:
            if len(kept) >= MOST:
                oldest = next(iter(kept))
                del kept[oldest]
                plain.execute(f"DEALLOCATE {oldest}")
            # Noted before it is done: what stops this process in between must not have it planned twice.
            kept[self._name] = None
            try:
                plain.execute(f"PREPARE {self._name} AS {self._text}")
            except DatabaseError:
                del kept[self._name]
                raise

    def _forget(self) -> None:
        with connection.cursor() as cursor:
            del _KEPT[cursor.connection][self._name]
            cursor.execute(f"DEALLOCATE {self._name}")

    def _write(self, cursor: Any) -> None:
        text = self._sql % tuple(self._written(cursor, value) for value in self._params)
        self._name = f"portal_{hashlib.sha256(text.encode()).hexdigest()[:24]}"
        marks = ", ".join(["%s"] * len(self._open))
        self._call = f"EXECUTE {self._name} ({marks})" if marks else f"EXECUTE {self._name}"
        self._text = text

    def _written(self, cursor: Any, value: Any) -> str:
        if value in self._open:
            return f"${self._open.index(value) + 1}"
        written: bytes = cursor.mogrify("%s", [value])
        return written.decode()
