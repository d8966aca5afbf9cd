"""The queue's order, filters and counts: by the index of what is open, in the department's days, for each person."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse

from incidents import offered, parameters, queue
from incidents.choices import Kind, Severity, Status, Verb
from incidents.models import Incident
from incidents.operations import casework
from people.models import RoleGrant, Unit
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, browser, counsel, fresh, officer, reported
from tests.personas import employee, unit
from workflow import clock

pytestmark = pytest.mark.django_db
CENTRAL = ZoneInfo("America/Chicago")
QUEUE = reverse("incidents:queue")


def plan(rows: Any) -> str:
    """How the database finds the first page, once it may neither read the whole table nor sort."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
    told: str = rows.order_by("due_at", "pk")[:26].explain()
    return told


def test_open_cases_are_found_in_the_order_of_an_index() -> None:
    reported()
    assert re.search("Index Scan using incident_(open_by_due|due)", plan(queue.matching(analyst(), {})))


def test_the_department_day_bounds_the_walk_of_the_index() -> None:
    reported()
    assert "Index Cond: ((due_at >= " in plan(queue.matching(analyst(), {"due": "today"}))


@pytest.mark.parametrize(
    ("asked", "due", "fits"),
    [
        ("today", "2026-03-08 00:00:00", True),  # the day the clocks go forward has twenty-three hours
        ("today", "2026-03-08 23:59:59.999999", True),
        ("today", "2026-03-07 23:59:59.999999", False),
        ("today", "2026-03-09 00:00:00", False),
        ("week", "2026-03-02 00:00:00", True),
        ("week", "2026-03-01 23:59:59.999999", False),
        ("week", "2026-03-08 23:59:59.999999", True),
        ("week", "2026-03-09 00:00:00", False),
        ("overdue", "2026-03-08 21:59:59", True),
        ("overdue", "2026-03-08 22:00:01", False),
    ],
)
def test_what_is_due_is_told_by_the_departments_calendar(at: At, asked: str, due: str, fits: bool) -> None:
    incident = reported()
    Incident.objects.update(due_at=datetime.fromisoformat(due).replace(tzinfo=CENTRAL))
    with at("2026-03-08 22:00"):
        assert (incident in queue.matching(analyst(), {"due": asked})) is fits


def test_a_closed_case_is_shown_only_where_closed_ones_are_asked_for() -> None:
    ana, paul = analyst(), officer()
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul)
    assert closed not in queue.matching(ana, {})
    assert closed not in queue.awaiting(ana, most=5)
    assert closed in queue.matching(ana, {"status": Status.CLOSED})
    assert closed in queue.matching(ana, {"status": "any"})


def test_each_filter_shows_what_has_it_and_nothing_else() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    division = unit("DCO", name="County Operations", kind=Unit.Kind.DIVISION)
    one = reported(employee(unit=division), kind=Kind.ASKED, platform="Facebook")
    casework.assign(one, actor=ana, to=bea)
    casework.decide_severity(one, actor=ana, severity=Severity.HIGH, reason="Clients.")
    other = reported(kind=Kind.OTHER, platform="TikTok")
    filters = {
        "kind": "asked",
        "severity": "high",
        "division": str(division.pk),
        "platform": "Facebook",
        "assignee": str(bea.pk),
    }
    for name, value in filters.items():
        assert list(queue.matching(ana, {name: value})) == [one], name
    assert list(queue.matching(ana, filters)) == [one]
    assert list(queue.matching(ana, {"severity": "none"})) == [other]
    assert list(queue.matching(ana, {"assignee": "nobody"})) == [other]
    assert list(queue.matching(bea, {"assignee": "me"})) == [one]


@pytest.mark.parametrize("who", [analyst, officer, counsel])
def test_the_counts_are_those_of_the_cases_this_person_sees(who: Any) -> None:
    ana, paul, person = analyst("Ana Other"), officer("Paul Other"), who("Wanda Watched")
    for status in Status.values:
        brought_to(status, ana=ana, paul=paul, kind=Kind.ASKED, verb=Verb.REQUESTED)
        brought_to(status, ana=ana, paul=paul)
    reported(person)
    for _ in range(3):
        reported(people=(person,), kind=Kind.ASKED)
    seen = queue.matching(person, {"status": "any"}).values_list("status", flat=True)
    assert queue.counts(fresh(person)) == {status: list(seen).count(status) for status in Status.values}


def test_a_count_stops_at_its_cap_with_what_is_hidden_taken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "CAP", 3)
    ana = analyst()
    for _ in range(2):
        reported(people=(ana,))
    for seen in (1, 2, 3, 3):
        reported()
        assert queue.counts(ana)["reported"] == seen


def test_a_state_that_holds_far_more_is_not_counted_and_what_one_is_kept_from_still_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(queue, "CAP", 2)
    ana, bea = analyst(), analyst("Bea Analyst")
    for number in range(4):
        reported(people=(ana,) if number else ())
    assert queue.counts(bea)["reported"] == 2
    assert queue.counts(ana)["reported"] == 1
    assert queue._FULL.value() == ["reported"]


def test_someone_who_left_the_office_can_still_be_asked_for_and_is_given_nothing() -> None:
    ana, bea = analyst(), analyst("Bea Leaver")
    incident = reported()
    casework.take(incident, actor=bea)
    RoleGrant.objects.filter(user=bea).update(revoked_at=clock.now(), revoked_by=ana)
    choices, _ = offered.to(ana)
    assert (str(bea.pk), "Bea Leaver") in choices.former
    assert {name for _, name in choices.colleagues} == {"Ana Analyst"}
    assert list(queue.matching(ana, {"assignee": str(bea.pk)})) == [incident]


def test_the_filter_offers_every_division_and_every_site() -> None:
    unit("DCO", name="County Operations", kind=Unit.Kind.DIVISION)
    page = browser(analyst()).get(QUEUE).content.decode()
    assert "County Operations" in page
    assert all(
        name.replace("&", "&amp;") in page for name in (*parameters.PLATFORMS.default, parameters.OTHER_PLATFORM)
    )


def test_an_empty_queue_says_what_to_do() -> None:
    bea = browser(analyst())
    assert "New reports appear here" in bea.get(QUEUE).content.decode()
    page = bea.get(QUEUE, {"severity": "high"}).content.decode()
    assert "Nothing matches this filter" in page
    assert "clear the filter to see every open incident" in page
    assert "Check the number" in bea.get(QUEUE, {"q": "INC-999999"}).content.decode()


def test_the_list_shows_no_word_of_a_report() -> None:
    reported(narrative="The weathervane was posted.", confidential=True)
    page = browser(analyst()).get(QUEUE, {"q": "weathervane"}).content.decode()
    assert "INC-" in page
    assert "was posted" not in page
    assert "Erin Employee" not in page


def test_due_last_is_the_other_way_round() -> None:
    one, other = reported(), reported()
    Incident.objects.filter(pk=one.pk).update(due_at=datetime(2026, 1, 1, tzinfo=CENTRAL))
    bea = browser(analyst())
    first, last = (bea.get(QUEUE, {"sort": sort}).context["page"].rows for sort in ("", "last"))
    assert [row.pk for row in first] == [one.pk, other.pk]
    assert [row.pk for row in last] == [other.pk, one.pk]
