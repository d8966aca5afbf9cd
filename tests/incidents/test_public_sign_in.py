"""People who are signed in and use the pages for anyone: their sign-in is neither read nor written there."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from incidents import public_urls
from tests.incidents.outsiders import BACK, CLOSE, LOST, SAVED, START, WRITE, asked, come_back, reported_outside, window
from tests.incidents.stage import browser
from tests.personas import employee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]
ODD_KEYS = [
    r'"\000' + "a" * 31 + '"',
    '"' + "a" * 31 + r'\012"',
    "A" * 32,
    "a" * 31,
    "a" * 33,
    "é" * 32,
    "a" * 5000,
    "",
]


def kept(key: str) -> tuple[Any, ...]:
    session = Session.objects.get(session_key=key)
    return session.session_data, session.expire_date


def signed_in() -> tuple[Client, str]:
    client = browser(employee("Erin Signedin"))
    client.get("/")
    return client, client.cookies["session"].value


def use_every_page(client: Client) -> None:
    _, code = reported_outside()
    page = client.post(START, asked(ticket=client.get(START).context["form"]["ticket"].value()))
    client.post(SAVED, {"ticket": page.context["form"]["ticket"].value(), "saved": "on"})
    client.post(BACK, {"code": code})
    client.post(WRITE, {"body": "It happened again."})
    client.get(BACK)
    client.post(CLOSE)
    client.get(LOST)
    client.get("/report/nowhere/")
    client.get("/report")


def test_an_hour_on_the_public_pages_leaves_no_trace_in_the_sign_in() -> None:
    client, key = signed_in()
    before = kept(key)
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        use_every_page(client)
    assert kept(key) == before
    assert client.cookies["session"].value == key
    assert not Entry.objects.exclude(actor=None).exists()
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", [START, BACK, LOST, "/report", "/report/nowhere/"])
def test_a_public_page_does_not_even_ask_who_is_signed_in(address: str) -> None:
    client, key = signed_in()
    with CaptureQueriesContext(connection) as asked_for:
        page = client.get(address)
    assert key not in str(asked_for.captured_queries)
    assert "session" not in page.cookies
    assert "Erin Signedin" not in page.content.decode()


def test_a_sign_in_that_is_over_is_not_ended_by_a_public_page() -> None:
    client, key = signed_in()
    before = kept(key)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        client.get(START)
        assert kept(key) == before
        assert client.get("/").status_code == 302


def test_whoever_may_be_signed_in_reads_that_it_makes_no_difference() -> None:
    words = "not connected with your account"
    assert words in signed_in()[0].get(START).content.decode()
    assert words not in window().get(START).content.decode()


def test_every_public_page_lies_where_the_sign_in_is_left_alone() -> None:
    addresses = [reverse(f"report:{pattern.name}") for pattern in public_urls.urlpatterns]
    assert len(addresses) == 6
    assert all(address.startswith(settings.PAGES_FOR_ANYONE) for address in addresses)


@pytest.mark.parametrize("key", ODD_KEYS)
@pytest.mark.parametrize("cookie", ["report", "session"])
@pytest.mark.parametrize("address", ["/", START, BACK, "/accounts/login/"])
def test_a_cookie_that_is_no_key_opens_nothing_and_breaks_nothing(cookie: str, key: str, address: str) -> None:
    page = Client().get(address, headers={"Cookie": f"{cookie}={key}"})
    assert page.status_code == (302 if address == "/" else 200)


@pytest.mark.parametrize("key", ODD_KEYS)
@pytest.mark.parametrize("address", [BACK, WRITE, CLOSE])
def test_a_code_and_a_closing_work_next_to_such_a_cookie(address: str, key: str) -> None:
    _, code = reported_outside()
    cookie = f"csrf={'a' * 32}; report={key}; session={key}"
    sent = {"code": code, "body": "Hello.", "csrfmiddlewaretoken": "a" * 32}
    answer = Client(enforce_csrf_checks=True).post(address, sent, headers={"Cookie": cookie})
    assert answer.status_code in {200, 302, 422}
    assert (address == BACK) == Session.objects.exists()


def test_a_visit_opened_with_its_code_still_lasts() -> None:
    _, code = reported_outside()
    assert "Messages" in come_back(code).get(BACK).content.decode()
