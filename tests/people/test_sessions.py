"""How long a sign-in lasts, and where it leads back to."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from people.models import Role, RoleGrant, User
from tests.personas import employee

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    """Half an hour without a click, twelve hours in all."""
    settings.SESSION_IDLE_LIMIT, settings.SESSION_ABSOLUTE_LIMIT = 30 * MINUTE, 12 * HOUR


@pytest.fixture
def erin(client: Client) -> User:
    """An employee, signed in and on her account page."""
    user = employee()
    client.force_login(user)
    client.get("/account/")
    return user


def still_in(client: Client, after: timedelta) -> bool:
    """Whether a click so long after this moment finds the person signed in."""
    with time_machine.travel(timezone.now() + after, tick=False):
        return client.get("/account/").status_code == 200


def test_half_an_hour_without_a_click_is_too_long(client: Client, erin: User) -> None:
    assert still_in(client, 29 * MINUTE)
    assert still_in(client, 58 * MINUTE)
    assert not still_in(client, 88 * MINUTE)
    assert not still_in(client, 88 * MINUTE), "signed out for good"
    assert "_auth_user_id" not in client.session


def test_twelve_hours_are_too_long_whatever_the_clicks(client: Client, erin: User) -> None:
    assert all(still_in(client, minutes * MINUTE) for minutes in range(20, 12 * 60, 20))
    assert not still_in(client, 12 * HOUR)


def test_clicking_again_and_again_writes_the_session_once_a_minute_only(client: Client, erin: User) -> None:
    seen = client.session["seen_at"]
    assert still_in(client, 20 * MINUTE / 30)
    assert client.session["seen_at"] == seen
    assert still_in(client, 2 * MINUTE)
    assert client.session["seen_at"] != seen


def test_after_sign_in_one_is_back_on_the_page(client: Client, erin: User) -> None:
    with time_machine.travel(timezone.now() + HOUR, tick=False):
        assert client.get("/account/?a=1").headers["Location"] == f"{LOGIN}?next=/account/%3Fa%3D1"


def test_a_form_sent_too_late_leads_back_to_the_form(client: Client, erin: User) -> None:
    with time_machine.travel(timezone.now() + HOUR, tick=False):
        late = client.post("/account/stand-in/1/end/", headers={"Referer": "http://testserver/account/?x=1#away"})
    assert late.headers["Location"] == f"{LOGIN}?next=/account/%3Fx%3D1"


@pytest.mark.parametrize("referer", ["", "https://evil.example/account/", "//evil.example/", "javascript:1"])
def test_a_form_of_unknown_origin_leads_home(client: Client, referer: str) -> None:
    late = client.post("/account/stand-in/1/end/", headers={"Referer": referer})
    assert late.headers["Location"] == f"{LOGIN}?next=/"


def test_a_part_of_a_page_asked_for_too_late_has_the_browser_go_to_sign_in(client: Client, erin: User) -> None:
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/incidents/?state=new"}
    with time_machine.travel(timezone.now() + HOUR, tick=False):
        late = client.get("/people/find/?q=er", headers=htmx)
    assert (late.status_code, late.content) == (401, b"")
    assert late.headers["HX-Redirect"] == f"{LOGIN}?next=/incidents/%3Fstate%3Dnew"
    assert late.headers["Cache-Control"] == "no-store"


def test_a_draft_saved_too_late_is_told_so(client: Client) -> None:
    assert client.post("/account/stand-in/", headers={"X-Requested-With": "fetch"}).status_code == 401


def test_signing_out_is_not_mistaken_for_being_turned_away(client: Client, erin: User) -> None:
    assert client.post("/accounts/logout/").headers["Location"] == LOGIN


def test_nothing_behind_sign_in_stays_in_the_browser(client: Client, erin: User) -> None:
    for path in ("/account/", "/people/find/?q=er", "/people/", "/nowhere/"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_a_role_taken_away_closes_its_pages_with_the_next_click(client: Client) -> None:
    ada = employee("Ada Administrator", roles=(Role.ADMINISTRATOR,))
    client.force_login(ada)
    assert client.get("/people/").status_code == 200
    RoleGrant.objects.filter(user=ada).update(revoked_at=timezone.now())
    assert client.get("/people/").status_code == 403


def test_a_role_past_its_end_closes_its_pages_with_the_next_click(client: Client) -> None:
    ada = employee("Ada Administrator")
    soon = timezone.now() + timedelta(days=1)
    RoleGrant.objects.create(user=ada, role=Role.ADMINISTRATOR, expires_at=soon)
    client.force_login(ada)
    assert client.get("/people/").status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    RoleGrant.objects.filter(user=ada).update(revoked_at=timezone.now())
    RoleGrant.objects.create(user=ada, role=Role.ADMINISTRATOR, expires_at=past)
    assert client.get("/people/").status_code == 403
