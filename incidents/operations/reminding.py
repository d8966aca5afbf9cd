"""Reminders of cases that are due: asked of the stored due date, so a missed run is caught up and none is doubled."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from incidents import conflicts
from incidents.choices import UNDECIDED
from incidents.models import Incident
from incidents.notices import case_url
from incidents.rules import PRIVACY_OFFICE, holder_among
from notifications.reminders import Reminder, remind_all
from people.directory import holders_of
from people.models import User
from workflow import calendar, clock

BATCH = 200


def remind_of_due_cases() -> int:
    """Remind whoever has a case due by the end of the next business day; returns how many cases that are."""
    horizon = calendar.due_after(clock.now(), 1)
    numbers = list(_due_by(horizon).values_list("pk", flat=True))
    return sum(_remind(numbers[start : start + BATCH], horizon) for start in range(0, len(numbers), BATCH))


def _due_by(horizon: datetime) -> QuerySet[Incident]:
    return Incident.objects.filter(status__in=UNDECIDED, due_at__lte=horizon).order_by("due_at", "pk")


@transaction.atomic
def _remind(numbers: list[int], horizon: datetime) -> int:
    """Remind of those of these cases that are still due, as things stand now; a fixed number of queries."""
    cases = list(_due_by(horizon).filter(pk__in=numbers).annotate(kept_from=conflicts.BARRED))
    office = list(holders_of(*PRIVACY_OFFICE))
    remind_all([_reminder(case, person) for case in cases for person in holder_among(office, case)])
    return len(cases)


def _reminder(incident: Incident, person: User) -> Reminder:
    return Reminder(
        "incidents/due",
        record=f"{incident.reference} due {incident.due_at.isoformat()}",
        to=person,
        reference=incident.reference,
        url=case_url(incident),
        due_at=incident.due_at,
    )
