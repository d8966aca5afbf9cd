"""Odd chains of command: who left, who is away, who stands in, loops, and the top; none is skipped, nothing is lost."""

import pytest
from pytest_django import Settings

from access_requests.models import AccessRequest
from access_requests.operations import asking, deciding, turns
from people.models import User
from tests.access_requests.chains import approved_up_to_the_end, under, why
from tests.access_requests.stage import (
    as_it_stands,
    asked,
    away,
    cast,
    draft,
    gone,
    now,
    open_turn,
    told,
    whose_turn,
)
from tests.conftest import At
from tests.personas import employee
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
Status = AccessRequest.Status
NOBODY = "Nobody stands above you in the directory, so nobody can decide. Tell your personnel office."


@pytest.fixture(autouse=True)
def monday(at: At):  # type: ignore[no-untyped-def]
    """A plain working day."""
    with at("2026-11-16 10:00"):
        yield


@pytest.fixture
def designee(settings: Settings) -> User:
    """Desi stands nowhere in the chain and decides where it ends."""
    person = employee("Desi Designee")
    settings.SECRETARY_DESIGNEE = person.email
    return person


# --- Somebody left


def test_a_superior_who_left_before_is_passed_over_and_named() -> None:
    people = cast()
    gone(people.sam)
    request = asked(people.erin)
    assert why(request) == "Sam Supervisor has left. Next above Erin Employee."
    assert approved_up_to_the_end(request) == ["Max Manager", "Dora Director"]


def test_a_request_moves_on_from_whoever_leaves_while_it_is_theirs() -> None:
    people = cast()
    request = asked(people.erin)
    gone(people.sam)
    assert turns.move_on_all() == 1
    assert whose_turn(request) == "Max Manager"
    assert why(request).startswith("Sam Supervisor has left.")
    assert told(people.max) == ["awaiting"]
    assert told(people.sam) == ["awaiting"]
    assert turns.move_on_all() == 0


def test_nobody_who_left_decides_while_the_clock_has_not_run() -> None:
    people = cast()
    request = asked(people.erin)
    gone(people.sam)
    with pytest.raises(Refused, match="Max Manager decides about this now"):
        deciding.approve(as_it_stands(request), actor=now(people.sam))


def test_above_a_head_who_left_the_next_one_decides() -> None:
    people = cast()
    gone(people.dora)
    assert approved_up_to_the_end(asked(people.erin)) == ["Sam Supervisor", "Max Manager", "Toni Top"]


def test_a_head_who_leaves_while_it_is_theirs_gives_it_to_the_next_above() -> None:
    people = cast()
    request = asked(people.erin)
    for decider in (people.sam, people.max):
        request = deciding.approve(request, actor=now(decider))
    gone(people.dora)
    assert turns.move_on_all() == 1
    assert approved_up_to_the_end(request) == ["Toni Top"]


def test_where_all_left_the_secretarys_designee_decides(designee: User) -> None:
    people = cast()
    for person in (people.sam, people.max, people.dora, people.toni):
        gone(person)
    assert approved_up_to_the_end(asked(people.erin)) == ["Desi Designee"]
    assert told(designee) == ["awaiting"]


# --- Somebody is away


def test_a_delegate_decides_in_the_name_of_whoever_is_away_and_both_are_named() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    away(people.sam, stand_in=dina)
    request = asked(people.erin)
    turn = open_turn(request)
    assert turn is not None
    assert (turn.person, turn.acting_for) == (dina, people.sam)
    said = "Supervisor of Erin Employee. Sam Supervisor is away until November 23, 2026; Dina Delegate stands in."
    assert turn.why == said
    with pytest.raises(Refused, match="Dina Delegate decides about this now"):
        deciding.approve(request, actor=now(people.sam))
    assert approved_up_to_the_end(request) == [
        "Dina Delegate, standing in for Sam Supervisor",
        "Max Manager",
        "Dora Director",
    ]


def test_a_delegate_who_asks_does_not_decide_for_themselves() -> None:
    people = cast()
    away(people.sam, stand_in=people.erin)
    request = asked(people.erin)
    assert whose_turn(request) == "Max Manager"
    assert "left the decisions to Erin Employee, who cannot decide about themselves." in why(request)


def test_where_the_delegate_is_away_too_the_next_one_decides() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    away(people.sam, stand_in=dina)
    away(dina, stand_in=people.ivan)
    request = asked(people.erin)
    assert whose_turn(request) == "Max Manager"
    assert "Sam Supervisor and Dina Delegate, who would stand in, are both away." in why(request)


def test_whoever_goes_away_hands_over_and_has_it_again_when_back() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    request = asked(people.erin)
    absence = away(people.sam, stand_in=dina)
    assert turns.move_on_all() == 1
    assert whose_turn(request) == "Dina Delegate, standing in for Sam Supervisor"
    assert why(request).startswith("Sam Supervisor is away. Supervisor of Erin Employee.")
    absence.ended_at = clock.now()
    absence.save()
    assert turns.move_on_all() == 1
    assert whose_turn(request) == "Sam Supervisor"
    assert why(request).startswith("Dina Delegate no longer stands in for Sam Supervisor.")
    assert (told(people.sam), told(dina)) == (["awaiting", "moved_on", "awaiting"], ["awaiting", "moved_on"])


def test_an_absence_that_ends_with_its_last_day_ends_at_midnight(at: At) -> None:
    people = cast()
    away(people.sam, stand_in=employee("Dina Delegate"), days=1)
    request = asked(people.erin)
    with at("2026-11-17 23:59"):
        assert turns.move_on_all() == 0
    with at("2026-11-18 00:00"):
        assert turns.move_on_all() == 1
    assert whose_turn(request) == "Sam Supervisor"


def test_a_delegate_who_is_a_link_as_well_decides_once_and_in_their_own_place() -> None:
    people = cast()
    away(people.sam, stand_in=people.max)
    request = asked(people.erin)
    assert "Sam Supervisor is away and Max Manager, who stands in, decides already." in why(request)
    assert approved_up_to_the_end(request) == ["Max Manager", "Dora Director"]


def test_whoever_stood_in_for_one_link_is_not_asked_again_for_the_next() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    away(people.sam, stand_in=dina)
    request = deciding.approve(asked(people.erin), actor=dina)
    away(people.max, stand_in=dina)
    turns.move_on_all()
    assert whose_turn(request) == "Dora Director"


def test_a_delegates_approval_stands_for_the_link_who_comes_back() -> None:
    people = cast()
    dina = employee("Dina Delegate")
    absence = away(people.sam, stand_in=dina)
    request = deciding.approve(asked(people.erin), actor=dina)
    absence.ended_at = clock.now()
    absence.save()
    assert turns.move_on_all() == 0
    assert approved_up_to_the_end(request) == ["Max Manager", "Dora Director"]


def test_a_head_who_is_away_without_a_usable_delegate_leaves_it_to_the_next_above() -> None:
    people = cast()
    away(people.dora, stand_in=people.erin)
    assert approved_up_to_the_end(asked(people.erin)) == ["Sam Supervisor", "Max Manager", "Toni Top"]


# --- Loops and the top


def test_a_chain_that_turns_back_ends_with_the_designee(designee: User) -> None:
    anna, ben = employee("Anna"), employee("Ben")
    under(anna, ben)
    under(ben, anna)
    request = asked(now(anna))
    assert approved_up_to_the_end(request) == ["Ben", "Desi Designee"]
    last = request.turns.get(person=designee)
    assert last.why == ("Above Ben the chain of command leads back to Anna, so the Secretary's designee decides.")


def test_a_chain_that_turns_back_without_a_designee_ends_where_it_turns(settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    anna, ben = employee("Anna"), employee("Ben")
    under(anna, ben)
    under(ben, anna)
    request = asked(now(anna))
    assert why(request).endswith("Above Ben the chain of command leads back to Anna.")
    assert approved_up_to_the_end(request) == ["Ben"]


def test_at_the_top_of_the_tree_the_designee_decides(designee: User) -> None:
    people = cast()
    request = asked(people.toni)
    assert why(request) == "Nobody who works here stands above Toni Top; the Secretary's designee decides."
    assert approved_up_to_the_end(request) == ["Desi Designee"]


@pytest.mark.parametrize("someone_left", [True, False], ids=["the only superior left", "nobody was ever above"])
def test_where_nobody_is_above_it_is_not_sent_and_nothing_is_lost(settings: Settings, someone_left: bool) -> None:
    settings.SECRETARY_DESIGNEE = ""
    superior = employee("Lea Left", is_active=False) if someone_left else None
    request = draft(employee("Una", supervisor=superior))
    with pytest.raises(Refused, match=NOBODY):
        asking.submit(request, actor=request.requester)
    stands = as_it_stands(request)
    assert (stands.status, stands.round, stands.sites) == (Status.DRAFT, 0, ["Facebook", "Reddit"])
    assert not stands.turns.exists()


def test_the_designee_has_nobody_above_either(designee: User) -> None:
    request = draft(designee)
    with pytest.raises(Refused, match=NOBODY):
        asking.submit(request, actor=designee)
