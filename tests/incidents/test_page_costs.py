"""No page's number of queries grows with what it shows."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from attachments import intake
from incidents.choices import Severity, Status
from incidents.models import Incident
from incidents.operations import casework, checklist, conversation, merging
from incidents.operations.reporting import INCIDENT_RECORD
from people.models import User
from tests.incidents.stage import analyst, brought_to, browser, case_url, fresh, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db

MOST = 8


def queries(client: Client, address: str) -> int:
    """How many queries a page takes, once what is read now and then has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def grown(rows: int, ana: User, erin: User) -> Incident:
    """As many reports as asked, the last with as many messages, people, notes, tasks, files and merged reports."""
    at: dict[str, Any] = {"address": "https://example.com/post", "information": ["health"]}
    others = [reported(erin, **at) for _ in range(rows)]
    incident = reported(erin, people=tuple(employee() for _ in range(min(rows, 5))), **at)
    casework.start_triage(incident, actor=ana)
    casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="x")
    for number in range(rows):
        conversation.reply(incident, actor=ana, body=f"Message {number}", submission=uuid.uuid4())
        conversation.note(incident, actor=ana, body=f"Note {number}", submission=uuid.uuid4())
        checklist.finish(checklist.add(incident, actor=ana, text=f"Task {number}"), actor=ana)
        merging.merge(others[number], into=incident, actor=ana)
        reported(**at)
    return incident


def with_files(incident: Incident, files: int) -> Incident:
    """The same case with so many files of evidence."""
    for number in range(files):
        upload = SimpleUploadedFile(f"note-{number}.txt", b"What it said.", "text/plain")
        intake.receive(upload, actor=employee(), record_type=INCIDENT_RECORD, record_id=str(incident.pk))
    return incident


@pytest.mark.parametrize("rows", [1, 25])
def test_no_page_takes_more_than_eight_queries_however_long_it_is(rows: int) -> None:
    ana, erin = analyst(), employee()
    incident = with_files(grown(rows, ana, erin), rows)
    pages = {
        reverse("incidents:queue"): ana,
        case_url(incident): ana,
        reverse("incidents:my_reports"): erin,
        case_url(incident, "my_report"): erin,
        reverse("incidents:report"): erin,
        "/": ana,
    }
    counts = {address: queries(browser(fresh(user)), address) for address, user in pages.items()}
    assert {address: count for address, count in counts.items() if count > MOST} == {}


@pytest.mark.parametrize("status", Status)
def test_a_case_takes_no_more_than_eight_queries_in_any_state(
    status: Status, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ana, paul = analyst(), officer()
    client = browser(paul)
    address = case_url(brought_to(status, ana=ana, paul=paul))
    client.get(address)
    with django_assert_max_num_queries(8):
        assert client.get(address).status_code == 200


def test_home_takes_no_more_than_eight_queries_for_an_officer(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ana, paul = analyst(), officer()
    brought_to(Status.IN_TRIAGE, ana=ana, paul=paul)
    client = browser(paul)
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")


def test_a_busy_case_is_at_most_sixty_kilobytes() -> None:
    ana = analyst()
    incident = with_files(grown(6, ana, employee()), 6)
    assert len(browser(ana).get(case_url(incident)).content) <= 60 * 1024
