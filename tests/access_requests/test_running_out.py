"""The clock across each boundary of what is in force: warnings, the last day, late removals."""

import uuid

import pytest

from access_requests import tasks
from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, granting
from audit.models import Entry
from people.models import Role
from tests.access_requests.stage import approved, as_it_stands, asked, cast, draft, gone, granted, now, open_turn, told
from tests.conftest import At
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db
Status, End = AccessRequest.Status, AccessRequest.End
# Thirty days from Monday, November 16, the first and the last included.
SENT, LAST_DAY = "2026-11-16 10:00", "2026-12-15"


def warnings_of(request: AccessRequest) -> int:
    """How often the requester was told that the last day is near."""
    return told(request.requester).count("runs_out")


# --- Warnings


@pytest.mark.parametrize(
    ("day", "warned"),
    [("2026-11-30", 0), ("2026-12-01", 1), ("2026-12-08", 1), ("2026-12-14", 1), ("2026-12-15", 1)],
    ids=["15 days before", "14 days before", "7 days before", "1 day before", "on the last day"],
)
def test_the_requester_is_warned_once_however_many_runs_were_missed(at: At, day: str, warned: int) -> None:
    people = cast()
    with at(SENT):
        request = granted(people.erin, people.ivan)
    with at(f"{day} 07:00"):
        tasks.remind()
        tasks.remind()
    assert warnings_of(request) == warned


def test_over_the_days_each_warning_comes_once(at: At) -> None:
    people = cast()
    with at(SENT):
        request = granted(people.erin, people.ivan)
    seen = {}
    for day in ("11-30", "12-01", "12-02", "12-07", "12-08", "12-13", "12-14", "12-15", "12-16"):
        with at(f"2026-{day} 07:00"):
            tasks.end_what_has_run_out()
            tasks.remind()
        seen[day] = warnings_of(request)
    assert list(seen.values()) == [0, 1, 1, 1, 2, 2, 3, 3, 3]


def test_nobody_who_left_is_warned(at: At) -> None:
    people = cast()
    with at(SENT):
        request = granted(people.erin, people.ivan)
    gone(people.erin)
    with at("2026-12-14 07:00"):
        tasks.remind()
    assert warnings_of(request) == 0


def test_what_is_not_in_force_runs_out_without_a_warning(at: At) -> None:
    people = cast()
    with at(SENT):
        request = approved(people.erin)
    with at("2026-12-14 07:00"):
        tasks.remind()
    assert warnings_of(request) == 0


# --- The last day


def test_access_ends_on_the_day_after_its_last_one_and_not_on_it(at: At) -> None:
    people = cast()
    with at(SENT):
        request = granted(people.erin, people.ivan)
    with at(f"{LAST_DAY} 23:59:59"):
        assert tasks.end_what_has_run_out() == 0
        assert as_it_stands(request).status == Status.ACTIVE
    with at("2026-12-16 00:00"):
        assert tasks.end_what_has_run_out() == 1
        assert tasks.end_what_has_run_out() == 0
    over = as_it_stands(request)
    assert (over.status, over.end_reason, over.ended_by) == (Status.ENDING, End.EXPIRED, None)
    assert told(people.erin)[-1] == "ended"
    assert told(people.ivan) == ["to_grant", "to_remove"]


def test_shortened_access_ends_after_the_shorter_time(at: At) -> None:
    people = cast()
    with at(SENT):
        request = asked(people.erin)
        for decider in (people.sam, people.max, people.dora):
            request = deciding.approve(request, actor=now(decider), until=request.starts_on)
        granting.grant(request, granting.Provision("Group", "Proxy", request.created_at.date()), actor=people.ivan)
    with at("2026-11-16 23:59"):
        assert tasks.end_what_has_run_out() == 0
    with at("2026-11-17 00:01"):
        assert tasks.end_what_has_run_out() == 1


def test_whatever_was_not_granted_in_its_time_ends_with_nothing_to_remove(at: At) -> None:
    people = cast()
    with at(SENT):
        waiting, settled, returned = asked(people.erin), approved(people.erin), asked(people.erin)
        deciding.give_back(returned, actor=people.sam, code=Turn.Code.TIME, words="Ten days are enough.")
        unsent, withdrawn = draft(people.erin), asking.withdraw(asked(people.erin), actor=people.erin)
    with at(f"{LAST_DAY} 23:59:59"):
        assert tasks.end_what_has_run_out() == 0
    with at("2026-12-16 00:00"):
        assert tasks.end_what_has_run_out() == 3
    for request in (waiting, settled, returned):
        over = as_it_stands(request)
        assert (over.status, over.end_reason, over.removal_due_at) == (Status.ENDED, End.EXPIRED, None)
        assert open_turn(request) is None
        entry = Entry.objects.get(action="accessrequest.ended", record_id=str(request.pk))
        assert (entry.facts["status"], entry.facts["end"]) == ("ended", "expired")
    assert told(people.erin).count("ended") == 3
    assert "to_remove" not in told(people.ivan)
    assert as_it_stands(unsent).status == Status.DRAFT
    assert as_it_stands(withdrawn).status == Status.WITHDRAWN


def test_access_in_force_is_copied_for_as_long_again_after_its_last_day(at: At) -> None:
    people = cast()
    with at(SENT):
        request = granted(people.erin, people.ivan)
    with at("2026-12-01 10:00"):
        again = asking.copy(as_it_stands(request), actor=people.erin, submission=uuid.uuid4())
    assert (str(again.starts_on), str(again.ends_on)) == ("2026-12-16", "2027-01-14")
    assert (again.renewal_of, again.status) == (request, Status.DRAFT)


# --- Removal


def test_a_late_removal_is_told_to_it_security_and_the_privacy_officer_once(at: At) -> None:
    people = cast()
    pia = employee("Pia Privacy", roles=(Role.PRIVACY_OFFICER,))
    with at(SENT):
        request = granted(people.erin, people.ivan)
    with at("2026-12-16 06:00"):
        tasks.end_what_has_run_out()
    with at("2026-12-17 16:29:59"):
        tasks.remind()
        assert (told(pia), told(people.ivan)[2:]) == ([], [])
    with at("2026-12-17 16:30"):
        tasks.remind()
        tasks.remind()
    assert (told(pia), told(people.ivan)[2:]) == (["removal_overdue"], ["removal_overdue"])
    with at("2026-12-18 10:00"):
        over = granting.remove(as_it_stands(request), actor=people.ivan, where="Proxy 2", on=clock.today())
        tasks.remind()
    assert (over.status, told(pia)) == (Status.ENDED, ["removal_overdue"])
    assert told(people.erin)[-1] == "removed"


def test_nobody_in_it_security_hears_of_the_removal_of_their_own_access(at: At) -> None:
    people = cast()
    ida = employee("Ida Itsec", supervisor=people.sam, unit=people.erin.unit, roles=(Role.IT_SECURITY,))
    with at(SENT):
        granted(ida, people.ivan)
    with at("2026-12-16 06:00"):
        tasks.end_what_has_run_out()
    with at("2026-12-20 06:00"):
        tasks.remind()
    assert set(told(ida)) == {"approved", "granted", "ended"}
    assert sorted(told(people.ivan)) == ["removal_overdue", "to_grant", "to_remove"]
