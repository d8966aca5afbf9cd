"""What an owner of the database does who wants to change the past: triggers off, change, triggers on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.utils import CursorWrapper

TABLES = ("audit_entry", "audit_checkpoint")


@contextmanager
def as_owner() -> Iterator[CursorWrapper]:
    """The owner's cursor, with the trail's triggers disabled for as long as it is used."""
    with connections["owner"].cursor() as cursor:
        switch(cursor, "DISABLE")
        try:
            yield cursor
        finally:
            switch(cursor, "ENABLE")


def switch(cursor: CursorWrapper, state: str) -> None:
    """Turn the trail's triggers on or off."""
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} {state} TRIGGER USER")


def tamper(statement: str, *values: Any) -> None:
    """Run one statement behind the triggers' back."""
    with as_owner() as cursor:
        cursor.execute(statement, values)


RECHAIN = """
    UPDATE audit_entry SET hash = encode(sha256(audit_canonical(
        id::text, audit_microseconds(at), audit_microseconds(written_at), actor_id::text, action, record_type,
        record_id, seq::text, facts::text, request_id, previous_hash)), 'hex') WHERE id = %s
"""


def rehash(entry_id: int) -> None:
    """Give a changed entry the hash it would have had, as a forger who knows the recipe can."""
    tamper(RECHAIN, entry_id)
