"""The page that shows a code: once, until the person has said that it is in safe hands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from audit.models import Entry
from incidents.choices import Kind, Outsider
from incidents.models import Incident, PublicReport
from incidents.operations import outside
from tests.incidents.outsiders import SAVED, START, asked, code_on, send, ticket_on, window

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]


def test_without_the_tick_the_code_stays_on_the_page() -> None:
    client = window()
    shown = send(client, START, asked())
    ticket = shown.context["form"]["ticket"].value()
    again = send(client, SAVED, {"ticket": ticket})
    assert again.status_code == 422
    assert code_on(again) == code_on(shown) != ""
    assert "Write the code down first" in again.content.decode()
    assert PublicReport.objects.get().code_saved_at is None


def test_with_the_tick_it_is_never_shown_again() -> None:
    client = window()
    told = asked(ticket=ticket_on(client))
    shown = send(client, START, told)
    ticket = shown.context["form"]["ticket"].value()
    onward = send(client, SAVED, {"ticket": ticket, "saved": "on"})
    assert "What happens next" in onward.content.decode()
    assert Incident.objects.get().reference in onward.content.decode()
    saved_at = PublicReport.objects.get().code_saved_at
    assert saved_at is not None
    for page in (onward, send(client, SAVED, {"ticket": ticket}), send(client, START, told)):
        assert page.status_code == 200
        assert code_on(page) == ""
    assert PublicReport.objects.get().code_saved_at == saved_at
    assert Entry.objects.filter(action="publicreport.code_saved", actor=None).count() == 1


def test_the_page_says_what_the_code_is_for_and_that_it_comes_only_once() -> None:
    page = send(window(), START, asked()).content.decode()
    assert "We cannot show it again" in page
    assert "I have saved this code" in page


@pytest.mark.parametrize("ticket", ["", "x", "\x00", "a" * 43])
def test_a_ticket_nobody_sent_a_report_with_shows_nothing(ticket: str) -> None:
    send(window(), START, asked())
    answer = send(window(), SAVED, {"ticket": ticket, "saved": "on"})
    assert answer["Location"] == START
    assert PublicReport.objects.get().code_saved_at is None


def test_the_ticket_of_the_form_alone_shows_no_code_without_the_words_it_was_sent_with() -> None:
    client = window()
    ticket = ticket_on(client)
    send(client, START, asked(ticket=ticket))
    assert outside.sent_with(ticket) is None


def test_whoever_opens_the_address_by_hand_comes_to_the_form() -> None:
    assert window().get(SAVED)["Location"] == START


@pytest.mark.parametrize(("verb", "is_told"), [("required", True), ("suggested", False)])
def test_whoever_was_asked_reads_that_it_was_not_allowed(verb: str, is_told: bool) -> None:
    client = window()
    shown = send(client, START, asked(verb=verb))
    page = send(client, SAVED, {"ticket": shown.context["form"]["ticket"].value(), "saved": "on"}).content.decode()
    assert "DHS may not require, request, suggest or cause this (II(B))." in page
    assert ("11-2-124" in page) == is_told


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_make_one_report() -> None:
    gate = Barrier(4)
    facts = {"kind": Kind.OTHER, "outsider": Outsider.OTHER, "narrative": "Once.", "discovered_on": date(2026, 3, 2)}

    def click(_: int) -> bool:
        gate.wait(5)
        try:
            return outside.file_report("t" * 32, facts=facts, people=())[1]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(click, range(4))) == [False, False, False, True]
    assert Incident.objects.count() == PublicReport.objects.count() == 1
