"""The queue's order and filters: by the index of what is open, and the department's day as a range of moments."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from incidents import queue
from incidents.choices import Status
from incidents.models import Incident
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, officer, reported

pytestmark = pytest.mark.django_db
CENTRAL = ZoneInfo("America/Chicago")


def plan(wanted: dict[str, Any]) -> str:
    """How the database finds the first page, once it may not read the whole table."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    return queue.matching(analyst(), wanted).order_by("due_at", "pk")[:26].explain()


def test_open_cases_are_found_in_order_without_passing_closed_ones() -> None:
    reported()
    assert "Index Scan using incident_open_due" in plan({})


def test_the_department_day_bounds_the_walk_of_the_index() -> None:
    reported()
    told = plan({"due": "today"})
    assert "Index Scan using incident_open_due" in told
    assert "Index Cond: ((due_at >= " in told


@pytest.mark.parametrize(
    ("due", "is_today"),
    [
        ("2026-03-08 00:00:00", True),  # the day the clocks go forward has twenty-three hours
        ("2026-03-08 23:59:59.999999", True),
        ("2026-03-07 23:59:59.999999", False),
        ("2026-03-09 00:00:00", False),
    ],
)
def test_due_today_is_the_department_day_from_midnight_to_midnight(at: At, due: str, is_today: bool) -> None:
    incident = reported()
    Incident.objects.update(due_at=datetime.fromisoformat(due).replace(tzinfo=CENTRAL))
    with at("2026-03-08 22:00"):
        assert (incident in queue.matching(analyst(), {"due": "today"})) is is_today


def test_a_closed_case_is_shown_only_where_closed_ones_are_asked_for() -> None:
    ana, paul = analyst(), officer()
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul)
    assert closed not in queue.matching(ana, {})
    assert closed not in queue.awaiting(ana, most=5)
    assert closed in queue.matching(ana, {"status": Status.CLOSED})
