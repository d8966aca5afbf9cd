"""The Privacy Office's queue: what is asked for, and how many stand in each state."""

from datetime import datetime, time
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from incidents import rules
from incidents.choices import UNDECIDED, Status
from incidents.models import Incident
from people.models import Role, User
from workflow import clock

CAP = 1000
# As the index incident_open_due has it: a list of the other states would not find it.
OPEN = ~Q(status=Status.CLOSED)


def matching(user: User, wanted: dict[str, Any]) -> QuerySet[Incident]:
    """The incidents this person may see that fit the filter's answers; without a state, the open ones."""
    rows = rules.visible_to(user)
    rows = rows.filter(status=wanted["status"]) if wanted.get("status") else rows.filter(OPEN)
    if wanted.get("severity"):
        rows = rows.filter(severity="" if wanted["severity"] == "none" else wanted["severity"])
    return rows.filter(_assigned(user, wanted.get("assignee", "")), _due(wanted.get("due", "")))


def _assigned(user: User, assignee: str) -> Q:
    if assignee == "me":
        return Q(assignee=user)
    if assignee == "nobody":
        return Q(assignee=None)
    return Q(assignee=int(assignee)) if assignee else Q()


def _due(due: str) -> Q:
    if due == "overdue":
        return Q(due_at__lt=clock.now(), status__in=UNDECIDED)
    return Q(due_at__range=_today()) if due == "today" else Q()


def _today() -> tuple[datetime, datetime]:
    """The first and the last moment of the department's day: a range the index can follow."""
    day, zone = clock.today(), timezone.get_default_timezone()
    return datetime.combine(day, time.min, tzinfo=zone), datetime.combine(day, time.max, tzinfo=zone)


def counts(user: User) -> dict[str, int]:
    """How many incidents this person sees in each state, counted up to CAP each, in one query."""
    parts: list[str] = []
    params: list[Any] = []
    for status in Status.values:
        sql, sql_params = rules.visible_to(user).filter(status=status).values("pk")[:CAP].query.sql_with_params()
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS capped")  # noqa: S608  the ORM's own SQL
        params += [status, *sql_params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return dict(cursor.fetchall())


def awaiting(user: User, *, most: int) -> list[Incident]:
    """The open cases this person has, and for an officer those under review, due first."""
    theirs = Q(assignee=user) & OPEN
    if user.has_role(Role.PRIVACY_OFFICER):
        theirs |= Q(status=Status.UNDER_REVIEW) & ~Q(reporter=user)
    rows = rules.visible_to(user).filter(theirs)
    return list(rows.order_by("due_at", "pk")[:most])


def unassigned(user: User) -> int:
    """How many open cases nobody has, counted up to CAP."""
    return rules.visible_to(user).filter(OPEN, assignee=None)[:CAP].count()
