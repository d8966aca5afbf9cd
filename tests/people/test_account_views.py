"""My account and who stands in for me, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people import operations
from people.models import Delegation, Role, RoleGrant, User
from tests.people.browsing import MOST_QUERIES, as_, queries, words
from tests.personas import employee

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


def test_my_account_shows_who_i_am_what_i_may_and_who_decides(client: Client, erin: User, sam: User) -> None:
    RoleGrant.objects.create(user=erin, role=Role.INVESTIGATOR, office="privacy", granted_by=sam)
    operations.delegate(sam, erin, starts_on=TODAY(), ends_on=TODAY(), reason="leave", actor=sam)
    dana = employee("Dana Delegate")
    operations.delegate(erin, dana, starts_on=TODAY() + DAY, ends_on=TODAY() + DAY, reason="leave", actor=erin)
    page = words(as_(client, erin).get("/account/"))
    for expected in ("Caseworker", "Pulaski office", "Investigator, Privacy Office", "Given by", "Sam Supervisor"):
        assert expected in page
    assert "You decide for <strong>Sam Supervisor</strong>" in page
    assert "<strong>Dana Delegate</strong> stands in for you" in page


def test_my_account_without_anything_special_says_so(client: Client, sam: User) -> None:
    page = words(as_(client, sam).get("/account/"))
    assert "You have no special role." in page
    assert "Nobody stands above you" in page
    assert "Nobody stands in for you." in page


def test_my_account_takes_as_many_queries_for_twenty_five_roles_and_absences_as_for_one(
    client: Client, erin: User, sam: User
) -> None:
    def absence(number: int) -> None:
        day, other = TODAY() + number * DAY, employee(f"Dana {number}")
        operations.delegate(erin, other, starts_on=day, ends_on=day, reason="leave", actor=erin)
        operations.delegate(other, erin, starts_on=day, ends_on=day, reason="leave", actor=other)

    absence(1)
    RoleGrant.objects.create(user=erin, role=Role.COUNSEL, granted_by=sam)
    few = queries(as_(client, erin), "/account/")
    for number in range(2, 26):
        absence(number)
    for role in (Role.OCCE, Role.OFFICE_HEAD, Role.IT_SECURITY):
        RoleGrant.objects.create(user=erin, role=role, granted_by=sam)
    assert queries(client, "/account/") == few
    assert few <= MOST_QUERIES


def stand_in(client: Client, **fields: Any) -> Any:
    """Send the form of someone who will be away today."""
    form = {"starts_on": TODAY().isoformat(), "ends_on": TODAY().isoformat(), "reason": "leave", **fields}
    return client.post("/account/stand-in/", form)


def test_i_name_who_stands_in_by_choosing(client: Client, erin: User, sam: User) -> None:
    assert stand_in(as_(client, erin), person=sam.pk, typed="").headers["Location"] == "/account/"
    made = Delegation.objects.get()
    assert (made.delegator, made.delegate, made.reason) == (erin, sam, "leave")


@pytest.mark.parametrize("typed", ["sam superv", "{email}"])
def test_i_name_who_stands_in_by_typing(client: Client, erin: User, sam: User, typed: str) -> None:
    assert stand_in(as_(client, erin), typed=typed.format(email=sam.email.upper())).status_code == 302
    assert Delegation.objects.get().delegate == sam


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"typed": "sam"}, "Several people fit. Enter the e-mail address."),
        ({"typed": "nobody"}, "Nobody in the directory fits this."),
        ({"typed": ""}, "Choose who stands in for you."),
        ({"person": "999999999", "typed": "sam"}, "Select a valid choice"),
        ({"person": "x", "typed": ""}, "Select a valid choice"),
        ({"typed": "lee leaver"}, "Nobody in the directory fits this."),
        ({"typed": "erin"}, "you cannot stand in for yourself"),
        ({"typed": "sam superv", "starts_on": "2020-01-01"}, "The first day cannot be in the past."),
        ({"typed": "sam superv", "starts_on": "yesterday"}, "Enter a date that exists"),
        ({"typed": "sam superv", "ends_on": "2026-02-30"}, "Enter a date that exists"),
        ({"typed": "sam superv", "ends_on": "٢٠٢٦-٠١-٠١"}, "Enter a date that exists"),
        ({"typed": "sam superv", "ends_on": "9999-12-31"}, "Enter a date between 2000 and 2099."),
        ({"typed": "sam superv", "reason": "fun"}, "Select a valid choice"),
        ({"typed": "sam\x00"}, "Null characters are not allowed"),
        ({"person": "", "typed": " "}, "Choose who stands in for you."),
    ],
)
def test_a_form_that_cannot_be_says_why_and_keeps_what_was_typed(
    client: Client, erin: User, sam: User, fields: dict[str, str], sentence: str
) -> None:
    employee("Sam Another")
    employee("Lee Leaver", is_active=False)
    answer = stand_in(as_(client, erin), **fields)
    assert answer.status_code == 422
    assert sentence in words(answer).replace("&#x27;", "'")
    assert not Delegation.objects.exists()


def test_i_cannot_name_a_stand_in_for_someone_else_by_adding_fields(client: Client, erin: User, sam: User) -> None:
    dana = employee("Dana Delegate")
    stand_in(as_(client, erin), person=dana.pk, delegator=sam.pk, delegator_id=sam.pk, actor=sam.pk)
    assert Delegation.objects.get().delegator == erin


def test_an_absence_is_ended_by_the_two_it_concerns_and_not_found_by_others(
    client: Client, erin: User, sam: User, ada: User
) -> None:
    made = operations.delegate(sam, erin, starts_on=TODAY(), ends_on=TODAY(), reason="leave", actor=sam)
    path = f"/account/stand-in/{made.pk}/end/"
    assert as_(client, employee("Uma Unrelated")).post(path).status_code == 404
    assert as_(client, erin).get(path).status_code == 405
    assert as_(client, erin).post(path).headers["Location"] == "/account/"
    assert not Delegation.objects.covering(TODAY()).exists()
    again = as_(client, ada).post(path, follow=True)
    assert "This delegation is over already." in words(again)
