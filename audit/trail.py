"""The one way into the trail and out of it."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from structlog.contextvars import get_contextvars

from audit.models import Entry
from people.models import User
from people.prepared import put

ONE_WRITER = 4003


def write(action: str, *, actor: User | None, record: Model | None, **facts: Any) -> Entry:
    """Write down in the caller's transaction what was done; facts are JSON-safe and never confidential contents."""
    record_type, record_id = _identity(record)
    return put(
        Entry(
            action=action,
            actor=actor,
            record_type=record_type,
            record_id=record_id,
            facts=facts,
            request_id=_request_id(),
        )
    )


def refused(action: str, *, actor: User | None, record: Model | None, reason: str, **facts: Any) -> Entry:
    """Write down a refusal in a transaction of its own; called once the refused one has been rolled back."""
    with transaction.atomic(durable=True):
        return write(f"{action}.refused", actor=actor, record=record, reason=reason, **facts)


def refused_once_a_day(action: str, *, actor: User, record: Model, reason: str) -> None:
    """Write down a refusal unless the same was written today: nobody fills a record's trail by asking again."""
    record_type, record_id = _identity(record)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic(durable=True):
        _hold(record_type, record_id)
        today = Entry.objects.filter(record_type=record_type, record_id=record_id, written_at__gte=midnight)
        if not today.filter(actor=actor, action=f"{action}.refused").exists():
            write(f"{action}.refused", actor=actor, record=record, reason=reason)


def _hold(record_type: str, record_id: str) -> None:
    # The lock the trigger takes for every entry of this record: of two at once, the second sees the first one's.
    with connection.cursor() as cursor:
        key = f"{record_type} {record_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [key, ONE_WRITER])


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
