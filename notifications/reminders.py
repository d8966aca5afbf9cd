"""Reminders: seen in the portal at once, mailed together, one mail a person and working day."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from notifications import outbox, working_days
from notifications.models import UNGROUPED, Kind, Mail, Notice
from people.models import User

DIGEST = "notifications/digest"
BATCH = 500


@dataclass(frozen=True)
class Reminder:
    """One person's reminder of one record under one rule; `rule` is also the template of the reminder's line."""

    rule: str
    _: KW_ONLY
    record: str
    to: User
    reference: str
    url: str
    due_at: datetime


def remind_all(reminders: Iterable[Reminder]) -> None:
    """Remind each of these people, once of each record under each rule; one query for every thousand."""
    outbox.put([_notice(reminder) for reminder in reminders])


def _notice(reminder: Reminder) -> Notice:
    return outbox.addressed(
        reminder.to,
        mail=Mail.GROUPED,
        kind=Kind.REMINDER,
        template=reminder.rule,
        event_key=f"reminder:{reminder.rule}:{reminder.record}",
        reference=reminder.reference,
        url=reminder.url,
        due_at=reminder.due_at,
    )


def send_digests() -> int:
    """Owe a digest to everyone with unread reminders and none of today's yet; says how many, none on days off."""
    today = _today()
    if not working_days.is_working_day(today):
        return 0
    owed = 0
    while people := _waiting(today):
        owed += _group(today, people)
    return owed


def _today() -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return timezone.localtime(moment).date()


def _waiting(today: date) -> list[User]:
    """The next people to write to, always in the same order, so that two workers never wait for each other."""
    reminders = Notice.objects.filter(UNGROUPED, recipient=OuterRef("pk"))
    done = Notice.objects.filter(event_key=_event(today), recipient=OuterRef("pk"))
    return list(User.objects.filter(Exists(reminders), ~Exists(done)).order_by("pk")[:BATCH])


@transaction.atomic
def _group(today: date, people: list[User]) -> int:
    """One digest each, and each person's reminders into it; whoever another worker served keeps that one."""
    drafts = [_digest(today, person) for person in people]
    outbox.put(drafts)
    ours = Notice.objects.filter(pk__in=[draft.pk for draft in drafts])
    owed = list(ours.filter(mail=Mail.OWED).values_list("pk", flat=True))
    its_digest = ours.filter(recipient=OuterRef("recipient")).values("pk")
    Notice.objects.filter(UNGROUPED, recipient__in=ours.values("recipient")).update(digest=Subquery(its_digest))
    outbox.ring_on_commit(owed)
    return len(owed)


def _digest(today: date, person: User) -> Notice:
    return outbox.addressed(
        person,
        kind=Kind.DIGEST,
        template=DIGEST,
        event_key=_event(today),
        reference=today.isoformat(),
        url=reverse("notifications:inbox"),
    )


def _event(today: date) -> str:
    return f"digest:{today.isoformat()}"
