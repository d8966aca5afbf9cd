"""The chain of command decides: each link in turn, nearest first, and IT Security sets up what all approved."""

from datetime import timedelta

import pytest

from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, turns
from people.models import Role
from tests.access_requests.stage import approved, as_it_stands, asked, away, cast, draft, granted, now, told, whose_turn
from tests.conftest import At
from tests.personas import employee
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
Status = AccessRequest.Status


@pytest.fixture(autouse=True)
def monday(at: At):  # type: ignore[no-untyped-def]
    """A plain working day."""
    with at("2026-11-16 10:00"):
        yield


def test_each_link_up_to_the_division_head_decides_in_turn() -> None:
    people = cast()
    request = asked(people.erin)
    assert whose_turn(request) == "Sam Supervisor"
    for decider, then in ((people.sam, "Max Manager"), (people.max, "Dora Director"), (people.dora, "")):
        request = deciding.approve(request, actor=now(decider))
        assert whose_turn(request) == then
    assert request.status == Status.APPROVED
    assert told(people.ivan) == ["to_grant"]
    assert told(people.erin) == ["approved"]
    assert told(people.toni) == []


@pytest.mark.parametrize("who", ["max", "dora", "toni", "ivan"])
def test_nobody_decides_before_their_turn(who: str) -> None:
    people = cast()
    request = asked(people.erin)
    with pytest.raises(Refused, match=r"Approval must go through your chain of command\. Sam Supervisor decides"):
        deciding.approve(request, actor=getattr(people, who))


def test_nobody_approves_their_own_request() -> None:
    people = cast()
    request = asked(people.erin)
    with pytest.raises(Refused, match=r"Nobody decides about their own request\."):
        deciding.approve(request, actor=people.erin)


def test_an_approver_shortens_and_narrows_and_the_next_cannot_undo_it() -> None:
    people = cast()
    request = asked(people.erin)
    assert request.until is not None
    earlier = request.until - timedelta(days=10)
    request = deciding.approve(request, actor=people.sam, until=earlier, sites=["Reddit"])
    assert (request.until, request.granted_sites) == (earlier, ["Reddit"])
    with pytest.raises(Refused, match=r"You may shorten the access, never lengthen it\."):
        deciding.approve(request, actor=people.max, until=earlier + timedelta(days=1))
    with pytest.raises(Refused, match=r"You may take sites out, never add one\."):
        deciding.approve(request, actor=people.max, sites=["Reddit", "Facebook"])
    assert whose_turn(request) == "Max Manager"


def test_a_returned_request_goes_through_the_whole_chain_again() -> None:
    people = cast()
    request = deciding.approve(asked(people.erin), actor=people.sam)
    request = deciding.give_back(request, actor=people.max, code=Turn.Code.TIME, words="Ten days are enough.")
    assert (request.status, whose_turn(request)) == (Status.RETURNED, "")
    request = asking.submit(request, actor=people.erin)
    assert (request.round, whose_turn(request)) == (2, "Sam Supervisor")


def test_a_declined_request_is_over() -> None:
    people = cast()
    request = deciding.decline(asked(people.erin), actor=people.sam, words="Public viewing is enough.")
    assert request.status == Status.DECLINED
    assert told(people.erin) == ["declined"]
    with pytest.raises(Refused, match="This is declined now"):
        deciding.approve(as_it_stands(request), actor=people.sam)


def test_a_granted_request_is_in_force_until_its_last_day() -> None:
    people = cast()
    request = granted(people.erin, people.ivan)
    assert request.status == Status.ACTIVE
    assert told(people.erin) == ["approved", "granted"]


def test_a_draft_is_nobodys_turn() -> None:
    people = cast()
    assert whose_turn(draft(people.erin)) == ""
    assert told(people.sam) == []


def test_the_head_of_the_division_asks_whoever_stands_above() -> None:
    people = cast()
    request = asked(people.dora)
    assert whose_turn(request) == "Toni Top"
    assert deciding.approve(request, actor=people.toni).status == Status.APPROVED


def test_approvals_are_written_down_each_on_its_own() -> None:
    people = cast()
    request = approved(people.erin)
    each = request.turns.order_by("pk").values_list("person__name", "outcome")
    assert list(each) == [(name, "approved") for name in ("Sam Supervisor", "Max Manager", "Dora Director")]


def test_whoever_stands_in_decides_once_the_turn_is_theirs_and_not_in_the_name_of_who_had_it() -> None:
    people = cast()
    dana = employee("Dana Delegate", roles=(Role.PRIVACY_OFFICER,))
    request = asked(people.erin)
    away(people.sam, stand_in=dana)
    with pytest.raises(Refused, match=r"Sam Supervisor decides about this now\."):
        deciding.approve(request, actor=dana)
    with pytest.raises(Refused, match=r"Dana Delegate decides about this now\."):
        deciding.approve(request, actor=people.sam)
    turns.move_on_all()
    deciding.approve(request, actor=dana)
    decided = request.turns.get(outcome="approved")
    assert (decided.person, decided.acting_for) == (dana, people.sam)
