"""By when a case is to be looked at and decided, and whether it was: what the case page says of its targets."""

from dataclasses import dataclass
from datetime import datetime

from incidents.choices import DECIDED, Status
from incidents.models import Incident


@dataclass(frozen=True)
class Target:
    """One target: what is to be done by when, when it was done, and how that stands at a moment."""

    name: str
    due_at: datetime
    done_at: datetime | None
    state: str

    @property
    def tag_kind(self) -> str:
        """How the page marks what was met and what was missed."""
        return "success" if self.state == "Met" else "warning"


def of(incident: Incident, now: datetime) -> list[Target]:
    """The targets this case has at a moment, in the order in which they come."""
    return [*_first_look(incident, now), *_new_look(incident, now), *_decision(incident, now)]


def _first_look(incident: Incident, now: datetime) -> list[Target]:
    # A report merged before anyone looked at it by itself is looked at with the other.
    due_at = incident.look_due_at
    asked = due_at is not None and (incident.looked_at is not None or incident.status == Status.REPORTED)
    return [_target("First look", due_at, incident.looked_at, now)] if due_at and asked else []


def _new_look(incident: Incident, now: datetime) -> list[Target]:
    return [_target("Look at what is new", incident.due_at, None, now)] if incident.status == Status.REOPENED else []


def _decision(incident: Incident, now: datetime) -> list[Target]:
    if incident.status in DECIDED or incident.status == Status.CLOSED:
        return [_target("Decision", incident.due_at, incident.decided_at, now)]
    if incident.status in {Status.IN_TRIAGE, Status.UNDER_REVIEW}:
        return [_target("Decision", incident.due_at, None, now)]
    return []


def _target(name: str, due_at: datetime, done_at: datetime | None, now: datetime) -> Target:
    if done_at is None:
        return Target(name, due_at, done_at, "Overdue" if now > due_at else "Due")
    return Target(name, due_at, done_at, "Missed" if done_at > due_at else "Met")
