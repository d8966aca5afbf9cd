"""A requester comes under someone else while their request is being decided: the new chain decides, none skipped."""

from datetime import timedelta

import pytest

from access_requests.models import Turn
from access_requests.operations import deciding, turns
from people.models import Unit, User
from tests.access_requests.chains import approved_up_to_the_end, under, why
from tests.access_requests.stage import asked, cast, gone, open_turn, told
from tests.conftest import At
from tests.personas import employee

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday(at: At):  # type: ignore[no-untyped-def]
    """A plain working day."""
    with at("2026-11-16 10:00"):
        yield


def test_under_another_superior_the_new_chain_decides_and_none_is_skipped() -> None:
    people = cast()
    nora = employee("Nora New", supervisor=people.max)
    request = asked(people.erin)
    under(people.erin, nora)
    assert turns.move_on_all() == 1
    assert why(request).startswith("The chain of command no longer leads to Sam Supervisor first.")
    assert list(request.turns.order_by("pk").values_list("person__name", "outcome")) == [
        ("Sam Supervisor", Turn.Outcome.MOVED_ON),
        ("Nora New", ""),
    ]
    assert told(people.sam) == ["awaiting", "moved_on"]
    assert approved_up_to_the_end(request) == ["Nora New", "Max Manager", "Dora Director"]


def test_whoever_approved_in_the_old_chain_does_not_count_for_another_in_the_new_one() -> None:
    people = cast()
    request = deciding.approve(asked(people.erin), actor=people.sam)
    other = employee("Otto Other", supervisor=people.dora)
    under(people.erin, employee("Nora New", supervisor=other))
    assert turns.move_on_all() == 1
    assert approved_up_to_the_end(request) == ["Nora New", "Otto Other", "Dora Director"]


def test_in_another_division_its_head_decides_last() -> None:
    people = cast()
    request = deciding.approve(asked(people.erin), actor=people.sam)
    division = Unit.objects.create(code="DIV2", name="Division Two", kind=Unit.Kind.DIVISION)
    hana = employee("Hana Head", supervisor=people.toni, unit=division)
    Unit.objects.filter(pk=division.pk).update(head=hana)
    User.objects.filter(pk=people.erin.pk).update(supervisor=hana, unit=division)
    turns.move_on_all()
    assert approved_up_to_the_end(request) == ["Hana Head"]


def test_a_move_gives_the_new_holder_their_full_time(at: At) -> None:
    people = cast()
    request = asked(people.erin)
    with at("2026-11-18 10:00"):
        gone(people.sam)
        turns.move_on_all()
    turn = open_turn(request)
    assert turn is not None
    assert turn.due_at - turn.since > timedelta(days=4)
