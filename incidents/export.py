"""The queue's list as a file: what the person sees of it, without any reporter's words or name."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from incidents import narrowing
from incidents.choices import Kind, Severity, Status
from people.models import User
from workflow import spreadsheet

BATCH = 1000
HEADINGS = ("Number", "Kind", "State", "Severity", "Division", "Site or app", "Reported", "Due", "Assigned to")
_COLUMNS = (
    "pk", "kind", "status", "severity", "division__name", "platform", "reported_at", "due_at", "assignee__name",
)  # fmt: skip
_DUE = _COLUMNS.index("due_at")
_KINDS, _STATES, _SEVERITIES = dict(Kind.choices), dict(Status.choices), dict(Severity.choices)


def lines(user: User, wanted: dict[str, Any]) -> Iterator[str]:
    """The list line by line, its headings first; read in batches, each beginning where the last one ended."""
    # The mark tells a spreadsheet that this is UTF-8.
    yield "\ufeff" + spreadsheet.line(HEADINGS)
    for row in _rows(user, wanted):
        yield spreadsheet.line(_cells(row))


def _rows(user: User, wanted: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    rows = narrowing.matching(user, wanted).order_by("due_at", "pk").values_list(*_COLUMNS)
    batch = list(rows[:BATCH])
    while batch:
        yield from batch
        due_at, pk = batch[-1][_DUE], batch[-1][0]
        beyond = Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk)
        batch = list(rows.filter(beyond, due_at__gte=due_at)[:BATCH]) if len(batch) == BATCH else []


def _cells(row: tuple[Any, ...]) -> list[str]:
    pk, kind, status, severity, division, platform, reported_at, due_at, assignee = row
    return [
        f"INC-{pk}",
        _KINDS[kind],
        _STATES[status],
        _SEVERITIES.get(severity, ""),
        division or "",
        platform,
        _moment(reported_at),
        _moment(due_at),
        assignee or "",
    ]


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
