"""Reminders: seen in the portal at once, mailed together, one mail a person and working day."""

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


def remind(rule: str, *, record: str, to: User, reference: str, url: str, due_at: datetime) -> None:
    """Remind one person of one record under one rule, once; `rule` is also the template of the reminder's line."""
    reminder = outbox.addressed(
        to,
        mail=Mail.GROUPED,
        kind=Kind.REMINDER,
        template=rule,
        event_key=f"reminder:{rule}:{record}",
        reference=reference,
        url=url,
        due_at=due_at,
    )
    outbox.put([reminder])


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
