"""Signing what has been written, so that not even the database's owner can change it unseen."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from audit import signing
from audit.canonical import Statement
from audit.models import Checkpoint

# Bounds the memory of one run however long the signer was away.
BATCH = 100_000
ONE_SIGNER = 4004

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Covered:
    """The entries of one checkpoint: their ids in order, and their 32-byte hashes end to end."""

    ids: list[int]
    hashes: bytes


def sign_all() -> int:
    """Sign every committed entry not yet covered; says how many, none where another signer is at work."""
    key = signing.private_key()
    signed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s), clock_timestamp()", [ONE_SIGNER])
        alone, moment = cursor.fetchone()
        while alone and (covered := _take(cursor, moment)):
            _sign(covered, moment, key)
            signed += len(covered.ids)
    return signed


def _take(cursor: CursorWrapper, moment: datetime) -> Covered | None:
    # Works from the trigger's notes, not from ids: a slow transaction may commit a lower id later.
    cursor.execute(
        """
        WITH batch AS (
            SELECT entry.id, entry.hash
            FROM audit_unsigned AS note JOIN audit_entry AS entry ON entry.id = note.entry_id
            WHERE entry.written_at <= %s ORDER BY note.entry_id LIMIT %s
        ), taken AS (
            DELETE FROM audit_unsigned AS note USING batch WHERE note.entry_id = batch.id
        )
        SELECT array_agg(id ORDER BY id), string_agg(decode(hash, 'hex'), ''::bytea ORDER BY id) FROM batch
        """,
        [moment, BATCH],
    )
    ids, hashes = cursor.fetchone()
    return Covered(ids, bytes(hashes)) if ids else None


def _sign(covered: Covered, moment: datetime, key: Ed25519PrivateKey) -> None:
    last = Checkpoint.objects.only("number", "hash").order_by("number").last()
    number, previous = (last.number + 1, last.hash) if last else (1, "")
    public_key = signing.name_of(key.public_key())
    statement = Statement(number, moment, previous, public_key, covered.ids, covered.hashes)
    own = statement.hash()
    Checkpoint.objects.create(**vars(statement), hash=own, signature=signing.sign(own, key))
    # The log leaves the machine: a copy of the last line shows whether later checkpoints were removed.
    log.info("audit.checkpoint", checkpoint=f"{number}:{own}", entries=len(covered.ids))
