"""Reporting over HTTP: what is asked, kept, stopped and filed."""

import json

import pytest
from django.urls import reverse

from incidents.choices import Kind, Status
from incidents.models import Draft, Incident
from incidents.operations import casework
from tests.incidents.stage import analyst, answers, browser, case_url, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def test_three_answers_are_enough_and_lead_to_a_receipt_with_the_number() -> None:
    erin = employee()
    response = browser(erin).post(reverse("incidents:report"), answers(), follow=True)
    incident = Incident.objects.get()
    assert response.redirect_chain == [(reverse("incidents:receipt", args=[incident.reference]), 302)]
    assert incident.reference in response.content.decode()
    assert (incident.reporter, incident.kind, incident.confidential) == (erin, Kind.OTHER, False)


@pytest.mark.parametrize("missing", ["narrative", "discovered_on", "confidential"])
def test_each_of_the_three_answers_is_required_and_nothing_typed_is_lost(missing: str) -> None:
    typed = answers(containment="Asked them to take it down.")
    del typed[missing]
    client = browser(employee())
    page = client.post(reverse("incidents:report"), typed)
    assert page.status_code == 422
    assert missing in page.context["form"].errors
    assert "Asked them to take it down." in page.content.decode()
    assert "Asked them to take it down." in client.get(reverse("incidents:report")).content.decode()
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("narrative", "The password is Summer2024!", "Do not enter a username, password or login here"),
        ("narrative", "Her number is 123-45-6789.", "Describe what happened without identifying the client"),
        ("containment", "I logged in with password: Summer2024!", "Do not enter a username"),
        ("address", "https://erin:Secret1@example.com/", "Do not enter a username"),
        ("people_described", "user name: jdoe77", "Do not enter a username"),
        ("platform_other", "123-45-6789", "without identifying the client"),
    ],
)
def test_logins_and_client_numbers_are_stopped_at_the_field_and_stored_nowhere(
    field: str, typed: str, words: str
) -> None:
    client = browser(employee())
    page = client.post(reverse("incidents:report"), answers(**{field: typed}))
    assert page.status_code == 422
    assert any(words in message for message in page.context["form"].errors[field])
    assert typed not in json.dumps(Draft.objects.get().answers)
    saved = client.post(reverse("incidents:report_save"), answers(**{field: typed}))
    assert any(words in message for message in saved.json()["errors"][field])
    assert typed not in json.dumps(Draft.objects.get().answers)
    assert not Incident.objects.exists()


def test_what_was_typed_is_saved_as_one_types_and_found_again() -> None:
    client = browser(employee())
    typed = answers(narrative="Half a sen", discovered_on="", kind="exposure", information=["photograph", "case"])
    response = client.post(reverse("incidents:report_save"), typed)
    assert response.json()["errors"] == {}
    page = client.get(reverse("incidents:report")).content.decode()
    assert "Half a sen" in page
    assert page.count(" checked") == 4  # the kind, two kinds of information, and the answer about the name


def test_a_double_click_files_one_report() -> None:
    client = browser(employee())
    draft = str(client.get(reverse("incidents:report")).context["draft"].pk)
    first = client.post(reverse("incidents:report"), answers(draft=draft))
    second = client.post(reverse("incidents:report"), answers(draft=draft))
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_the_server_decides_about_hidden_extra_and_doubled_fields() -> None:
    erin, mallory = employee(), employee("Mallory")
    draft = browser(mallory).get(reverse("incidents:report")).context["draft"]
    forged = answers(draft=str(draft.pk), status="closed", reporter=str(mallory.pk), severity="low", is_staff="1")
    browser(erin).post(reverse("incidents:report"), forged)
    incident = Incident.objects.get()
    assert (incident.reporter, incident.status, incident.severity) == (erin, Status.REPORTED, "")
    assert Draft.objects.get(pk=draft.pk).filed_at is None


@pytest.mark.parametrize("draft", ["", "x", "0", "' OR 1=1", "6f1f0b57-0000-4000-8000-000000000000"])
def test_a_made_up_draft_number_still_files_the_report(draft: str) -> None:
    assert browser(employee()).post(reverse("incidents:report"), answers(draft=draft)).status_code in {302, 422}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("discovered_on", "2999-01-01"),
        ("discovered_on", "2026-02-30"),
        ("occurred_on", "2026-03-03"),
        ("affected_count", "1_000"),
        ("affected_count", "0"),
        ("narrative", "\x00"),
        ("narrative", "x" * 10_001),
        ("kind", "nonsense"),
        ("people", "999999"),
        ("people", "x"),
        ("platform", "Another site or app"),
    ],
)
def test_absurd_answers_get_a_sentence_at_their_field(field: str, typed: str) -> None:
    page = browser(employee()).post(reverse("incidents:report"), answers(**{field: typed}))
    assert page.status_code == 422
    named = "platform_other" if field == "platform" else field
    assert page.context["form"].errors[named]


def test_the_number_of_people_wins_over_the_rough_range() -> None:
    browser(employee()).post(reverse("incidents:report"), answers(affected_count="12", affected_range="10-99"))
    incident = Incident.objects.get()
    assert (incident.affected_count, incident.affected_range) == (12, "")


def test_an_unfinished_report_can_be_put_aside_and_thrown_away() -> None:
    client = browser(employee())
    later = client.post(reverse("incidents:report"), answers(discovered_on="", later="1"))
    assert later["Location"] == reverse("worklist:home")
    assert "unfinished report" in client.get("/").content.decode()
    client.post(reverse("incidents:report_discard"), {"draft": str(Draft.objects.get().pk)})
    client.get("/")
    assert "You have an unfinished report" not in client.get("/").content.decode()


def test_a_flood_of_reports_is_slowed_down_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.limits.REPORTS_AN_HOUR", 1)
    client = browser(employee())
    assert client.post(reverse("incidents:report"), answers()).status_code == 302
    page = client.post(reverse("incidents:report"), answers(narrative="The second one."))
    assert page.status_code == 429
    assert "Your report is saved, but not sent yet" in page.content.decode()
    assert "Back to the report" in page.content.decode()
    assert "The second one." in client.get(reverse("incidents:report")).content.decode()


@pytest.mark.parametrize("verb", ["required", "suggested"])
def test_the_receipt_tells_whoever_was_asked_that_it_was_not_allowed(verb: str) -> None:
    client = browser(employee())
    page = client.post(reverse("incidents:report"), answers(kind="asked", verb=verb), follow=True).content.decode()
    assert "DHS may not require, request, suggest or cause this (II(B))." in page
    assert ("11-2-124" in page) == (verb == "required")


def test_the_receipt_promises_a_first_look_until_there_was_one() -> None:
    erin = employee()
    incident, client = reported(erin), browser(erin)
    receipt = case_url(incident, "receipt")
    assert "It will look at your report within 1 business day" in client.get(receipt).content.decode()
    casework.start_triage(incident, actor=analyst())
    assert "It has looked at your report." in client.get(receipt).content.decode()


def test_answers_to_questions_that_are_no_longer_asked_are_not_filed() -> None:
    typed = {
        "kind": "near_miss",
        "visibility": "public",
        "verb": "required",
        "asked_for": ["login"],
        "information": ["case"],
    }
    browser(employee()).post(reverse("incidents:report"), answers(**typed))
    incident = Incident.objects.get()
    assert (incident.visibility, incident.verb, incident.asked_for) == ("", "", [])
    assert incident.information == ["case"]
