"""Each record's chain of entries, read row by row: nothing edited, nothing missing, nothing dated back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.canonical import EPOCH, hashed
from audit.verification.findings import Finding

# Spelt out rather than asked of the database's own functions, which its owner could replace.
READ = """
    SELECT id, (extract(epoch FROM at) * 1000000)::bigint, (extract(epoch FROM written_at) * 1000000)::bigint,
        actor_id, action, record_type, record_id, seq, facts::text, request_id, previous_hash, hash
    FROM audit_entry ORDER BY record_type, record_id, seq, id
"""
FETCH = 2000


class Row(NamedTuple):
    """An entry exactly as stored; moments in microseconds."""

    id: int
    at: int
    written_at: int
    actor_id: int | None
    action: str
    record_type: str
    record_id: str
    seq: int
    facts: str
    request_id: str
    previous_hash: str
    hash: str

    @property
    def record(self) -> str:
        """The record the entry is about, in words."""
        return f"{self.record_type} {self.record_id}" if self.record_type else "no record"

    @property
    def name(self) -> str:
        """The entry in words."""
        return f"entry {self.id} (#{self.seq} of {self.record})"

    def true_hash(self) -> str:
        """What the hash must be, were the row as it was written."""
        return hashed(None if part is None else str(part) for part in self[:-1])


def rows(connection: BaseDatabaseWrapper) -> Iterator[Row]:
    """Every entry, chain by chain, without holding them all in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(READ)
        while batch := cursor.fetchmany(FETCH):
            yield from map(Row._make, batch)


def examine(row: Row, before: Row | None, *, held_moments: bool) -> Iterator[Finding]:
    """What is wrong with an entry, given the one read before it."""
    same = before if before and (before.record_type, before.record_id) == (row.record_type, row.record_id) else None
    if row.hash != row.true_hash():
        yield Finding(row.name, "edited: its contents no longer give its hash")
    if row.at != row.written_at and not held_moments:
        yield Finding(row.name, f"back-dated: says {_moment(row.at)}, was written {_moment(row.written_at)}")
    yield from _sequence(row, same)


def _sequence(row: Row, before: Row | None) -> Iterator[Finding]:
    last, last_hash = (before.seq, before.hash) if before else (0, "")
    if row.seq > last + 1:
        yield Finding(f"#{last + 1} to #{row.seq - 1} of {row.record}", f"deleted: {row.name} comes next")
    elif row.seq <= last:
        yield Finding(row.name, "inserted: its number was taken already")
    elif row.previous_hash != last_hash:
        yield Finding(row.name, "does not follow the entry before it: one of the two was edited or inserted")
    if before and row.written_at < before.written_at:
        yield Finding(row.name, f"back-dated: written {_moment(row.written_at)}, before the entry it follows")


def _moment(microseconds: int) -> datetime:
    return (EPOCH + timedelta(microseconds=microseconds)).astimezone(UTC)
