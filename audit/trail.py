"""The one way into the trail and out of it."""

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from structlog.contextvars import get_contextvars

from audit.models import Entry
from people.models import User


def write(action: str, *, actor: User | None, record: Model | None, **facts: Any) -> Entry:
    """Write down in the caller's transaction what was done; facts are JSON-safe and never confidential contents."""
    record_type, record_id = _identity(record)
    return Entry.objects.create(
        action=action,
        actor=actor,
        record_type=record_type,
        record_id=record_id,
        facts=facts,
        request_id=_request_id(),
    )


def refused(action: str, *, actor: User | None, record: Model | None, reason: str) -> Entry:
    """Write down a refusal in a transaction of its own; called once the refused one has been rolled back."""
    with transaction.atomic(durable=True):
        return write(f"{action}.refused", actor=actor, record=record, reason=reason)


def of(record: Model) -> QuerySet[Entry]:
    """Everything written about one record, oldest first, with who did it."""
    record_type, record_id = _identity(record)
    entries = Entry.objects.filter(record_type=record_type, record_id=record_id)
    return entries.select_related("actor").order_by("seq")


def _identity(record: Model | None) -> tuple[str, str]:
    if record is None:
        return "", ""
    if record.pk is None:
        raise ValueError("Only a saved record can have a trail.")
    return record._meta.label_lower, str(record.pk)  # noqa: SLF001


def _request_id() -> str:
    longest = Entry._meta.get_field("request_id").max_length  # noqa: SLF001
    return str(get_contextvars().get("request_id", ""))[:longest]
