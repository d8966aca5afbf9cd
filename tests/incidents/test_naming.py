"""Whoever is named in a report is kept out of it, picked from the directory or only typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from incidents.models import Incident
from people.models import User
from tests.incidents.stage import answers, browser, case_url, officer
from tests.personas import employee

pytestmark = pytest.mark.django_db

PROMISE = "cannot see this report"


def receipt(**typed: Any) -> str:
    """What a reporter reads after sending this."""
    page = browser(employee()).post(reverse("incidents:report"), answers(**typed), follow=True)
    assert page.redirect_chain
    return page.content.decode()


def named() -> set[str]:
    return {person.name for person in Incident.objects.get().involved.all()}


@pytest.mark.parametrize(
    "typed",
    [
        lambda paul: paul.name,
        lambda paul: paul.name.upper(),
        lambda paul: f"  {paul.name.lower().replace(' ', '   ')} ",
        lambda paul: paul.employee_number.lower(),
        lambda paul: paul.email.upper(),
        lambda paul: f"Somebody, {paul.name}",
        lambda paul: f"Somebody;{paul.email}",
        lambda paul: f"Somebody\n{paul.employee_number}",
    ],
)
def test_whoever_is_named_in_words_alone_cannot_see_the_report(typed: Callable[[User], str]) -> None:
    paul = officer()
    assert PROMISE in receipt(people_described=typed(paul))
    assert named() == {"Paul Officer"}
    assert browser(paul).get(case_url(Incident.objects.get())).status_code == 404


def test_all_namesakes_are_kept_out() -> None:
    one, other = officer("Sam Smith"), officer("Sam Smith")
    receipt(people_described="Sam Smith")
    assert set(Incident.objects.get().involved.all()) == {one, other}


def test_a_person_picked_and_typed_is_named_once() -> None:
    paul = officer()
    receipt(people=[paul.pk], people_described=f"{paul.name}, {paul.email}")
    assert named() == {"Paul Officer"}


def test_words_that_find_nobody_are_kept_and_the_receipt_says_so() -> None:
    officer()
    shown = receipt(people_described="the tall nurse, Paul")
    assert "We did not find “the tall nurse, Paul” in the directory." in shown
    assert PROMISE not in shown
    assert Incident.objects.get().people_described == "the tall nurse, Paul"


def test_of_several_people_the_receipt_promises_for_those_who_were_found() -> None:
    shown = receipt(people_described=f"{officer().name}, the tall nurse")
    assert PROMISE in shown
    assert "We did not find “the tall nurse” in the directory." in shown
    assert Incident.objects.get().people_described == "the tall nurse"


def test_the_privacy_office_reads_the_words_that_found_nobody() -> None:
    receipt(people_described="the tall nurse")
    page = browser(officer("Olga Officer")).get(case_url(Incident.objects.get())).content.decode()
    assert "In the reporter's words" in page
    assert "the tall nurse" in page


def test_someone_who_left_is_not_found() -> None:
    officer("Leah Leaver", is_active=False)
    assert "We did not find “Leah Leaver”" in receipt(people_described="Leah Leaver")


def test_a_report_that_names_nobody_promises_nothing() -> None:
    shown = receipt()
    assert PROMISE not in shown
    assert "We did not find" not in shown


def test_what_was_typed_stays_typed_while_something_else_is_missing() -> None:
    paul = officer()
    page = browser(employee()).post(reverse("incidents:report"), answers(narrative="", people_described=paul.name))
    assert page.status_code == 422
    assert 'value="Paul Officer"' in page.content.decode()
