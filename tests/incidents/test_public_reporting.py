"""Reporting without signing in, over HTTP: what is asked, kept, stopped and filed."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from audit.models import Entry
from incidents.choices import Kind, Outsider, Status
from incidents.models import Incident, PublicReport
from notifications.models import Notice
from tests.incidents.outsiders import SAVED, START, asked, code_on, seen, send, ticket_on, window
from tests.incidents.stage import analyst, browser, counsel, officer
from tests.logbook import written_by
from tests.personas import employee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]


def test_an_applicant_who_was_asked_reports_it_and_privacy_office_and_counsel_are_told() -> None:
    ana, paul, carla = analyst(), officer(), counsel()
    page = send(window(), START, asked(asked_for=["login", "add"]))
    incident = Incident.objects.get()
    assert page.status_code == 200
    assert incident.reference in page.content.decode()
    assert (incident.reporter, incident.outsider, incident.confidential) == (None, Outsider.APPLICANT, False)
    assert (incident.kind, incident.verb, incident.asked_for) == (Kind.ASKED, "requested", ["login", "add"])
    assert set(Notice.objects.values_list("recipient", flat=True)) == {ana.pk, paul.pk, carla.pk}


def test_anyone_reports_what_they_saw_online_and_counsel_is_not_told() -> None:
    ana, carla = analyst(), counsel()
    told = seen(address="https://example.com/post/1", platform="Facebook", still_live="yes", information=["case"])
    send(window(), START, told)
    incident = Incident.objects.get()
    assert (incident.kind, incident.address, incident.platform) == (
        Kind.EXPOSURE,
        "https://example.com/post/1",
        "Facebook",
    )
    assert (incident.still_live, incident.information) == ("yes", ["case"])
    assert list(Notice.objects.values_list("recipient", flat=True)) == [ana.pk]
    assert browser(carla).get(f"/incidents/{incident.reference}/").status_code == 404


def test_answers_to_the_other_question_are_not_filed() -> None:
    both = {"verb": "required", "asked_for": ["login"], "platform": "TikTok", "address": "https://example.com/"}
    send(window(), START, asked(**both, still_live="yes"))
    send(window(), START, seen(**both))
    first, second = Incident.objects.order_by("pk")
    assert (first.platform, first.address, first.still_live, first.verb) == ("", "", "", "required")
    assert (second.platform, second.verb, second.asked_for) == ("TikTok", "", [])


@pytest.mark.parametrize("missing", ["kind", "narrative", "discovered_on", "outsider", "verb"])
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(missing: str) -> None:
    typed = asked(people_described="Somebody in the blue jacket")
    del typed[missing]
    page = send(window(), START, typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [missing]
    assert "error-summary" in text
    assert "Somebody in the blue jacket" in text
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("narrative", "The password is Summer2024!", "Do not enter a username, password or login here"),
        ("narrative", "Her number is 123-45-6789.", "Describe what happened without identifying the client"),
        ("narrative", "a\x00b", "control characters"),
        ("narrative", "a\u202eb", "reading order"),
        ("narrative", "\u200b", "Say in a sentence or two"),
        ("narrative", "x" * 10_001, "at most 10,000"),
        ("people_described", "user name: jdoe77", "Do not enter a username"),
        ("address", "https://erin:Secret1@example.com/", "Do not enter a username"),
        ("platform_other", "123-45-6789", "without identifying the client"),
        ("discovered_on", "2999-01-01", "still to come"),
        ("discovered_on", "1066-10-14", "2000 or later"),
        ("discovered_on", "2026-02-30", "a date that exists"),
        ("kind", "impersonation", "Select a valid choice"),
        ("kind", "nonsense", "Select a valid choice"),
        ("outsider", "officer", "Select a valid choice"),
        ("verb", "begged", "Select a valid choice"),
        ("platform", "MySpace", "Select a valid choice"),
    ],
)
def test_what_may_not_be_kept_or_cannot_be_is_stopped_at_its_field(field: str, typed: str, words: str) -> None:
    page = send(window(), START, seen(**{field: typed}))
    assert page.status_code == 422
    assert any(words in message for message in page.context["form"].errors[field])
    assert not Incident.objects.exists()


def test_another_site_needs_its_name() -> None:
    page = send(window(), START, seen(platform="Another site or app"))
    assert page.context["form"].errors["platform_other"] == ["Name the site or app."]
    assert send(window(), START, asked(platform="Another site or app")).status_code == 200


def test_ten_megabytes_of_words_are_refused_and_break_nothing() -> None:
    assert send(window(), START, seen(narrative="x" * 10_000_000)).status_code == 400


def test_the_server_decides_about_hidden_extra_and_doubled_fields() -> None:
    erin = employee()
    forged = {"status": "closed", "reporter": str(erin.pk), "severity": "low", "confidential": "on", "assignee": "1"}
    send(window(), START, asked(**forged, outsider=["employee", "applicant"], merged_into="1001", due_at="2030-01-01"))
    incident = Incident.objects.get()
    assert (incident.status, incident.reporter, incident.severity) == (Status.REPORTED, None, "")
    assert (incident.confidential, incident.assignee, incident.outsider) == (False, None, Outsider.APPLICANT)


def test_a_double_click_and_a_reload_make_one_report_and_show_one_code() -> None:
    client = window()
    told = asked(ticket=ticket_on(client))
    pages = [send(client, START, told) for _ in range(3)]
    assert Incident.objects.count() == PublicReport.objects.count() == 1
    assert len({code_on(page) for page in pages}) == 1
    assert code_on(pages[0])


def test_a_form_gone_back_to_and_changed_is_a_report_of_its_own_with_its_own_code() -> None:
    client = window()
    ticket = ticket_on(client)
    first = send(client, START, asked(ticket=ticket))
    second = send(client, START, asked(ticket=ticket, narrative="It was something else."))
    assert Incident.objects.count() == 2
    assert code_on(first) != code_on(second)


@pytest.mark.parametrize("ticket", ["", "x", "\x00", "0" * 31, "é" * 32, "a b" * 12, "x" * 100_000])
def test_a_forged_ticket_costs_nobody_their_report(ticket: str) -> None:
    page = send(window(), START, asked(ticket=ticket))
    assert page.status_code == 200
    assert code_on(page)


def test_nobody_is_the_actor_even_where_somebody_is_signed_in() -> None:
    erin = employee("Erin Signedin")
    client = browser(erin)
    ticket = ticket_on(client)
    before = Session.objects.get().get_decoded().keys()
    page = client.post(START, asked(ticket=ticket))
    client.post(SAVED, {"ticket": page.context["form"]["ticket"].value(), "saved": "on"})
    assert "Erin Signedin" not in page.content.decode()
    assert not Entry.objects.exclude(actor=None).exists()
    assert Session.objects.get().get_decoded().keys() == before
    assert client.get("/").status_code == 200
    assert not Incident.objects.filter(reporter=erin).exists()


def test_no_address_of_the_network_is_in_the_database_or_the_log() -> None:
    client = window("198.51.100.77")
    with written_by("", "django_structlog.middlewares.request") as written:
        send(client, START, asked())
        send(client, START, asked(narrative=""))
        lines = str(written())
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        kept = ""
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')  # noqa: S608  names from the catalogue
            kept += "".join(row[0] for row in cursor.fetchall())
    assert "request_finished" in lines
    assert "198.51.100.77" not in kept + lines
    assert asked()["narrative"] in kept
    assert asked()["narrative"] not in lines


def test_the_page_sets_no_cookie_but_the_one_its_form_needs() -> None:
    client = Client()
    page = client.get(START)
    assert set(page.cookies) == {"csrf"}
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"].startswith("noindex")
    assert page["Referrer-Policy"] == "same-origin"
    assert not Session.objects.exists()


def test_a_form_from_another_site_files_nothing() -> None:
    client = window()
    assert client.post(START, asked()).status_code == 403
    assert not Incident.objects.exists()


def test_the_page_takes_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = window()
    with django_assert_max_num_queries(3):
        page: Any = client.get(START)
    assert len(page.content) < 60 * 1024


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_answered(method: str) -> None:
    assert getattr(Client(), method)(START).status_code == 405
