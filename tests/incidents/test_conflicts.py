"""A conflict of interest takes a case out of someone's sight and hands, whenever it arises and however."""

import uuid
from datetime import timedelta

import pytest

from incidents import lifecycle, rules
from incidents.choices import Kind, Severity, Status
from incidents.models import Incident
from incidents.operations import casework, conversation
from notifications import inbox
from notifications.models import Notice
from people.models import Delegation, Role, RoleGrant, User
from tests.incidents.stage import analyst, brought_to, counsel, fresh, officer, reported, settle
from tests.personas import employee
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db


def told(person: User) -> set[str]:
    """What this person finds in their list, by template."""
    return set(inbox.latest(person).values_list("template", flat=True))


def standing_in(delegate: User, delegator: User) -> Delegation:
    """Someone who stands in for another this week."""
    today = clock.today()
    return Delegation.objects.create(
        delegator=delegator, delegate=delegate, starts_on=today, ends_on=today + timedelta(days=6), reason="leave"
    )


def test_nobody_above_the_accused_is_given_the_case() -> None:
    ana, boss = analyst(), analyst("Boss Above")
    incident = reported(kind=Kind.ASKED, people=(employee(supervisor=boss),))
    with pytest.raises(Refused, match="cannot be given to the person you chose"):
        casework.assign(incident, actor=ana, to=boss)
    with pytest.raises(Refused, match="You are above, or stand in for"):
        casework.take(incident, actor=boss)


def test_a_case_that_becomes_one_of_asking_leaves_the_hands_of_those_above_and_counsel_is_told() -> None:
    boss, carla = analyst("Boss Above"), counsel()
    incident = reported(people=(employee(supervisor=boss),))
    casework.take(incident, actor=boss)
    assert told(carla) == set()
    casework.reclassify(incident, actor=officer(), kind=Kind.ASKED, still_live="", moved_to_personal="")
    incident.refresh_from_db()
    assert incident.assignee is None
    assert told(boss) == set()
    assert told(carla) == {"incidents/new_report"}


def test_naming_someone_below_takes_an_asked_case_from_the_person_above() -> None:
    boss = analyst("Boss Above")
    incident = reported(kind=Kind.ASKED)
    casework.take(incident, actor=boss)
    casework.name_person(incident, actor=officer(), person=employee(supervisor=boss))
    assert Incident.objects.get(pk=incident.pk).assignee is None


def test_what_someone_was_told_is_taken_back_once_they_are_named() -> None:
    nora = analyst("Nora Named")
    incident = reported()
    assert told(nora) == {"incidents/new_report"}
    casework.name_person(incident, actor=officer(), person=nora)
    assert told(nora) == set()
    assert inbox.unread_count(nora) == 0
    assert not Notice.objects.due().filter(recipient=nora).exists()


@pytest.mark.parametrize("kind", [Kind.EXPOSURE, Kind.ASKED])
def test_whoever_stands_in_for_someone_named_sees_and_hears_nothing(kind: Kind) -> None:
    nora, dee = employee("Nora Named"), analyst("Dee Delegate")
    absence = standing_in(dee, nora)
    incident = reported(kind=kind, people=(nora,))
    assert incident not in rules.visible_to(dee)
    assert told(dee) == set()
    assert not rules.may_work_on(dee, incident)
    Delegation.objects.filter(pk=absence.pk).update(ended_at=clock.now())
    assert incident in rules.visible_to(dee)


def test_whoever_stands_in_for_someone_above_the_accused_sees_no_asked_case() -> None:
    boss, dee = employee("Boss Above"), analyst("Dee Delegate")
    standing_in(dee, boss)
    incident = reported(kind=Kind.ASKED, people=(employee(supervisor=boss),))
    assert incident not in rules.visible_to(dee)
    assert dee not in rules.staff_concerned(incident)


def test_news_goes_to_the_whole_office_once_the_holder_is_no_longer_in_it() -> None:
    ana, bea, erin = analyst(), analyst("Bea Analyst"), employee()
    incident = reported(erin)
    casework.take(incident, actor=ana)
    RoleGrant.objects.filter(user=ana).update(revoked_at=clock.now(), revoked_by=bea)
    conversation.reply(incident, actor=erin, body="Here is more.", submission=uuid.uuid4())
    assert "incidents/reply" in told(bea)
    assert "incidents/reply" not in told(ana)


def test_counsel_is_not_told_of_messages_they_cannot_read() -> None:
    carla, erin = counsel(), employee()
    analyst()
    incident = reported(erin, kind=Kind.ASKED)
    conversation.reply(incident, actor=erin, body="Here is more.", submission=uuid.uuid4())
    assert told(carla) == {"incidents/new_report"}


def test_where_nobody_in_the_office_may_see_a_report_an_administrator_is_asked_to_find_someone() -> None:
    adam, only = employee("Adam Admin", roles=(Role.ADMINISTRATOR,)), officer()
    incident = reported(people=(only,))
    assert told(adam) == {"incidents/nobody"}
    assert told(only) == set()
    rescue = officer("Rita Rescue")
    assert incident in rules.visible_to(rescue)


def test_a_reporter_in_the_privacy_office_sees_their_report_only_as_its_reporter() -> None:
    ana = analyst()
    incident = reported(ana)
    assert incident not in rules.visible_to(ana)
    assert incident in rules.reported_by(ana)


def test_a_decision_by_someone_named_afterwards_is_made_again_before_closing() -> None:
    ana, paul, rita = analyst(), officer(), officer("Rita Officer")
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul)
    casework.name_person(incident, actor=ana, person=paul)
    with pytest.raises(Refused, match="Review the case again first"):
        casework.close(incident, actor=ana)
    with pytest.raises(Refused, match="Only a Privacy Officer"):
        casework.review_again(incident, actor=ana)
    casework.review_again(incident, actor=rita)
    casework.decide(incident, lifecycle.SUBSTANTIATE, actor=rita, finding="Seen again.")
    settle(incident, ana)
    casework.close(incident, actor=ana)
    assert Incident.objects.get(pk=incident.pk).status == Status.CLOSED


def test_a_reopened_case_has_its_full_time_again() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.REOPENED, ana=ana, paul=paul)
    casework.start_triage(incident, actor=ana)
    assert Incident.objects.get(pk=incident.pk).due_at > clock.now() + timedelta(days=9)


def test_a_closed_case_is_given_to_nobody() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.CLOSED, ana=ana, paul=paul)
    with pytest.raises(Refused, match="Reopen it first"):
        casework.take(incident, actor=paul)
    with pytest.raises(Refused, match="Reopen it first"):
        casework.assign(incident, actor=ana, to=paul)


def test_the_severity_of_a_decided_case_stays() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul)
    with pytest.raises(Refused, match="Review the case again first"):
        casework.decide_severity(incident, actor=ana, severity=Severity.HIGH, reason="x")


def test_the_case_list_of_colleagues_does_not_tell_who_reported() -> None:
    ana = analyst()
    reported(analyst("Bea Reporter"), confidential=True)
    assert {person.name for person in rules.assignable()} >= {"Bea Reporter", "Ana Analyst"}
    assert fresh(ana).has_role(Role.PRIVACY_ANALYST)
