"""A report sent from a page whose draft was thrown away elsewhere: once, by itself, however often it is clicked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from attachments import listing
from incidents.choices import Kind
from incidents.models import Draft, Incident
from incidents.operations import reporting
from people.models import User
from tests.attachments.files import picture
from tests.incidents.stage import NARRATIVE, answers, browser
from tests.personas import employee

CLICKS = 4


def sent_by(erin: User, draft: Draft) -> int:
    """The number of the report that a click makes of this draft, on a connection of its own."""
    facts = {"kind": Kind.EXPOSURE, "narrative": NARRATIVE, "confidential": False, "discovered_on": "2026-03-02"}
    try:
        return reporting.file_report(draft, actor=erin, facts=facts, people=[]).pk
    finally:
        connection.close()


def clicked_through(erin: User, number: str) -> int:
    """The same from the beginning: the page names its draft and nothing more."""
    try:
        return sent_by(erin, reporting.draft_to_file(number, author=erin))
    finally:
        connection.close()


def with_evidence(erin: User) -> Draft:
    """A report this person is writing that has a file."""
    draft = reporting.open_draft(author=erin)
    reporting.add_evidence(draft.pk, SimpleUploadedFile("shot.png", picture(), "image/png"), actor=erin)
    return draft


def files_of(record: str, number: object) -> list[str]:
    return [file.name for file in listing.of(record, str(number))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("another_is_open", [True, False])
def test_two_clicks_on_a_draft_discarded_meanwhile_make_one_report_of_its_own(another_is_open: bool) -> None:
    erin = employee()
    for _ in range(4):
        Draft.objects.filter(filed_at=None).delete()
        draft = reporting.open_draft(author=erin)
        reporting.discard_draft(Draft.objects.get(pk=draft.pk), actor=erin)
        other = with_evidence(erin) if another_is_open else None
        with ThreadPoolExecutor(CLICKS) as pool:
            made = set(pool.map(sent_by, [erin] * CLICKS, [draft] * CLICKS))
        assert len(made) == 1
        assert Incident.objects.get(pk=made.pop()).draft == draft
        if other is not None:
            assert Draft.objects.get(filed_at=None) == other
            assert files_of(reporting.DRAFT_RECORD, other.pk) == ["shot.png"]
    assert Incident.objects.count() == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("another_is_open", [True, False])
def test_clicks_that_come_after_it_was_discarded_make_one_as_well(another_is_open: bool) -> None:
    erin = employee()
    for _ in range(4):
        Draft.objects.filter(filed_at=None).delete()
        number = str(reporting.open_draft(author=erin).pk)
        reporting.discard_draft(Draft.objects.get(pk=number), actor=erin)
        if another_is_open:
            reporting.open_draft(author=erin)
        with ThreadPoolExecutor(CLICKS) as pool:
            made = set(pool.map(clicked_through, [erin] * CLICKS, [number] * CLICKS))
        assert len(made) == 1
    assert Incident.objects.count() == 4


# --- The same in the browser -----------------------------------------------------------------------------------------


@pytest.fixture
def erin() -> User:
    return employee()


@pytest.fixture
def client(erin: User) -> Client:
    return browser(erin)


def left_behind(client: Client) -> dict[str, Any]:
    """A page whose report was thrown away in another tab."""
    page = {"draft": client.get(reverse("incidents:report")).context["form"]["draft"].value()}
    client.post(reverse("incidents:report_discard"), page)
    return page


@pytest.mark.django_db
def test_sending_a_discarded_report_leaves_the_one_begun_since_as_it_is(client: Client, erin: User) -> None:
    page = left_behind(client)
    begun = with_evidence(erin)
    reporting.save_draft(begun, {"narrative": "The next report."})
    for _ in range(2):
        assert client.post(reverse("incidents:report"), {**answers(), **page}).status_code == 302
    incident = Incident.objects.get()
    assert files_of(reporting.INCIDENT_RECORD, incident.pk) == []
    assert files_of(reporting.DRAFT_RECORD, begun.pk) == ["shot.png"]
    assert Draft.objects.get(filed_at=None).answers == {"narrative": "The next report."}


@pytest.mark.django_db
def test_a_page_left_behind_throws_nothing_away_and_adds_nothing_to_the_report_begun_since(
    client: Client, erin: User
) -> None:
    page = left_behind(client)
    begun = with_evidence(erin)
    client.post(reverse("incidents:report_discard"), page)
    file = SimpleUploadedFile("late.png", picture(), "image/png")
    refused = client.post(reverse("incidents:report_upload"), {"file": file, **page})
    assert refused.status_code == 422
    assert "deleted in another tab" in refused.json()["error"]
    assert files_of(reporting.DRAFT_RECORD, begun.pk) == ["shot.png"]


@pytest.mark.django_db
def test_what_is_put_aside_from_such_a_page_is_kept_where_it_is_found_again(client: Client, erin: User) -> None:
    page = left_behind(client)
    reporting.open_draft(author=erin)
    client.post(reverse("incidents:report"), {**answers(), **page, "later": "1"})
    assert Draft.objects.get(filed_at=None).answers["narrative"] == NARRATIVE
