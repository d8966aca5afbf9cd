"""Reminders: of decisions and reviews that are nearly due, of removals that are late, of access that runs out."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from access_requests import notices
from access_requests.models import AccessRequest, Turn
from access_requests.operations import turns
from notifications.reminders import Reminder, remind_all
from people.directory import holders_of
from people.models import Role, User
from workflow import calendar, clock

# Days before the last one on which the requester is warned.
WARNINGS = (1, 7, 14)


def remind() -> int:
    """Remind everyone of what is due; each reminder goes out once, also where a run was missed; returns how many."""
    reminders = [*_of_turns(), *_of_removals(), *_of_last_days()]
    remind_all(reminders)
    return len(reminders)


def _of_turns() -> Iterator[Reminder]:
    """Whose turn it is, from the business day before it is due."""
    soon = calendar.due_after(clock.now(), 1)
    for turn in turns.waiting().filter(due_at__lte=soon, person__is_active=True):
        rule = "review_due" if turn.kind == Turn.Kind.REVIEW else "decision_due"
        yield _reminder(rule, turn.request, turn.person, turn.due_at, f"turn {turn.pk} due {turn.due_at.isoformat()}")


def _of_removals() -> Iterator[Reminder]:
    """IT Security of each removal that is late, and the Privacy Officers with it."""
    late = AccessRequest.objects.filter(status=AccessRequest.Status.ENDING, removal_due_at__lte=clock.now())
    people = list(holders_of(Role.IT_SECURITY, Role.PRIVACY_OFFICER))
    for request in late.order_by("removal_due_at", "pk"):
        for person in people:
            if person.pk != request.requester_id and request.removal_due_at:
                yield _reminder("removal_overdue", request, person, request.removal_due_at, f"access {request.pk}")


def _of_last_days() -> Iterator[Reminder]:
    """The requester 14, 7 and 1 day before the last one; of several that are due at once only the most urgent."""
    today = clock.today()
    until = today + timedelta(days=max(WARNINGS))
    running = AccessRequest.objects.filter(status=AccessRequest.Status.ACTIVE, until__range=(today, until))
    for request in running.filter(requester__is_active=True).select_related("requester"):
        if request.until:
            days = next(each for each in WARNINGS if request.until <= today + timedelta(days=each))
            record = f"access {request.pk} {days}"
            yield _reminder("runs_out", request, request.requester, _end_of(request.until), record)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())


def _reminder(rule: str, request: AccessRequest, to: User, due_at: datetime, record: str) -> Reminder:
    return Reminder(
        f"access_requests/{rule}",
        record=record,
        to=to,
        reference=request.reference,
        url=notices.request_url(request),
        due_at=due_at,
    )
