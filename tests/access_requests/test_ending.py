"""What ends access: revocation, a closed investigation, a move, a departure, or that nobody needs it any more."""

import uuid
from datetime import timedelta

import pytest

from access_requests.models import AccessRequest
from access_requests.operations import asking, ending
from audit.models import Entry
from investigations import closing
from investigations.models import Investigation, Member, Office
from people import changes, operations
from people.models import Role, User
from tests.access_requests.stage import Cast as People
from tests.access_requests.stage import (
    approved,
    as_it_stands,
    asked,
    cast,
    draft,
    granted,
    now,
    open_turn,
    told,
    whose_turn,
)
from tests.conftest import At
from tests.personas import employee, unit
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
Status, End = AccessRequest.Status, AccessRequest.End


@pytest.fixture(autouse=True)
def monday(at: At):  # type: ignore[no-untyped-def]
    """A plain working day."""
    with at("2026-11-16 10:00"):
        yield


def ended_for(request: AccessRequest, reason: str) -> str:
    """The state it is in, once it is sure that it ended for this reason, alone in the trail, and is nobody's turn."""
    stands = as_it_stands(request)
    assert stands.end_reason == reason
    assert open_turn(request) is None
    entry = Entry.objects.get(action="accessrequest.ended", record_id=str(request.pk))
    assert (entry.facts["status"], entry.facts["end"]) == (stands.status, reason)
    assert (stands.removal_due_at is not None) == (stands.status == Status.ENDING)
    return stands.status


def in_each_state(people: People, **answers: object) -> list[AccessRequest]:
    """Erin's requests: being decided, approved, in force."""
    return [
        asked(people.erin, **answers),
        approved(people.erin, **answers),
        granted(people.erin, people.ivan, **answers),
    ]


# --- A departure


def test_whoever_leaves_loses_every_access_at_once() -> None:
    people = cast()
    adam = employee("Adam Admin", roles=(Role.ADMINISTRATOR,))
    requests, unsent = in_each_state(people), draft(people.erin)
    operations.deactivate(people.erin, actor=adam)
    assert [ended_for(each, End.LEFT) for each in requests] == [Status.ENDED, Status.ENDED, Status.ENDING]
    assert as_it_stands(unsent).status == Status.DRAFT
    assert {as_it_stands(each).ended_by for each in requests} == {adam}
    assert "ended" not in told(people.erin)
    assert told(people.ivan).count("to_remove") == 1


def test_what_a_leaver_had_to_decide_goes_to_the_next_in_the_same_moment() -> None:
    people = cast()
    request = asked(people.erin)
    operations.deactivate(people.sam, actor=employee("Adam Admin", roles=(Role.ADMINISTRATOR,)))
    assert whose_turn(request) == "Max Manager"


def test_whoever_is_missing_from_the_directory_has_left_too() -> None:
    people = cast()
    requests = in_each_state(people)
    User.objects.filter(pk=people.erin.pk).update(is_active=False)
    changes.report("directory.left", actor=None, user=None, employee_numbers=[people.erin.employee_number])
    assert [ended_for(each, End.LEFT) for each in requests] == [Status.ENDED, Status.ENDED, Status.ENDING]


# --- A move


def moved(person: User, *, to: str) -> None:
    """The nightly import finds this person in another unit."""
    User.objects.filter(pk=person.pk).update(unit=unit(to))
    changes.report("directory.moved", actor=None, user=None, employee_numbers=[person.employee_number])


def test_a_move_ends_what_was_granted_and_takes_along_what_is_being_decided() -> None:
    people = cast()
    waiting, settled, running = in_each_state(people)
    other = granted(people.sam, people.ivan)
    moved(people.erin, to="ELSE")
    assert (ended_for(settled, End.MOVED), ended_for(running, End.MOVED)) == (Status.ENDED, Status.ENDING)
    assert (as_it_stands(waiting).status, whose_turn(waiting)) == (Status.SUBMITTED, "Sam Supervisor")
    assert as_it_stands(other).status == Status.ACTIVE
    assert told(people.erin).count("ended") == 2
    assert told(people.ivan).count("to_remove") == 1


def test_another_superior_in_the_same_unit_ends_nothing_and_decides() -> None:
    people = cast()
    waiting, _, running = in_each_state(people)
    User.objects.filter(pk=people.erin.pk).update(supervisor=people.max)
    moved(people.erin, to="OFF")
    assert as_it_stands(running).status == Status.ACTIVE
    assert whose_turn(waiting) == "Max Manager"


# --- A closed investigation


def test_a_closed_investigation_ends_all_access_for_it_and_nothing_else() -> None:
    people = cast()
    case = Investigation.objects.create(
        number="IA-2026-1",
        office=Office.INTERNAL_AFFAIRS,
        allegation=Investigation.Allegation.STATE_LAW,
        opened_by=people.max,
        opened_at=clock.now(),
        submission=uuid.uuid4(),
    )
    Member.objects.create(investigation=case, person=people.erin, added_by=people.max, added_at=clock.now())
    requests = in_each_state(people, investigation=case, case_number="")
    other = granted(people.erin, people.ivan)
    closing.tell(case, people.max)
    ended = [ended_for(each, End.CASE_CLOSED) for each in requests]
    assert ended == [Status.ENDED, Status.ENDED, Status.ENDING]
    assert {as_it_stands(each).ended_by for each in requests} == {people.max}
    assert as_it_stands(other).status == Status.ACTIVE
    assert told(people.erin).count("ended") == 3


# --- A revocation


def revoker(people: People, who: str) -> User:
    """One of the cast, or someone who holds an office."""
    if who == "privacy":
        return employee("Pia Privacy", roles=(Role.PRIVACY_OFFICER,))
    return now(getattr(people, who))


@pytest.mark.parametrize("who", ["sam", "max", "dora", "ivan", "privacy"])
def test_approvers_it_security_and_privacy_officers_revoke(who: str) -> None:
    people = cast()
    actor = revoker(people, who)
    running, settled = granted(people.erin, people.ivan), approved(people.erin)
    for request, status in ((running, Status.ENDING), (settled, Status.ENDED)):
        over = ending.revoke(request, actor=actor, words="The case is over.")
        said = (over.status, over.end_reason, over.end_words, over.ended_by)
        assert said == (status, End.REVOKED, "The case is over.", actor)
        assert Entry.objects.get(action="accessrequest.revoke", record_id=str(request.pk)).actor == actor
    assert told(people.erin).count("ended") == 2
    assert told(people.ivan).count("to_remove") == 1


@pytest.mark.parametrize("who", ["erin", "toni"])
def test_nobody_else_revokes(who: str) -> None:
    people = cast()
    for request in (granted(people.erin, people.ivan), approved(people.erin)):
        with pytest.raises(Refused, match="Only those who approved it, IT Security and Privacy Officers revoke access"):
            ending.revoke(request, actor=getattr(people, who), words="Over.")


def test_it_security_does_not_revoke_its_own_access() -> None:
    people = cast()
    ida = employee("Ida Itsec", supervisor=people.sam, unit=people.erin.unit, roles=(Role.IT_SECURITY,))
    with pytest.raises(Refused, match="Only those who approved it"):
        ending.revoke(granted(ida, people.ivan), actor=now(ida), words="Over.")


def test_what_is_not_approved_yet_is_declined_and_not_revoked() -> None:
    people = cast()
    with pytest.raises(Refused, match="This is being decided now, so “Revoke the access” is no longer open"):
        ending.revoke(asked(people.erin), actor=people.ivan, words="Over.")


def test_a_requester_gives_access_back_and_only_they_do() -> None:
    people = cast()
    request = granted(people.erin, people.ivan)
    with pytest.raises(Refused, match="Only the person who asks for access does this"):
        ending.finish(request, actor=people.sam)
    over = ending.finish(request, actor=people.erin)
    assert (over.status, over.end_reason) == (Status.ENDING, End.PURPOSE_OVER)
    assert "ended" not in told(people.erin)
    assert told(people.ivan)[-1] == "to_remove"


# --- Many at once


def test_however_many_end_each_has_its_entry_and_its_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    people = cast()
    monkeypatch.setattr(ending, "BATCH", 3)
    requests = [granted(people.erin, people.ivan) for _ in range(4)]
    requests += [asked(people.erin, starts_on=clock.today() + timedelta(days=1)) for _ in range(3)]
    asking.withdraw(asked(people.erin), actor=people.erin)
    changes.report("directory.left", actor=None, user=None, employee_numbers=[people.erin.employee_number])
    assert [ended_for(each, End.LEFT) for each in requests] == [Status.ENDING] * 4 + [Status.ENDED] * 3
    assert told(people.erin).count("ended") == 7
    assert told(people.ivan).count("to_remove") == 4
