"""Coming back with a code: the door, the thread, and leaving nothing open."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from audit.models import Entry
from incidents.models import Message
from incidents.operations import casework, conversation, merging
from incidents.views import visits
from notifications.models import Notice
from tests.incidents.outsiders import (
    BACK,
    CLOSE,
    WRITE,
    WRONG,
    come_back,
    hashes_counted,
    reported_outside,
    send,
    window,
)
from tests.incidents.stage import analyst, browser, case_url, officer
from tests.personas import employee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]


def says(page: Any) -> str:
    return str(page.content.decode())


def test_an_applicant_is_answered_and_continues_with_the_code() -> None:
    ana = analyst("Ana Unnamed")
    incident, code = reported_outside()
    casework.start_triage(incident, actor=ana)
    conversation.reply(incident, actor=ana, body="Who was in the room?", submission=uuid.uuid4())
    applicant = come_back(code)
    page = says(applicant.get(BACK))
    assert "Who was in the room?" in page
    assert "The Privacy Office wrote to you." in page
    assert incident.reference in page
    assert send(applicant, WRITE, {"body": "Two people and the manager."}).status_code == 302
    assert "Two people and the manager." in says(applicant.get(BACK))
    assert "Two people and the manager." in says(browser(ana).get(case_url(incident)))
    assert Notice.objects.filter(recipient=ana, template="incidents/reply").count() == 1
    assert not Entry.objects.filter(action="incident.replied", actor=None).exclude(record_id=str(incident.pk)).exists()


def test_no_name_of_the_office_no_note_and_nothing_of_others_is_shown() -> None:
    ana, paul = analyst("Ana Unnamed"), officer("Paul Unnamed")
    other, _ = reported_outside(narrative="The other story.")
    incident, code = reported_outside(people_described="Paul Unnamed")
    casework.start_triage(incident, actor=ana)
    conversation.reply(incident, actor=ana, body="Thank you.", submission=uuid.uuid4())
    conversation.note(incident, actor=ana, body="Seems credible.", submission=uuid.uuid4())
    conversation.tell_without_code(incident, body="I know more.", submission=uuid.uuid4())
    page = says(come_back(code).get(BACK))
    assert "Thank you." in page
    for hidden in (ana.name, paul.name, "Seems credible.", "I know more.", "The other story.", other.reference):
        assert hidden not in page


@pytest.mark.parametrize("typed", [WRONG, "1234", "", "letters and so on", "\x00", "9" * 5000, "0" * 16])
def test_a_code_that_opens_nothing_is_refused_with_one_sentence(typed: str) -> None:
    reported_outside()
    client = window()
    page = send(client, BACK, {"code": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["code"] == ["This code opens nothing. Check the 16 digits."]
    assert "Messages" not in says(page)
    assert visits.COOKIE not in client.cookies
    assert not Session.objects.exists()


def test_the_right_code_a_wrong_one_and_none_at_all_do_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = reported_outside()
    hashed = hashes_counted(monkeypatch)
    typed = {"right": code, "wrong": WRONG, "short": "12", "letters": "x" * 16, "empty": "", "long": "9" * 90_000}
    work = {what: _looked_up(code) for what, code in typed.items()}
    assert len(hashed) == len(typed)
    assert {len(queries) for queries in work.values()} == {2}
    assert len(set(map(tuple, work.values()))) == 1


def test_a_code_is_not_looked_up_at_all_once_its_browser_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = reported_outside()
    client = window()
    for _ in range(10):
        send(client, BACK, {"code": WRONG})
    hashed = hashes_counted(monkeypatch)
    for typed in (code, WRONG):
        assert send(client, BACK, {"code": typed}).status_code == 429
    assert hashed == []


def _looked_up(code: str) -> list[str]:
    """What the database is asked about codes where this one is typed, without what was looked for."""
    client = window()
    with CaptureQueriesContext(connection) as asked:
        send(client, BACK, {"code": code})
    about = [query["sql"] for query in asked if "returnkey" in query["sql"] or "code_hash" in query["sql"]]
    return [re.sub(r"[0-9a-f]{64}", "(hash)", sql) for sql in about]


def test_the_visit_is_a_session_of_its_own_that_knows_only_the_report() -> None:
    incident, code = reported_outside()
    client = come_back(code)
    visit = Session.objects.get()
    assert set(visit.get_decoded()) == {"public_report", "ends_at", "_session_expiry"}
    assert visit.get_decoded()["public_report"] == incident.public_report.pk
    cookie = client.cookies[visits.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["expires"]) == (True, "Strict", "", "")


def test_somebody_signed_in_in_the_same_browser_stays_so_and_is_never_tied_to_the_report() -> None:
    _, code = reported_outside()
    erin = employee("Erin Signedin")
    client = browser(erin)
    client.post(BACK, {"code": code})
    client.post(WRITE, {"body": "It happened again."})
    page = says(client.get(BACK))
    assert "It happened again." in page
    assert erin.name not in page
    for session in Session.objects.all():
        assert not {"_auth_user_id", "public_report"} <= set(session.get_decoded())
    assert not Entry.objects.exclude(actor=None).exists()
    client.post(CLOSE)
    assert client.get("/").status_code == 200
    assert "Your 16-digit code" in says(client.get(BACK))


def test_a_key_from_before_is_worth_nothing_once_a_code_has_opened_a_report() -> None:
    _, code = reported_outside()
    client = window()
    client.cookies[visits.COOKIE] = "a" * 32
    come_back(code, client)
    assert client.cookies[visits.COOKIE].value != "a" * 32
    first = client.cookies[visits.COOKIE].value
    come_back(code, client)
    assert client.cookies[visits.COOKIE].value != first
    assert Session.objects.count() == 1


def test_a_sign_in_is_no_visit_and_a_visit_no_sign_in() -> None:
    _, code = reported_outside()
    signed = browser(employee())
    thief = window()
    thief.cookies[visits.COOKIE] = signed.cookies["session"].value
    assert "Your 16-digit code" in says(thief.get(BACK))
    other = window()
    other.cookies["session"] = come_back(code).cookies[visits.COOKIE].value
    assert other.get("/")["Location"].startswith("/accounts/login/")


def test_closing_the_page_ends_the_visit_for_good() -> None:
    _, code = reported_outside()
    client = come_back(code)
    key = client.cookies[visits.COOKIE].value
    assert "closed in this browser" in says(send(client, CLOSE, {}))
    client.cookies[visits.COOKIE] = key
    assert "Your 16-digit code" in says(client.get(BACK))
    assert not Session.objects.exists()


def test_half_an_hour_without_a_step_ends_the_visit_and_a_step_before_it_does_not() -> None:
    _, code = reported_outside()
    client, began = come_back(code), timezone.now()
    assert is_open(client, began + timedelta(minutes=29))
    assert is_open(client, began + timedelta(minutes=58))
    assert not is_open(client, began + timedelta(minutes=89))


def test_two_hours_end_the_visit_whatever_the_steps() -> None:
    _, code = reported_outside()
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        client = come_back(code)
    assert all(is_open(client, began + timedelta(minutes=minutes)) for minutes in range(20, 120, 20))
    assert is_open(client, began + timedelta(hours=2) - timedelta(seconds=1))
    assert not is_open(client, began + timedelta(hours=2))
    with time_machine.travel(began + timedelta(hours=2), tick=False):
        assert send(client, WRITE, {"body": "Too late."}).status_code == 422
    assert not Message.objects.exists()


def test_a_visit_lasts_no_longer_than_a_sign_in_may(settings: Settings) -> None:
    settings.SESSION_ABSOLUTE_LIMIT = timedelta(minutes=10)
    _, code = reported_outside()
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        client = come_back(code)
    assert is_open(client, began + timedelta(minutes=9))
    assert not is_open(client, began + timedelta(minutes=10))


def is_open(client: Client, moment: datetime) -> bool:
    with time_machine.travel(moment, tick=False):
        return "Messages" in says(client.get(BACK))


def test_a_message_typed_when_the_visit_was_over_is_kept_until_the_code_is_given_again() -> None:
    _, code = reported_outside()
    client = come_back(code)
    Session.objects.all().delete()
    page = send(client, WRITE, {"body": "A long letter."})
    assert page.status_code == 422
    assert "A long letter." in says(page)
    wrong = send(client, BACK, {"code": WRONG, "body": "A long letter."})
    assert "A long letter." in says(wrong)
    opened = send(client, BACK, {"code": code, "body": "A long letter."})
    assert opened.context["form"]["body"].value() == "A long letter."
    assert not Message.objects.exists()
    send(client, WRITE, {"body": "A long letter."})
    assert Message.objects.get().body == "A long letter."


def test_a_double_click_sends_one_message() -> None:
    _, code = reported_outside()
    client = come_back(code)
    ticket = client.get(BACK).context["form"]["ticket"].value()
    for _ in range(2):
        send(client, WRITE, {"body": "Once.", "ticket": ticket})
    assert Message.objects.count() == 1


@pytest.mark.parametrize("body", ["", "The password is Summer2024!", "123-45-6789", "a\x00b", "x" * 5001])
def test_a_message_passes_the_same_screens(body: str) -> None:
    _, code = reported_outside()
    page = send(come_back(code), WRITE, {"body": body})
    assert page.status_code == 422
    assert page.context["form"].errors["body"]
    assert not Message.objects.exists()


def test_a_report_merged_into_another_shows_how_that_stands_and_not_its_number() -> None:
    ana = analyst()
    incident, code = reported_outside()
    other, _ = reported_outside()
    casework.start_triage(other, actor=ana)
    merging.merge(incident, actor=ana, into=other)
    page = says(come_back(code).get(BACK))
    assert "Being looked at" in page
    assert other.reference not in page


def test_the_thread_takes_no_more_queries_with_more_messages(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    ana = analyst()
    incident, code = reported_outside()
    for number in range(25):
        conversation.reply(incident, actor=ana, body=f"Message {number}", submission=uuid.uuid4())
    client = come_back(code)
    with django_assert_max_num_queries(8):
        page = client.get(BACK)
    assert len(page.content) < 60 * 1024


@pytest.mark.parametrize("address", [WRITE, CLOSE])
def test_an_address_opened_by_hand_leads_to_the_door(address: str) -> None:
    assert window().get(address)["Location"] == BACK
