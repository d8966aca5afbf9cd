"""The periodic review: asked every thirty days, kept or revoked by a superior, and ended where nobody keeps it."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from access_requests import tasks
from access_requests.models import AccessRequest, Turn
from access_requests.operations import reviewing
from people.models import User
from tests.access_requests.stage import Cast as People
from tests.access_requests.stage import as_it_stands, cast, gone, granted, now, told, whose_turn
from tests.conftest import At
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
Status, End = AccessRequest.Status, AccessRequest.End


@pytest.fixture(autouse=True)
def nobody_beyond_the_top(settings: Settings) -> None:
    """The chain ends with Toni Top."""
    settings.SECRETARY_DESIGNEE = ""


def in_force(people: People, at: At, *, of: User | None = None) -> AccessRequest:
    """Access granted on Monday, November 16, for the longest time there is."""
    with at("2026-11-16 10:00"):
        return granted(of or people.erin, people.ivan, ends_on=clock.today() + timedelta(days=89))


def asked_on(day: str, at: At) -> int:
    """How many reviews the clock asked for that morning."""
    with at(f"{day} 06:00"):
        return tasks.ask_for_reviews()


def test_the_nearest_superior_is_asked_after_thirty_days_and_once(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    assert [asked_on(day, at) for day in ("2026-12-15", "2026-12-16", "2026-12-17")] == [0, 1, 0]
    assert whose_turn(request) == "Sam Supervisor"
    assert told(people.sam) == ["awaiting", "review"]
    assert as_it_stands(request).status == Status.ACTIVE


def test_what_is_kept_comes_up_again_thirty_days_later(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    with at("2026-12-17 10:00"):
        kept = reviewing.keep(request, actor=people.sam)
    assert (kept.status, str(kept.review_on), whose_turn(request)) == (Status.ACTIVE, "2027-01-16", "")
    assert [asked_on(day, at) for day in ("2027-01-15", "2027-01-16")] == [0, 1]
    assert whose_turn(request) == "Sam Supervisor"


def test_what_is_revoked_at_a_review_is_to_be_removed(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    with at("2026-12-17 10:00"):
        over = reviewing.revoke(request, actor=people.sam, words="The group is gone.")
    assert (over.status, over.end_reason, over.ended_by) == (Status.ENDING, End.REVOKED, people.sam)
    assert over.turns.get(kind=Turn.Kind.REVIEW).outcome == Turn.Outcome.REVOKED
    assert told(people.erin)[-1] == "ended"
    assert told(people.ivan)[-1] == "to_remove"


@pytest.mark.parametrize("who", ["max", "dora", "toni", "ivan"])
def test_only_whose_turn_it_is_reviews(at: At, who: str) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    for act in (reviewing.keep, lambda request, actor: reviewing.revoke(request, actor=actor, words="Over.")):
        with at("2026-12-17 10:00"), pytest.raises(Refused, match="Sam Supervisor reviews this now"):
            act(request, actor=getattr(people, who))


def test_nobody_reviews_their_own_access(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    with at("2026-12-17 10:00"), pytest.raises(Refused, match="Nobody reviews their own access"):
        reviewing.keep(request, actor=now(people.erin))


def test_a_review_nobody_looks_at_goes_up_the_chain_and_ends_the_access(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    asked_in_turn = {}
    for day in ("2026-12-21", "2026-12-28", "2026-12-31", "2027-01-06"):
        with at(f"{day} 16:29:59"):
            assert tasks.move_requests_on() == 0
        with at(f"{day} 16:30"):
            assert tasks.move_requests_on() == 1
        asked_in_turn[day] = whose_turn(request)
    assert list(asked_in_turn.values()) == ["Max Manager", "Dora Director", "Toni Top", ""]
    over = as_it_stands(request)
    assert (over.status, over.end_reason, over.ended_by) == (Status.ENDING, End.NOT_REVIEWED, None)
    assert told(people.ivan)[-1] == "to_remove"
    assert request.turns.filter(kind=Turn.Kind.REVIEW, outcome=Turn.Outcome.KEPT).count() == 0


def test_any_link_it_came_to_keeps_it(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    with at("2026-12-21 16:30"):
        tasks.move_requests_on()
    with at("2026-12-22 10:00"):
        reviewing.keep(request, actor=people.max)
    assert (as_it_stands(request).status, whose_turn(request)) == (Status.ACTIVE, "")
    assert told(people.sam)[-1] == "passed_over"
    assert "escalated" not in told(people.erin)


def test_a_review_is_reminded_of_a_business_day_before_it_is_due(at: At) -> None:
    people = cast()
    in_force(people, at)
    asked_on("2026-12-16", at)
    with at("2026-12-17 08:00"):
        tasks.remind()
    assert "review_due" not in told(people.sam)
    with at("2026-12-18 08:00"):
        tasks.remind()
    assert told(people.sam).count("review_due") == 1


def test_access_that_nobody_is_left_to_review_ends(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    for person in (people.sam, people.max, people.dora, people.toni):
        gone(person)
    assert asked_on("2026-12-16", at) == 0
    over = as_it_stands(request)
    assert (over.status, over.end_reason) == (Status.ENDING, End.NOT_REVIEWED)
    assert told(people.ivan)[-1] == "to_remove"


def test_the_last_day_comes_before_a_review_that_waits(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2027-02-13", at)
    assert whose_turn(request) == "Sam Supervisor"
    with at("2027-02-14 06:00"):
        assert tasks.end_what_has_run_out() == 1
        assert tasks.ask_for_reviews() == 0
    assert request.turns.order_by("pk").last() == request.turns.get(outcome=Turn.Outcome.OVER)


def test_the_reviewer_of_what_the_superior_asked_for_stands_above_them(at: At) -> None:
    people = cast()
    request = in_force(people, at, of=people.sam)
    asked_on("2026-12-16", at)
    assert whose_turn(request) == "Max Manager"


def test_a_reviewer_who_left_meanwhile_is_passed_over(at: At) -> None:
    people = cast()
    request = in_force(people, at)
    asked_on("2026-12-16", at)
    gone(people.sam)
    with at("2026-12-16 07:00"):
        assert tasks.move_requests_on() == 1
    assert whose_turn(request) == "Max Manager"
    assert told(people.max)[-1] == "review"
