"""The one way a row is read as bytes before it is hashed; the twin of `audit_canonical` in the database."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HASH_BYTES = hashlib.sha256().digest_size


def canonical(parts: Iterable[str | None]) -> bytes:
    """Each part with its length in bytes before it, so that no two different rows read the same."""
    return b"".join(b"-" if part is None else _measured(part.encode()) for part in parts)


def hashed(parts: Iterable[str | None]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(parts)).hexdigest()


def microseconds(moment: datetime) -> str:
    """Whole microseconds since 1970 in UTC, whatever time zone a connection speaks."""
    return str((moment - EPOCH) // timedelta(microseconds=1))


@dataclass(frozen=True)
class Statement:
    """What a checkpoint signs: its place, its moment, its key, and every entry it covers with that entry's hash."""

    number: int
    at: datetime
    previous_hash: str
    public_key: str
    entry_ids: Sequence[int]
    entry_hashes: bytes

    def hash(self) -> str:
        """SHA-256 over all of it, in hexadecimal."""
        ids = struct.pack(f">{len(self.entry_ids)}q", *self.entry_ids)
        contents = hashlib.sha256(ids + self.entry_hashes).hexdigest()
        place = [str(self.number), microseconds(self.at), self.previous_hash, self.public_key]
        return hashed(["checkpoint 1", *place, str(len(self.entry_ids)), contents])


def _measured(encoded: bytes) -> bytes:
    return b"%d:%b" % (len(encoded), encoded)
