"""The clock across each boundary of a decision: reminders, escalation, standstill; silence never approves."""

import pytest
from pytest_django import Settings

from access_requests import tasks
from access_requests.models import AccessRequest, Turn
from access_requests.operations import deciding, turns
from audit.models import Entry
from people.models import Role, User
from tests.access_requests.stage import as_it_stands, asked, cast, draft, now, open_turn, told, whose_turn
from tests.conftest import At
from tests.personas import employee

pytestmark = pytest.mark.django_db
Status = AccessRequest.Status


@pytest.fixture
def designee(settings: Settings) -> User:
    """Desi stands nowhere in the chain and decides where it ends."""
    person = employee("Desi Designee")
    settings.SECRETARY_DESIGNEE = person.email
    return person


def overdue(request: AccessRequest, at: At, day: str) -> str:
    """Who has it once the clock ran at the close of business of this day."""
    with at(f"{day} 16:30"):
        turns.move_on_all()
    return whose_turn(request)


@pytest.mark.parametrize(
    ("sent", "last_second", "due"),
    [
        ("2026-11-16 10:00", "2026-11-19 16:29:59", "2026-11-19 16:30"),
        ("2026-11-16 17:00", "2026-11-19 16:29:59", "2026-11-19 16:30"),
        ("2026-11-19 10:00", "2026-11-24 16:29:59", "2026-11-24 16:30"),
        ("2026-11-21 10:00", "2026-11-25 16:29:59", "2026-11-25 16:30"),
        ("2026-11-24 10:00", "2026-11-30 16:29:59", "2026-11-30 16:30"),
    ],
    ids=["in one week", "after closing", "over a weekend", "sent on a Saturday", "over Thanksgiving and a weekend"],
)
def test_it_goes_to_the_next_exactly_when_it_is_due(at: At, sent: str, last_second: str, due: str) -> None:
    people = cast()
    with at(sent):
        request = asked(people.erin)
    with at(last_second):
        assert turns.move_on_all() == 0
        assert whose_turn(request) == "Sam Supervisor"
    with at(due):
        assert turns.move_on_all() == 1
        assert whose_turn(request) == "Max Manager"
        assert turns.move_on_all() == 0
    assert (told(people.sam), told(people.max)) == (["awaiting", "passed_over"], ["awaiting"])
    assert told(people.erin) == ["escalated"]


def test_whoever_let_the_time_pass_reads_that_someone_else_decides(at: At) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.erin)
    overdue(request, at, "2026-11-19")
    turn = open_turn(request)
    assert turn is not None
    assert turn.why.startswith("Sam Supervisor did not decide in time.")
    assert request.turns.get(person=people.sam).outcome == Turn.Outcome.PASSED_OVER


def test_whoever_has_it_decides_until_the_clock_has_run(at: At) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.erin)
    with at("2026-11-19 16:31"):
        deciding.approve(as_it_stands(request), actor=now(people.sam))
        assert turns.move_on_all() == 0
    assert whose_turn(request) == "Max Manager"


@pytest.mark.parametrize(
    ("sent", "too_early", "in_time"),
    [
        ("2026-11-16 10:00", "2026-11-17 23:59", "2026-11-18 00:00"),
        ("2026-11-19 10:00", "2026-11-20 08:00", "2026-11-23 08:00"),
        ("2026-11-24 10:00", "2026-11-25 08:00", "2026-11-27 08:00"),
    ],
    ids=["in one week", "over a weekend", "over Thanksgiving"],
)
def test_whose_turn_it_is_hears_once_a_business_day_before_it_is_due(
    at: At, sent: str, too_early: str, in_time: str
) -> None:
    people = cast()
    with at(sent):
        request = asked(people.erin)
    with at(too_early):
        tasks.remind()
    assert told(people.sam) == ["awaiting"]
    with at(in_time):
        tasks.remind()
        tasks.remind()
    assert sorted(told(people.sam)) == ["awaiting", "decision_due"]
    assert told(people.max) == []
    assert whose_turn(request) == "Sam Supervisor"


def test_nobody_is_reminded_of_what_was_decided(at: At) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        deciding.decline(asked(people.erin), actor=people.sam, words="Public viewing is enough.")
    with at("2026-11-18 10:00"):
        assert tasks.remind() == 0


def test_silence_goes_all_the_way_up_and_approves_nothing(at: At, designee: User) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.erin)
    asked_in_turn = [
        overdue(request, at, day) for day in ("2026-11-19", "2026-11-24", "2026-11-30", "2026-12-03", "2026-12-08")
    ]
    assert asked_in_turn == ["Max Manager", "Dora Director", "Toni Top", "Desi Designee", "Desi Designee"]
    assert as_it_stands(request).status == Status.SUBMITTED
    assert told(designee) == ["awaiting"]


def test_beyond_a_silent_head_the_next_above_settles_it(at: At) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.erin)
        for decider in (people.sam, people.max):
            request = deciding.approve(request, actor=now(decider))
    assert overdue(request, at, "2026-11-19") == "Toni Top"
    with at("2026-11-20 10:00"):
        assert deciding.approve(as_it_stands(request), actor=now(people.toni)).status == Status.APPROVED


def test_approvals_below_a_silent_head_settle_nothing(at: At, settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.erin)
        for decider in (people.sam, people.max):
            request = deciding.approve(request, actor=now(decider))
    assert overdue(request, at, "2026-11-19") == "Toni Top"
    assert overdue(request, at, "2026-11-24") == "Toni Top"
    assert as_it_stands(request).status == Status.SUBMITTED


def test_a_standstill_is_told_to_the_privacy_officer_once_and_the_last_one_may_still_decide(
    at: At, settings: Settings
) -> None:
    settings.SECRETARY_DESIGNEE = ""
    pia = employee("Pia Privacy", roles=(Role.PRIVACY_OFFICER,))
    people = cast()
    with at("2026-11-16 10:00"):
        request = asked(people.dora)
    assert overdue(request, at, "2026-11-19") == "Toni Top"
    assert told(pia) == ["nobody_left"]
    assert overdue(request, at, "2026-11-24") == "Toni Top"
    assert told(pia) == ["nobody_left"]
    assert Entry.objects.filter(action="accessrequest.nobody_left", record_id=str(request.pk)).count() == 2
    with at("2026-11-25 10:00"):
        assert deciding.approve(as_it_stands(request), actor=now(people.toni)).status == Status.APPROVED


def test_a_draft_waits_for_ever(at: At) -> None:
    people = cast()
    with at("2026-11-16 10:00"):
        request = draft(people.erin)
    with at("2027-11-16 10:00"):
        assert (tasks.move_requests_on(), tasks.remind(), tasks.end_what_has_run_out()) == (0, 0, 0)
    assert as_it_stands(request).status == Status.DRAFT
