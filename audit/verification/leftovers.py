"""What chains and checkpoints cannot show of themselves: entries never signed, notes without entry, triggers off."""

from collections.abc import Iterator
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.roles import append_only_tables
from audit.verification.findings import LONGEST_TRANSACTION, Finding

UNSIGNED = """
    SELECT entry.id, entry.written_at FROM audit_entry AS entry
    LEFT JOIN (SELECT unnest(entry_ids) AS id FROM audit_checkpoint) AS signed ON signed.id = entry.id
    WHERE signed.id IS NULL ORDER BY entry.id
"""
ORPHANS = """
    SELECT note.entry_id FROM audit_unsigned AS note
    LEFT JOIN audit_entry AS entry ON entry.id = note.entry_id
    WHERE entry.id IS NULL ORDER BY note.entry_id
"""
STANDING = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')
"""


def unsigned(connection: BaseDatabaseWrapper) -> Iterator[tuple[int, datetime]]:
    """The entries no checkpoint covers, and when each was written."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(UNSIGNED)
        yield from cursor


def misdated(entry_id: int, written_at: datetime, now: datetime) -> Finding | None:
    """An entry whose date does not fit with its being unsigned: long ago, or still to come."""
    row = f"entry {entry_id}"
    if written_at > now:
        return Finding(row, f"dated in the future, {written_at}")
    if written_at >= now - LONGEST_TRANSACTION:
        return None
    reason = "inserted or back-dated since, or checkpoints were removed or no longer made"
    return Finding(row, f"in no checkpoint although written {written_at}: {reason}")


def lost(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Entries that were written, not yet signed, and are gone."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS)
        for (entry_id,) in cursor.fetchall():
            yield Finding(f"entry {entry_id}", "deleted before it was signed")


def fallen_triggers(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    """Triggers that should hold the trail and are missing or disabled."""
    expected = {(table, "append_only") for table in append_only_tables()} | {("audit_entry", "audit_write_entry")}
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        for table, trigger in sorted(expected - set(cursor.fetchall())):
            yield Finding(f"table {table}", f"its trigger {trigger} is missing or disabled")
