"""Reminders of cases that are due: asked of the stored due date, so a missed run is caught up and none is doubled."""

from django.db import transaction

from incidents.choices import UNDECIDED
from incidents.models import Incident
from incidents.notices import case_url
from incidents.rules import staff_concerned
from notifications.reminders import remind
from people.models import User
from workflow import calendar, clock


@transaction.atomic
def remind_of_due_cases() -> int:
    """Remind whoever has a case due by the end of the next business day; returns how many cases that are."""
    horizon = calendar.due_after(clock.now(), 1)
    due = Incident.objects.filter(status__in=UNDECIDED, due_at__lte=horizon).select_related("assignee")
    for incident in due.order_by("due_at"):
        for person in _concerned(incident):
            _remind(incident, person)
    return len(due)


def _concerned(incident: Incident) -> list[User]:
    return [incident.assignee] if incident.assignee else list(staff_concerned(incident))


def _remind(incident: Incident, person: User) -> None:
    remind(
        "incidents/due",
        record=f"{incident.reference} due {incident.due_at.isoformat()}",
        to=person,
        reference=incident.reference,
        url=case_url(incident),
        due_at=incident.due_at,
    )
