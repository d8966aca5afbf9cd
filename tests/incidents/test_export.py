"""The list as a file: the rows this person sees, no words of a report, nothing a spreadsheet would run."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from incidents import export
from incidents.models import Incident
from incidents.operations import casework
from incidents.views import queue as views
from people.models import User
from tests.incidents.stage import analyst, browser, counsel, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db
EXPORT = reverse("incidents:export")


def taken(by: User, query: str = "") -> list[list[str]]:
    """The rows of the file, without its headings."""
    response = browser(by).get(f"{EXPORT}{query}")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    headings, *rows = csv.reader(StringIO(text))
    assert tuple(headings) == export.HEADINGS
    return rows


def test_the_file_has_the_rows_of_the_list_and_no_word_of_a_report() -> None:
    ana = analyst()
    incident = reported(narrative="The weathervane was posted.", platform="Facebook")
    casework.take(incident, actor=ana)
    reported(platform="TikTok")
    (row,) = taken(ana, "?platform=Facebook")
    assert row[0] == incident.reference
    assert row[-1] == "Ana Analyst"
    assert not {"weathervane", "Erin Employee"} & set(" ".join(row).split())


def test_a_long_list_is_read_in_batches_and_comes_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BATCH", 3)
    cases = [reported() for _ in range(7)]
    Incident.objects.update(due_at=cases[0].due_at)
    assert [row[0] for row in taken(analyst())] == [case.reference for case in cases]


def test_the_trail_knows_who_took_which_list_and_not_what_was_searched_for() -> None:
    ana = analyst()
    reported()
    taken(ana, "?q=coworker&kind=exposure")
    begun, ended = Entry.objects.filter(action__startswith="incident.export").order_by("pk")
    assert (begun.action, begun.actor, begun.facts) == ("incident.exported", ana, {"filters": ["kind", "q"]})
    assert (ended.action, ended.facts) == ("incident.export_ended", {"rows": 1})


def test_a_download_broken_off_is_written_down_with_what_was_sent() -> None:
    for _ in range(3):
        reported()
    sent: Any = views._counted(analyst(), {})
    for _ in range(3):
        next(sent)
    sent.close()
    assert Entry.objects.get(action="incident.export_ended").facts["rows"] == 2


def test_a_name_that_a_spreadsheet_would_run_is_quoted() -> None:
    ana, evil = analyst(), officer("=HYPERLINK(1)")
    casework.assign(reported(), actor=ana, to=evil)
    assert taken(ana)[0][-1] == "'=HYPERLINK(1)"


def test_counsel_takes_what_counsel_sees_and_others_take_nothing() -> None:
    asked = reported(kind="asked")
    reported()
    assert [row[0] for row in taken(counsel())] == [asked.reference]
    assert browser(employee()).get(EXPORT).status_code == 404
    assert not Entry.objects.filter(action="incident.exported", actor__name="Erin Employee").exists()


def test_words_that_cannot_be_searched_for_bring_no_file() -> None:
    assert browser(analyst()).get(EXPORT, {"q": "x" * 300}).status_code == 422
    assert taken(analyst(), "?q=the") == []
