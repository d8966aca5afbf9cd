"""Limits on pages without sign-in: an office behind one address gets through, a script does not."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from attachments import quota
from incidents import limits
from incidents.models import Incident, Message
from tests.conftest import At
from tests.incidents.outsiders import (
    BACK,
    LOST,
    START,
    WRITE,
    WRONG,
    asked,
    code_on,
    come_back,
    reported_outside,
    send,
    ticket_on,
    window,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]
OFFICE = "192.0.2.10"


def says(page: Any) -> str:
    return str(page.content.decode())


def narrowed(monkeypatch: pytest.MonkeyPatch, name: str, **to: int) -> None:
    monkeypatch.setattr(limits, name, limits.Limit(**{**vars(getattr(limits, name)), **to}))


def test_two_hundred_colleagues_behind_one_address_file_within_an_hour(at: At) -> None:
    with at("2026-03-04 10:05"):
        for number in range(180):
            limits.count(asking(OFFICE, browser=f"colleague {number}"), limits.REPORTS)
        colleagues = [Client(enforce_csrf_checks=True, REMOTE_ADDR=OFFICE) for _ in range(20)]
        answers = [send(colleague, START, asked(ticket=ticket_on(colleague))) for colleague in colleagues]
    assert {answer.status_code for answer in answers} == {200}
    assert Incident.objects.count() == 20


def test_a_script_is_stopped_and_what_it_typed_is_still_on_the_page(at: At) -> None:
    with at("2026-03-04 10:05"):
        client = window(OFFICE)
        ticket = ticket_on(client)
        sent = [send(client, START, asked(ticket=ticket, narrative=f"Story {number}.")) for number in range(22)]
    assert [answer.status_code for answer in sent] == [200] * 20 + [429] * 2
    page = says(sent[-1])
    assert "Story 21." in page
    assert "Not sent yet: please wait until 11:00 a.m." in page
    assert "Try again at 11:00 a.m." in page
    assert "call or write to the Privacy Office of the Department of Human Services" in page
    assert Incident.objects.count() == 20


def test_a_script_that_throws_its_cookie_away_is_stopped_by_its_address(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed(monkeypatch, "REPORTS", address=5)
    with at("2026-03-04 10:05"):
        sent = [send(window(OFFICE), START, asked(narrative=f"Story {number}.")) for number in range(7)]
        elsewhere = send(window("198.51.100.1"), START, asked())
    assert [answer.status_code for answer in sent] == [200] * 5 + [429] * 2
    assert elsewhere.status_code == 200


@pytest.mark.parametrize("limit", ["REPORTS", "FILES", "WITHOUT_CODE", "WRONG_CODES"])
def test_twenty_colleagues_who_send_all_they_may_leave_room_for_the_next(limit: str) -> None:
    what = getattr(limits, limit)
    for number in range(20):
        limits.count(asking(OFFICE, browser=f"colleague {number}"), what, what.browser)
        assert limits.full_until(asking(OFFICE, browser=f"colleague {number}"), what) is not None
    assert limits.full_until(asking(OFFICE, browser="somebody new"), what) is None


@pytest.mark.parametrize("limit", ["REPORTS", "FILES", "WITHOUT_CODE", "WRONG_CODES", "MEGABYTES"])
def test_a_flood_from_any_number_of_addresses_shuts_nobody_elsewhere_out(limit: str) -> None:
    what = getattr(limits, limit)
    for number in range(50):
        limits.count(asking(f"198.51.100.{number}", browser="x"), what, 10 * what.address)
        assert limits.full_until(asking(f"198.51.100.{number}", browser="another"), what) is not None
    assert limits.full_until(asking(OFFICE, browser="somebody new"), what) is None


def test_a_flood_from_the_many_networks_of_one_piece_of_ipv6_has_an_end() -> None:
    for number in range(10):
        limits.count(asking(f"2001:db8:1:{number}::1", browser="x"), limits.WRONG_CODES, limits.WRONG_CODES.address)
    assert limits.full_until(asking("2001:db8:1:ffff::1", browser="y"), limits.WRONG_CODES) is not None
    assert limits.full_until(asking("2001:db8:2::1", browser="z"), limits.WRONG_CODES) is None


def test_one_address_never_uses_up_what_all_may_add_in_a_day() -> None:
    a_day = 24 * limits.MEGABYTES.address * 2**20
    assert a_day < quota.NOBODYS_SHARE * django_settings.UPLOAD_QUOTA_BYTES


def asking(address: str, *, browser: str) -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.COOKIES["csrf"] = browser
    return request


def test_a_report_sent_already_shows_its_code_again_however_full_it_is(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    narrowed(monkeypatch, "REPORTS", browser=1)
    with at("2026-03-04 10:05"):
        client = window()
        told = asked(ticket=ticket_on(client))
        first, again = send(client, START, told), send(client, START, told)
    assert again.status_code == 200
    assert code_on(first) == code_on(again)


def test_a_colleague_opens_their_report_while_wrong_tries_next_to_them_are_limited(at: At) -> None:
    with at("2026-03-04 10:05"):
        _, code = reported_outside()
        guesser = window(OFFICE)
        tries = [send(guesser, BACK, {"code": f"{number:016}"}) for number in range(60)]
        assert [page.status_code for page in tries] == [422] * 10 + [429] * 50
        assert send(guesser, BACK, {"code": code}).status_code == 429
        assert "Messages" in says(come_back(code, window(OFFICE)).get(BACK))


def test_whoever_is_stopped_reads_when_to_try_again_and_keeps_what_they_typed(at: At) -> None:
    with at("2026-03-04 10:05"):
        client = window()
        for _ in range(11):
            page = send(client, BACK, {"code": WRONG, "body": "A long letter."})
    assert page.status_code == 429
    assert WRONG in says(page)
    assert "A long letter." in says(page)
    assert "Try again at 10:15 a.m." in says(page)


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        ("501-555-0117", "call or write to the Privacy Office of the Department of Human Services: 501-555-0117."),
        ("", "call or write to the Privacy Office of the Department of Human Services."),
    ],
)
def test_whoever_is_stopped_reads_how_to_reach_the_office_where_that_is_known(
    contact: str, words: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRIVACY_CONTACT = contact
    narrowed(monkeypatch, "REPORTS", browser=0)
    page = send(window(), START, asked())
    assert page.status_code == 429
    assert words in says(page)


def test_every_page_says_whom_to_ask_and_the_one_for_a_lost_code_too(settings: Settings) -> None:
    settings.PRIVACY_CONTACT = "501-555-0117 or <privacy@dhs.example>"
    shown = "501-555-0117 or &lt;privacy@dhs.example&gt;"
    assert f"questions go to {shown}." in says(window().get(START))
    assert f"You can also call or write to them: {shown}." in says(window().get(LOST))
    settings.PRIVACY_CONTACT = ""
    assert "questions go to" not in says(window().get(START))
    assert "You can also call" not in says(window().get(LOST))


def test_codes_tried_from_one_address_have_an_end_and_nobody_else_is_shut_out(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrowed(monkeypatch, "WRONG_CODES", address=3)
    with at("2026-03-04 10:05"):
        here = [send(window(OFFICE), BACK, {"code": WRONG}).status_code for _ in range(4)]
        there = [send(window(f"198.51.100.{number}"), BACK, {"code": WRONG}).status_code for number in range(9)]
    assert here == [422, 422, 422, 429]
    assert there == [422] * 9


def test_a_code_that_opens_is_never_counted(at: At) -> None:
    with at("2026-03-04 10:05"):
        _, code = reported_outside()
        client = window()
        for _ in range(15):
            come_back(code, client)


def test_lost_codes_are_told_a_few_times_an_hour(at: At) -> None:
    with at("2026-03-04 10:05"):
        client = window()
        told = [send(client, LOST, {"number": "77", "words": f"Story {number}."}) for number in range(6)]
    assert [page.status_code for page in told] == [200] * 5 + [429]
    assert "Story 5." in says(told[-1])


def test_messages_to_one_report_have_an_end_and_none_is_lost(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES_AN_HOUR", 2)
    with at("2026-03-04 10:05"):
        _, code = reported_outside()
        client = come_back(code)
        sent = [send(client, WRITE, {"body": f"Message {number}."}) for number in range(3)]
    assert [page.status_code for page in sent] == [302, 302, 429]
    assert "Message 2." in says(sent[-1])
    assert "You wrote many messages in the last hour." in says(sent[-1])
    assert "Send it in an hour" in says(sent[-1])
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.10", OFFICE, True),
        ("192.0.2.10", "192.0.2.11", False),
    ],
)
def test_a_household_is_one_address(one: str, other: str, are_one: bool) -> None:
    keys = [limits._networks(RequestFactory().get("/", REMOTE_ADDR=address))[0] for address in (one, other)]
    assert (keys[0] == keys[1]) == are_one


def test_behind_a_proxy_the_address_it_names_counts_and_no_other(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="8.8.8.8, 192.0.2.10")
    assert limits._networks(request) == [OFFICE]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert limits._networks(request) == ["10.0.0.1"]


def test_a_request_without_an_address_is_answered_all_the_same() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert limits._networks(request) == ["unknown"]
