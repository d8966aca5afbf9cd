"""Reminders of cases that are due: asked of the stored target, so a missed run is caught up and none is doubled."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from incidents import conflicts
from incidents.choices import UNDECIDED
from incidents.models import Incident
from incidents.notices import case_url
from incidents.rules import PRIVACY_OFFICE, barred, holder_among
from notifications.reminders import Reminder, remind_all
from people.directory import holders_of
from people.models import Role, User
from workflow import calendar, clock

BATCH = 200
DUE_SOON, OVERDUE = "incidents/due", "incidents/overdue"


def remind_of_due_cases() -> int:
    """Remind of every case that is overdue or due by the end of the next business day; returns how many those are.

    Whoever has a case hears once that it is due soon and, with every Privacy Officer, once that it is overdue; a case
    that was due while nothing ran is told of as overdue alone.
    """
    now = clock.now()
    horizon = calendar.due_after(now, 1)
    numbers = list(_due_by(horizon).values_list("pk", flat=True))
    return sum(_remind(numbers[start : start + BATCH], now, horizon) for start in range(0, len(numbers), BATCH))


def _due_by(horizon: datetime) -> QuerySet[Incident]:
    return Incident.objects.filter(status__in=UNDECIDED, due_at__lte=horizon).order_by("due_at", "pk")


@transaction.atomic
def _remind(numbers: list[int], now: datetime, horizon: datetime) -> int:
    """Remind of those of these cases that are still due, as things stand now; a fixed number of queries."""
    cases = list(_due_by(horizon).filter(pk__in=numbers).annotate(kept_from=conflicts.BARRED))
    office = list(holders_of(*PRIVACY_OFFICE))
    officers = list(holders_of(Role.PRIVACY_OFFICER))
    remind_all(
        [
            _reminder(OVERDUE if case.due_at < now else DUE_SOON, case, person)
            for case in cases
            for person in _whom(case, office, officers if case.due_at < now else [])
        ]
    )
    return len(cases)


def _whom(case: Incident, office: list[User], officers: list[User]) -> list[User]:
    """Whoever has the case, or all of the office; with them these officers, as far as they are impartial."""
    holders = holder_among(office, case)
    kept_from = barred(case) | {case.reporter_id, *(person.pk for person in holders)}
    return [*holders, *(officer for officer in officers if officer.pk not in kept_from)]


def _reminder(rule: str, incident: Incident, person: User) -> Reminder:
    return Reminder(
        rule,
        record=f"{incident.reference} due {incident.due_at.isoformat()}",
        to=person,
        reference=incident.reference,
        url=case_url(incident),
        due_at=incident.due_at,
    )
