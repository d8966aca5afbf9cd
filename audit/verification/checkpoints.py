"""The signed checkpoints: each one genuine and in its place, each entry they name still as it was signed."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from audit import signing
from audit.canonical import HASH_BYTES, Statement
from audit.models import Checkpoint, Entry
from audit.verification.findings import LONGEST_TRANSACTION, Finding


def stored(using: str) -> Iterator[Checkpoint]:
    """Every checkpoint in order, a few in memory at a time."""
    return Checkpoint.objects.using(using).order_by("number").iterator(chunk_size=5)


def is_genuine(checkpoint: Checkpoint, keys: Mapping[str, Ed25519PublicKey]) -> Finding | None:
    """What is wrong with the checkpoint itself, taken alone."""
    unproven = f"its {len(checkpoint.entry_ids):,} entries are unproven"
    if checkpoint.hash != _statement(checkpoint).hash():
        return Finding(str(checkpoint), f"edited: its contents no longer give its hash; {unproven}")
    if checkpoint.public_key not in keys:
        return Finding(str(checkpoint), f"signed with a key that is missing here, {checkpoint.public_key}; {unproven}")
    if not signing.is_signed(checkpoint.hash, checkpoint.signature, keys[checkpoint.public_key]):
        return Finding(str(checkpoint), f"wrong signature; {unproven}")
    return None


def follows(checkpoint: Checkpoint, before: Checkpoint | None) -> Iterator[Finding]:
    """What is wrong with the checkpoint's place after the one before it."""
    number, own_hash = (before.number, before.hash) if before else (0, "")
    if checkpoint.number > number + 1:
        yield Finding(f"checkpoints {number + 1} to {checkpoint.number - 1}", "deleted")
    elif checkpoint.previous_hash != own_hash:
        yield Finding(str(checkpoint), f"does not follow checkpoint {number}: one of the two was replaced")
    if before and checkpoint.at < before.at:
        yield Finding(str(checkpoint), f"back-dated: {checkpoint.at}, before the one it follows")


def entries(checkpoint: Checkpoint, earlier: datetime | None) -> Iterator[Finding]:
    """What is wrong with the entries a genuine checkpoint covers; `earlier` is the moment of the run before."""
    using = checkpoint._state.db  # noqa: SLF001  the database this very row came from
    found = Entry.objects.using(using).filter(pk__in=checkpoint.entry_ids).values_list("pk", "hash", "written_at")
    present = {pk: (own_hash, written_at) for pk, own_hash, written_at in found}
    hashes = bytes(checkpoint.entry_hashes).hex()
    for place, pk in enumerate(checkpoint.entry_ids):
        signed = hashes[place * HASH_BYTES * 2 : (place + 1) * HASH_BYTES * 2]
        own_hash, written_at = present.get(pk, ("", checkpoint.at))
        if not own_hash:
            yield Finding(f"entry {pk}", f"deleted: {checkpoint} signed it")
        elif own_hash != signed:
            yield Finding(f"entry {pk}", f"edited: {checkpoint} signed other contents")
        elif earlier and written_at < earlier - LONGEST_TRANSACTION:
            yield Finding(f"entry {pk}", f"back-dated: written {written_at}, yet first signed by {checkpoint}")


def _statement(checkpoint: Checkpoint) -> Statement:
    return Statement(
        number=checkpoint.number,
        at=checkpoint.at,
        previous_hash=checkpoint.previous_hash,
        public_key=checkpoint.public_key,
        entry_ids=checkpoint.entry_ids,
        entry_hashes=bytes(checkpoint.entry_hashes),
    )
