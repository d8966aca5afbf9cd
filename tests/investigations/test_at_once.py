"""Several people who do something about one investigation at the same moment, each on a connection of their own."""

import uuid
from functools import partial

import pytest

from investigations import operations, rules
from investigations.models import Investigation, Member, Office
from people.models import User
from tests.investigations.stage import Allegation, as_it_stands, browser, investigator, joined, opened, told
from tests.personas import employee
from tests.policies.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6
CLOSED = "This investigation is closed, so nothing in it changes any more."


def opening(number: str, actor: User, submission: uuid.UUID) -> Investigation:
    return operations.open_investigation(
        number,
        actor=actor,
        office=Office.INTERNAL_AFFAIRS,
        allegation=Allegation.DHS_POLICY,
        submission=submission,
    )


def test_of_two_who_close_at_once_one_does_and_the_other_reads_why() -> None:
    ivan, iris, erin = investigator("Ivan"), investigator("Iris"), employee()
    for number in range(ROUNDS):
        investigation = opened(f"IA-2026-{number}", by=ivan)
        joined(investigation, erin)
        said = at_once(
            partial(operations.close, investigation, actor=ivan, outcome="One."),
            partial(operations.close, investigation, actor=iris, outcome="Two."),
        )
        assert sorted(said) == ["", CLOSED]
        stands = as_it_stands(investigation)
        assert (stands.closed_by, stands.outcome) == [(ivan, "One."), (iris, "Two.")][said.index("")]
    assert told(erin) == ["added", "closed"] * ROUNDS


def test_the_slower_of_two_browsers_is_a_conflict_that_shows_what_was_written() -> None:
    ivan, iris = investigator("Ivan"), investigator("Iris")
    investigation = opened(by=ivan)
    pages = []

    def send(person: User) -> None:
        pages.append(browser(person).post(f"/investigations/{investigation.pk}/close/", {"outcome": "Found nothing."}))

    at_once(partial(send, ivan), partial(send, iris))
    assert sorted(page.status_code for page in pages) == [302, 409]
    slower = max(pages, key=lambda page: page.status_code).content.decode()
    assert CLOSED in slower
    assert "Found nothing." in slower


def test_clicks_at_once_open_one_investigation_with_one_member() -> None:
    ivan = investigator()
    for number in range(ROUNDS):
        send = partial(opening, f"IA-2026-{number}", ivan, uuid.uuid4())
        assert at_once(send, send, send) == [""] * 3
        assert Investigation.objects.count() == Member.objects.count() == number + 1


def test_of_two_who_take_the_same_number_at_once_one_gets_it() -> None:
    ivan, iris = investigator("Ivan"), investigator("Iris")
    for number in range(ROUNDS):
        said = at_once(*(partial(opening, f"IA-2026-{number}", person, uuid.uuid4()) for person in (ivan, iris)))
        assert sorted(said) == ["", "There is an investigation with this number already. Check the number."]


def test_the_same_person_added_twice_at_once_is_one_member_told_once() -> None:
    investigation, erin = opened(), employee()
    add = partial(operations.add_member, investigation, erin, actor=investigation.opened_by)
    assert sorted(at_once(add, add)) == ["", "Erin Employee is a member already."]
    assert told(erin) == ["added"]


def test_nobody_joins_what_is_closed_at_the_same_moment() -> None:
    ivan, iris, erin = investigator("Ivan"), investigator("Iris"), employee()
    for number in range(ROUNDS):
        investigation = opened(f"IA-2026-{number}", by=ivan)
        said = at_once(
            partial(operations.close, investigation, actor=ivan, outcome="Nothing."),
            partial(operations.add_member, investigation, erin, actor=iris),
        )
        assert said in (["", CLOSED], ["", ""])
        assert rules.members_of(investigation).filter(person=erin).exists() == (said[1] == "")
