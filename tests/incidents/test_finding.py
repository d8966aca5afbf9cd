"""Searching the queue: every road to a page finds the same one, whatever is typed, and none reads the whole table."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from incidents import finding, narrowing
from incidents.models import Incident
from people.models import User
from tests.incidents.stage import analyst, browser, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db
FIRST_DUE = datetime(2026, 3, 2, 16, 30, tzinfo=ZoneInfo("America/Chicago"))
QUEUE = reverse("incidents:queue")
ROADS = {"near": (3000, 3000, 3000), "index": (1, 3000, 3000), "far walk": (1, 1, 3000), "far index": (1, 1, 1)}


def filled(rows: int = 90) -> list[Incident]:
    """So many reports, five due at one moment, with words of which each is rarer than the one before."""
    erin = employee()
    return Incident.objects.bulk_create(
        Incident(
            reporter=erin,
            confidential=False,
            narrative=" ".join(word for word, every in WORDS.items() if number % every == 0) + " posted",
            discovered_on=date(2026, 3, 1),
            platform="Facebook" if number % 2 else "TikTok",
            severity="high" if number % 3 else "",
            due_at=FIRST_DUE + timedelta(days=number // 5),
        )
        for number in range(rows)
    )


WORDS = {"picture": 1, "photograph": 2, "lanyard": 9, "weathervane": 45}


def every_page(user: User, wanted: dict[str, Any]) -> list[int]:
    """The numbers on all pages, walked to the end and back to the beginning."""
    page, found = finding.page(user, wanted, {}), []
    while True:
        found += [row.pk for row in page.rows]
        if not page.after:
            break
        page = finding.page(user, wanted, dict([page.after.split("=")]))
    back = [row.pk for row in page.rows]
    while page.before:
        page = finding.page(user, wanted, dict([page.before.split("=")]))
        back = [row.pk for row in page.rows] + back
    assert back == found
    return found


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"q": "picture"},
        {"q": "photographs"},
        {"q": "lanyard", "sort": "last"},
        {"q": "weathervane", "status": "any"},
        {"q": "picture -lanyard"},
        {"q": '"weathervane posted"'},
        {"platform": "Facebook"},
        {"platform": "TikTok", "severity": "none", "assignee": "nobody"},
        {"status": "reported", "platform": "Facebook", "q": "picture", "sort": "last"},
        {"status": "closed", "q": "picture"},
    ],
    ids=str,
)
def test_every_road_leads_to_the_same_pages(road: str, wanted: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    near, few, far = ROADS[road]
    monkeypatch.setattr(finding, "NEAR", near)
    monkeypatch.setattr(finding, "NEAR_WITH_WORDS", near)
    monkeypatch.setattr(finding, "FEW", few)
    monkeypatch.setattr(finding, "FAR", far)
    filled()
    reported(narrative="My own picture, photograph, lanyard and weathervane.", platform="Facebook")
    ana = analyst()
    kept_from = reported(people=(ana,), narrative="A picture and a weathervane posted.", platform="Facebook")
    rows = narrowing.matching(ana, wanted).order_by("due_at", "pk")
    expected = [row.pk for row in (rows.reverse() if wanted.get("sort") else rows)]
    assert kept_from.pk not in expected
    assert every_page(ana, wanted) == expected


@pytest.mark.parametrize("typed", ["INC-{}", "inc{}", "{}", "  {} "])
def test_the_number_of_a_case_finds_it_in_whatever_state_and_beside_any_filter(typed: str) -> None:
    incident = reported()
    reported()
    page = browser(analyst()).get(QUEUE, {"q": typed.format(incident.pk), "status": "closed", "kind": "other"})
    assert [row.pk for row in page.context["page"].rows] == [incident.pk]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("the and of", "Only very common words. Add one that stands out."),
        ("& | ! () : *", "Only very common words. Add one that stands out."),
        ("-the", "Only very common words. Add one that stands out."),
        ("-picture", "Add a word that must be there, not only words that must not."),
        ("picture or -lanyard", "Add a word that must be there, not only words that must not."),
        ("x" * 10_000, "Search for at most 200 characters."),
        ("a\x00b", "Remove the control characters."),
        ("a\u202eb", "Remove the characters that change the reading order."),
    ],
)
def test_words_that_say_nothing_are_answered_with_a_sentence_at_the_field(typed: str, sentence: str) -> None:
    reported()
    page = browser(analyst()).get(QUEUE, {"q": typed})
    assert page.status_code == 422
    assert sentence in page.context["filter"].errors["q"][0]
    assert "INC-" not in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%ED%A0%80",
        "q=%FF%FE",
        "q=%5C%27%22%3B--&status=zzz&kind=%00&severity=9&division=99999999999999999999&assignee=-1&due=x&sort=%00",
        "q=" + "9" * 18,
        "q=" + "9" * 200,
        "q=INC-0",
        "q=" + "%28" * 200,
        "q=" + "a+or+" * 40,
        "q=" + "%22" * 199,
        "q=%F0%9F%98%80",
        "before=99999999999999999-999999999999999999",
        "after=0-0&before=x",
        "after=%00",
        "q=picture&q=lanyard&status=closed&status=open",
        "platform=" + "x" * 5000,
    ],
)
def test_nothing_in_the_address_breaks_the_queue(query: str) -> None:
    reported()
    assert browser(analyst()).get(f"{QUEUE}?{query}").status_code in {200, 422}


def test_the_index_is_used_even_where_reading_the_table_would_look_cheaper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "NEAR_WITH_WORDS", 1)
    filled()
    with CaptureQueriesContext(connection) as asked:
        finding.page(analyst(), {"q": "weathervane"}, {})
    (sql,) = [each["sql"] for each in asked if "candidate" in each["sql"]]
    settings, _, statement = sql.rpartition("off;")
    with connection.cursor() as cursor:
        cursor.execute(f"{settings}off; EXPLAIN {statement}")
        told = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on incident_found_by" in told
    assert "Seq Scan on incidents_incident" not in told


def test_a_page_takes_one_query_and_a_search_at_most_three(monkeypatch: pytest.MonkeyPatch) -> None:
    filled()
    ana = analyst()
    assert ana.roles
    for wanted, most in (({}, 1), ({"q": "picture"}, 1), ({"q": "weathervane"}, 2)):
        with CaptureQueriesContext(connection) as asked:
            finding.page(ana, wanted, {})
        assert len(asked) <= most, wanted
    for name in ("NEAR_WITH_WORDS", "FEW", "FAR"):
        monkeypatch.setattr(finding, name, 1)
    with CaptureQueriesContext(connection) as asked:
        finding.page(ana, {"q": "lanyard"}, {})
    assert len(asked) == 3


def test_the_number_of_a_draft_or_another_thing_finds_no_case() -> None:
    reported()
    page = browser(analyst()).get(QUEUE, {"q": str(uuid.UUID(int=1).int)})
    assert page.context["page"].rows == []
