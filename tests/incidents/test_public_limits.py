"""Limits on pages without sign-in: an office behind one address gets through, a script does not."""

from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django import Settings

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
        answers = [send(window(OFFICE), START, asked(narrative=f"Story {number}.")) for number in range(200)]
    assert {answer.status_code for answer in answers} == {200}
    assert Incident.objects.count() == 200


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


def test_many_scripts_together_meet_a_ceiling_that_ends_with_the_hour(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    narrowed(monkeypatch, "REPORTS", everyone=3)
    with at("2026-03-04 10:05"):
        sent = [send(window(f"192.0.2.{number}"), START, asked(narrative=f"Story {number}.")) for number in range(4)]
    with at("2026-03-04 11:00"):
        later = send(window("192.0.2.3"), START, asked())
    assert [answer.status_code for answer in [*sent, later]] == [200, 200, 200, 429, 200]


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


def test_codes_tried_from_one_address_and_from_all_have_an_end(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    narrowed(monkeypatch, "WRONG_CODES", address=3, everyone=5)
    with at("2026-03-04 10:05"):
        here = [send(window(OFFICE), BACK, {"code": WRONG}).status_code for _ in range(4)]
        there = [send(window(f"198.51.100.{number}"), BACK, {"code": WRONG}).status_code for number in range(3)]
    assert here == [422, 422, 422, 429]
    assert there == [422, 422, 429]


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


def test_counts_are_kept_under_no_address_and_tomorrow_other_digits_stand_for_it(at: At) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=OFFICE)
    with at("2026-03-04 10:05"):
        today = limits._keys(request, limits.REPORTS)
    with at("2026-03-05 10:05"):
        tomorrow = limits._keys(request, limits.REPORTS)
    assert OFFICE not in str(today)
    assert today[1].rpartition(":")[2] != tomorrow[1].rpartition(":")[2]
    # "a" and five digits: a million values for four thousand million addresses.
    assert len(today[1].rpartition(":")[2]) == 6


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
    keys = [limits._network(RequestFactory().get("/", REMOTE_ADDR=address)) for address in (one, other)]
    assert (keys[0] == keys[1]) == are_one


def test_behind_a_proxy_the_address_it_names_counts_and_no_other(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="8.8.8.8, 192.0.2.10")
    assert limits._network(request) == OFFICE
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert limits._network(request) == "10.0.0.1"


def test_a_request_without_an_address_is_answered_all_the_same() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert limits._network(request) == "unknown"


def test_a_count_lasts_as_long_as_its_window_in_caches_that_forget_it_at_every_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[tuple[str, int]] = []
    monkeypatch.setattr(limits, "cache", Forgetful(kept))
    limits.count(RequestFactory().get("/"), limits.REPORTS)
    assert [seconds for _, seconds in kept] == [3600] * 3


class Forgetful:
    """A cache that knows every key already, and writes down how long it is told to keep it."""

    def __init__(self, kept: list[tuple[str, int]]) -> None:
        self.kept = kept

    def add(self, _key: str, _value: int, **_how: int) -> bool:
        return False

    def incr(self, _key: str, times: int) -> int:
        return times

    def touch(self, key: str, seconds: int) -> None:
        self.kept.append((key, seconds))
