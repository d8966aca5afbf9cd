"""No page's number of queries grows with what it shows."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from incidents.choices import Severity
from incidents.models import Incident
from incidents.operations import casework, conversation
from people.models import User
from tests.incidents.stage import analyst, browser, case_url, fresh, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def grown(rows: int, ana: User, erin: User) -> Incident:
    """As many reports as asked, the last with as many messages, people and notes."""
    for _ in range(rows):
        incident = reported(erin, people=tuple(employee() for _ in range(min(rows, 5))), information=["health"])
    casework.start_triage(incident, actor=ana)
    casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="x")
    for number in range(rows):
        conversation.reply(incident, actor=ana, body=f"Message {number}", submission=uuid.uuid4())
        conversation.note(incident, actor=ana, body=f"Note {number}", submission=uuid.uuid4())
    return incident


@pytest.mark.parametrize("rows", [1, 25])
@pytest.mark.parametrize("page", ["queue", "case", "my_reports", "my_report", "report", "home"])
def test_no_page_takes_more_than_eight_queries_however_long_it_is(
    page: str, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ana, erin = analyst(), employee()
    incident = grown(rows, ana, erin)
    addresses: dict[str, tuple[User, str]] = {
        "queue": (ana, reverse("incidents:queue")),
        "case": (ana, case_url(incident)),
        "my_reports": (erin, reverse("incidents:my_reports")),
        "my_report": (erin, case_url(incident, "my_report")),
        "report": (erin, reverse("incidents:report")),
        "home": (ana, "/"),
    }
    user, address = addresses[page]
    client = browser(fresh(user))
    client.get(address)
    with django_assert_max_num_queries(8):
        response: Any = client.get(address)
    assert response.status_code == 200
