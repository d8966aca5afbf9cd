"""Reading the whole trail back and naming every row that is not as it was written."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connections, transaction

from audit import signing
from audit.models import Checkpoint
from audit.verification import chains, checkpoints, leftovers
from audit.verification.findings import Finding


@dataclass
class Verification:
    """One reading of one database's trail; the counts are final once `findings` is exhausted."""

    using: str = "default"
    held_moments: bool = False
    expected_head: str = ""
    as_of: datetime | None = None
    advance: Callable[[], object] = lambda: None
    entries: int = 0
    signed: int = 0
    unsigned: int = 0
    head: Checkpoint | None = None
    _head_seen: bool = field(default=False, init=False)

    def findings(self) -> Iterator[Finding]:
        """Every broken row, as of one moment however long the reading takes."""
        with _one_moment(self.using):
            yield from self._chains()
            yield from self._checkpoints()
            yield from self._unsigned()
            yield from leftovers.lost(connections[self.using])
            yield from leftovers.fallen_triggers(connections[self.using])

    def _chains(self) -> Iterator[Finding]:
        before = None
        for row in chains.rows(connections[self.using]):
            yield from chains.examine(row, before, held_moments=self.held_moments)
            before = row
            self.entries += 1
            self.advance()

    def _checkpoints(self) -> Iterator[Finding]:
        keys = signing.trusted_keys()
        earlier: datetime | None = None
        for checkpoint in checkpoints.stored(self.using):
            yield from checkpoints.follows(checkpoint, self.head)
            # One run may sign in several checkpoints of the same moment.
            if self.head and self.head.at < checkpoint.at:
                earlier = self.head.at
            if broken := checkpoints.is_genuine(checkpoint, keys):
                yield broken
            else:
                yield from checkpoints.entries(checkpoint, earlier)
            self._pass(checkpoint)
        if self.expected_head and not self._head_seen:
            yield Finding(f"checkpoint {self.expected_head}", "deleted or replaced: it was signed and is not here")

    def _pass(self, checkpoint: Checkpoint) -> None:
        self.head = checkpoint
        self.signed += len(checkpoint.entry_ids)
        self._head_seen |= head_of(checkpoint) == self.expected_head

    def _unsigned(self) -> Iterator[Finding]:
        now = self.as_of or clock(self.using)
        for entry_id, written_at in leftovers.unsigned(connections[self.using]):
            self.unsigned += 1
            if wrong := leftovers.misdated(entry_id, written_at, now):
                yield wrong


def head_of(checkpoint: Checkpoint | None) -> str:
    """A checkpoint's number and hash in one word, to keep elsewhere and ask for later; empty for none."""
    return f"{checkpoint.number}:{checkpoint.hash}" if checkpoint else ""


def count(using: str) -> int:
    """How many entries there are to read."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry")
        return int(cursor.fetchone()[0])


def clock(using: str) -> datetime:
    """The database's own time."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


@contextmanager
def _one_moment(using: str) -> Iterator[None]:
    nested = connections[using].in_atomic_block
    atomic: AbstractContextManager[None] = transaction.atomic(using=using)
    with atomic:
        if not nested:
            with connections[using].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
