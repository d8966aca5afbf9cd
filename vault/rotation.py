"""Moving every data key under the primary master key, a small batch at a time, while the portal runs."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet

from audit import trail
from vault import keyring, store
from vault.envelope import VaultError
from vault.models import DataKey

FIRST = uuid.UUID(int=0)


@dataclass(frozen=True)
class Batch:
    """What one step came to: keys looked at, and the sentence for each that could not be opened."""

    seen: int
    failures: list[str]


def outstanding() -> QuerySet[DataKey]:
    """Living data keys that another master key than the primary still wraps."""
    return DataKey.objects.filter(destroyed_at=None).exclude(master_key=keyring.primary().id)


def in_use() -> dict[str, int]:
    """How many living data keys each master key still wraps."""
    counted = DataKey.objects.filter(destroyed_at=None).values("master_key").annotate(keys=Count("id"))
    return {row["master_key"]: row["keys"] for row in counted}


def batches(size: int) -> Iterator[Batch]:
    """Rewrap everything outstanding, one commit a batch, in order of id; stop at any batch and run again later."""
    last = FIRST
    while ids := list(outstanding().filter(id__gt=last).order_by("id").values_list("id", flat=True)[:size]):
        yield _rewrap(ids)
        last = ids[-1]


@transaction.atomic
def _rewrap(ids: list[uuid.UUID]) -> Batch:
    # Locked and asked again: a key may have been destroyed or rewrapped since it was listed.
    keys = list(outstanding().select_for_update().filter(id__in=ids).order_by("id"))
    failures = [failure for key in keys if (failure := _failure_to_rewrap(key))]
    rewrapped = len(keys) - len(failures)
    trail.write("vault.rewrapped", actor=None, record=None, to=keyring.primary().id, keys=rewrapped)
    return Batch(len(ids), failures)


def _failure_to_rewrap(key: DataKey) -> str:
    try:
        store.rewrap(key)
    except VaultError as error:
        return f"{key.binding}: {error}"
    return ""
