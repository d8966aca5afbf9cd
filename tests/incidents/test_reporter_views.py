"""What a reporter sees of their reports."""

import uuid

import pytest
from django.urls import reverse

from audit.models import Entry
from incidents.choices import Status
from incidents.models import Message
from incidents.operations import casework, conversation
from tests.incidents.stage import analyst, brought_to, browser, case_url, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def test_a_reporter_sees_their_report_and_nobody_elses() -> None:
    erin, other = employee(), employee("Other Person")
    mine, theirs = reported(erin), reported(other)
    client = browser(erin)
    page = client.get(reverse("incidents:my_reports")).content.decode()
    assert mine.reference in page
    assert theirs.reference not in page
    assert client.get(case_url(mine, "my_report")).status_code == 200
    assert client.get(case_url(theirs, "my_report")).status_code == 404
    assert client.get(case_url(theirs, "receipt")).status_code == 404
    assert Entry.objects.filter(action="incident.read.refused", actor=erin, record_id=str(theirs.pk)).count() == 1


def test_the_reporter_never_sees_notes_severity_or_finding() -> None:
    erin, ana, paul = employee(), analyst(), officer()
    incident = brought_to(Status.CLOSED, ana=ana, paul=paul, reporter=erin)
    conversation.note(incident, actor=ana, body="Between us only.", submission=uuid.uuid4())
    page = browser(erin).get(case_url(incident, "my_report")).content.decode()
    assert "Between us only." not in page
    assert "It was public." not in page
    assert "Ana Analyst" not in page


def test_the_reporter_reads_who_asked_for_their_name_and_why() -> None:
    erin, paul = employee(), officer()
    incident = reported(erin, confidential=True)
    casework.unmask(incident, actor=paul, reason="Nobody else can confirm the hour.")
    page = browser(erin).get(case_url(incident, "my_report")).content.decode()
    assert "Paul Officer" in page
    assert "Nobody else can confirm the hour." in page


def test_a_reply_that_gives_a_password_is_stopped_and_kept_on_the_page() -> None:
    erin = employee()
    incident = reported(erin)
    typed = {"body": "My password is Hunter22!", "submission": str(uuid.uuid4())}
    page = browser(erin).post(case_url(incident, "my_reply"), typed)
    assert page.status_code == 422
    assert "Do not enter a username, password or login here" in page.content.decode()
    assert not Message.objects.exists()


def test_the_reporter_reads_that_a_question_waits_for_them() -> None:
    erin, ana = employee(), analyst()
    incident = reported(erin)
    conversation.reply(incident, actor=ana, body="Is it still up?", submission=uuid.uuid4())
    client = browser(erin)
    assert "The Privacy Office wrote to you." in client.get(case_url(incident, "my_report")).content.decode()
    conversation.reply(incident, actor=erin, body="No.", submission=uuid.uuid4())
    assert "The Privacy Office wrote to you." not in client.get(case_url(incident, "my_report")).content.decode()


def test_the_reporter_finds_everyone_they_named() -> None:
    erin, nora = employee(), employee("Nora Named")
    incident = reported(erin, people=(nora,), people_described="the new intern")
    page = browser(erin).get(case_url(incident, "my_report")).content.decode()
    assert "Nora Named; the new intern (as you wrote it)" in page


def test_one_letter_is_no_reason_to_open_a_name() -> None:
    incident = reported(confidential=True)
    page = browser(officer()).post(case_url(incident, "unmask"), {"reason": "x"})
    assert page.status_code == 422
    assert "Give the reason in a full sentence" in page.content.decode()
