"""Merging two reports of one matter and taking one out again: what changes, who is told, who is refused."""

import uuid
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from audit import trail
from incidents import lifecycle, rules
from incidents.choices import Kind, Severity, Status, Verb
from incidents.models import Incident, Involvement
from incidents.operations import casework, checklist, conversation, merging
from notifications.models import Notice
from people.models import Role, User
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, counsel, officer, reported
from tests.personas import employee
from workflow.decisions import Denied, Refused

pytestmark = pytest.mark.django_db


def told(template: str) -> set[tuple[str, str]]:
    """Who was told this, and under which number."""
    rows = Notice.objects.filter(template=f"incidents/{template}", withdrawn_at=None)
    return set(rows.values_list("recipient__name", "reference"))


def actions(incident: Incident) -> list[str]:
    return [entry.action for entry in trail.of(incident)]


def again(incident: Incident) -> Incident:
    return Incident.objects.get(pk=incident.pk)


def test_a_merged_report_belongs_to_the_other_and_to_nobody_else() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    second, first = reported(), reported()
    casework.take(second, actor=bea)
    casework.start_triage(first, actor=ana)
    merging.merge(second, into=first, actor=bea)
    second = again(second)
    assert (second.status, second.merged_into, second.assignee) == (Status.MERGED, first, None)
    assert second.family == first.pk
    assert again(first).assignee == ana


def test_both_trails_tell_of_it_each_naming_the_other() -> None:
    ana = analyst()
    second, first = reported(), reported()
    merging.merge(second, into=first, actor=ana)
    merging.unmerge(second, actor=ana)
    here = [(entry.action, entry.facts.get("into")) for entry in trail.of(second)][1:]
    there = [(entry.action, entry.facts.get("other")) for entry in trail.of(first)][1:]
    assert here == [("incident.merge", first.reference), ("incident.unmerge", first.reference)]
    assert there == [("incident.merged_with", second.reference), ("incident.unmerged_from", second.reference)]


def test_the_reporter_hears_that_it_is_handled_with_another_and_never_which() -> None:
    erin, other = employee("Erin Employee"), employee("Olga Other")
    second, first = reported(erin), reported(other)
    merging.merge(second, into=first, actor=analyst())
    assert told("merged") == {("Erin Employee", second.reference)}
    notice = Notice.objects.get(template="incidents/merged")
    assert first.reference not in notice.url + str(notice.facts) + notice.reference
    assert "Olga" not in str(notice.facts)


def test_whoever_had_one_of_the_two_hears_that_they_are_one_case_now() -> None:
    ana, bea, cleo = analyst(), analyst("Bea Analyst"), analyst("Cleo Analyst")
    second, first = reported(), reported()
    casework.take(second, actor=bea)
    casework.take(first, actor=ana)
    merging.merge(second, into=first, actor=cleo)
    assert told("joined") == {("Ana Analyst", first.reference), ("Bea Analyst", first.reference)}


def test_whoever_merges_is_not_told_of_it_themselves() -> None:
    ana = analyst()
    second, first = reported(), reported()
    casework.take(first, actor=ana)
    merging.merge(second, into=first, actor=ana)
    assert told("joined") == set()


def test_a_report_taken_out_starts_afresh_with_nobody_on_it(at: At) -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    with at("2026-11-20 10:00"):
        second, first = reported(), reported()
        casework.start_triage(second, actor=ana)
        merging.merge(second, into=first, actor=ana)
    with at("2026-11-25 15:00"):
        merging.unmerge(second, actor=ana)
    second = again(second)
    assert (second.status, second.merged_into, second.assignee) == (Status.REOPENED, None, None)
    assert second.due_at == datetime(2026, 11, 27, 16, 30, tzinfo=ZoneInfo("America/Chicago"))
    assert told("unmerged") == {(bea.name, second.reference)}
    assert told("reopened") == {("Erin Employee", second.reference)}


def test_a_report_taken_out_can_be_merged_elsewhere() -> None:
    ana = analyst()
    second, first, third = reported(), reported(), reported()
    merging.merge(second, into=first, actor=ana)
    merging.unmerge(second, actor=ana)
    merging.merge(second, into=third, actor=ana)
    assert again(second).merged_into == third


def test_what_the_reporter_of_a_merged_report_writes_reaches_whoever_has_the_case() -> None:
    ana, erin = analyst(), employee()
    analyst("Bea Analyst")
    second, first = reported(erin), reported()
    casework.take(first, actor=ana)
    merging.merge(second, into=first, actor=ana)
    conversation.reply(second, actor=erin, body="It is still up.", submission=uuid.uuid4())
    assert told("reply") == {("Ana Analyst", second.reference)}


def test_the_office_still_answers_the_reporter_of_a_merged_report_in_their_own_thread() -> None:
    ana = analyst()
    second, first = reported(), reported(employee("Olga Other"))
    merging.merge(second, into=first, actor=ana)
    conversation.reply(second, actor=ana, body="Thank you.", submission=uuid.uuid4())
    assert told("question") == {("Erin Employee", second.reference)}


def test_a_decision_is_told_to_all_whose_reports_were_merged_each_under_their_own_number() -> None:
    ana, paul = analyst(), officer()
    first = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, reporter=employee("Olga Other"))
    second = reported()
    merging.merge(second, into=first, actor=ana)
    casework.decide(first, lifecycle.SUBSTANTIATE, actor=paul, finding="Seen.")
    for task in first.tasks.all():
        checklist.finish(task, actor=ana)
    casework.close(first, actor=ana)
    both = {("Olga Other", first.reference), ("Erin Employee", second.reference)}
    assert told("decided") == told("closed") == both


def test_a_merged_report_asks_nobody_for_anything() -> None:
    ana = analyst()
    second, first = reported(), reported()
    merging.merge(second, into=first, actor=ana)
    second = again(second)
    refused: list[Callable[[], object]] = [
        lambda: casework.take(second, actor=ana),
        lambda: casework.assign(second, actor=ana, to=ana),
        lambda: casework.start_triage(second, actor=ana),
        lambda: casework.decide_severity(second, actor=ana, severity=Severity.LOW, reason="x"),
        lambda: casework.name_person(second, actor=ana, person=employee()),
    ]
    for act in refused:
        with pytest.raises(Refused) as words:
            act()
        assert words.value.denied.conflict


def sentence(actor: User, incident: Incident, into: Incident) -> str:
    decision = rules.may_merge(actor, again(incident), again(into))
    return decision.reason if isinstance(decision, Denied) else ""


def test_only_the_privacy_office_merges_and_takes_out() -> None:
    second, first = reported(kind=Kind.ASKED, verb=Verb.REQUESTED), reported(kind=Kind.ASKED, verb=Verb.REQUESTED)
    for person in (counsel(), employee(roles=(Role.ADMINISTRATOR,)), employee()):
        with pytest.raises(Refused, match="Only the Privacy Office works on incidents"):
            merging.merge(second, into=first, actor=person)
    ana = analyst()
    merging.merge(second, into=first, actor=ana)
    with pytest.raises(Refused, match="Only the Privacy Office works on incidents"):
        merging.unmerge(second, actor=counsel("Other Counsel"))


def test_neither_the_reporter_of_one_nor_someone_named_in_the_other_merges_them() -> None:
    rita, nora, ana = analyst("Rita Reporter"), analyst("Nora Named"), analyst()
    mine, naming, plain = reported(rita), reported(people=(nora,)), reported()
    assert "You filed this report" in sentence(rita, mine, plain)
    assert "You filed this report" in sentence(rita, plain, mine)
    assert "You are named" in sentence(nora, plain, naming)
    assert sentence(ana, mine, naming) == ""


def test_a_report_is_not_merged_with_itself() -> None:
    incident = reported()
    assert sentence(analyst(), incident, incident) == ("This is the same report. Enter the number of the other one.")


@pytest.mark.parametrize("asked_first", [True, False])
def test_being_asked_for_an_account_is_merged_with_the_same_kind_only(asked_first: bool) -> None:
    asked, other = reported(kind=Kind.ASKED), reported(kind=Kind.OTHER)
    pair = (asked, other) if asked_first else (other, asked)
    assert "only merged with a report of the same kind" in sentence(analyst(), *pair)
    assert sentence(analyst(), asked, reported(kind=Kind.ASKED)) == ""


@pytest.mark.parametrize("status", [Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS])
def test_a_decided_case_is_not_merged_away_but_takes_others(status: Status) -> None:
    ana, paul = analyst(), officer()
    decided, fresh_one = brought_to(status, ana=ana, paul=paul), reported()
    assert sentence(ana, decided, fresh_one) == "This is decided. Review the case again first."
    assert sentence(ana, fresh_one, decided) == ""


def test_nothing_is_merged_into_a_closed_case_or_out_of_one() -> None:
    ana, paul = analyst(), officer()
    closed, fresh_one = brought_to(Status.CLOSED, ana=ana, paul=paul), reported()
    assert sentence(ana, fresh_one, closed) == f"{closed.reference} is closed. Reopen it first."
    assert sentence(ana, closed, fresh_one) == "This case is closed. Reopen it first."


def test_there_are_no_chains_of_merged_reports() -> None:
    ana = analyst()
    third, second, first = reported(), reported(), reported()
    merging.merge(second, into=first, actor=ana)
    assert sentence(ana, third, second) == (
        f"{second.reference} is merged with another report. Enter the number of that one."
    )
    assert sentence(ana, first, third) == "Other reports are merged into this one. Merge the other way round."
    assert "work on that one, or take this one out" in sentence(ana, second, third)


def test_a_report_that_stands_by_itself_is_not_taken_out() -> None:
    with pytest.raises(Refused, match="no longer open"):
        merging.unmerge(reported(), actor=analyst())


def test_a_case_with_merged_reports_does_not_change_between_being_asked_and_the_rest() -> None:
    ana = analyst()
    second, first = reported(), reported()
    assert rules.kind_suits_its_family(first, Kind.ASKED)
    merging.merge(second, into=first, actor=ana)
    assert rules.kind_suits_its_family(first, Kind.OTHER)
    assert not rules.kind_suits_its_family(first, Kind.ASKED)


def test_an_assignee_who_reported_or_is_named_in_the_other_loses_the_case() -> None:
    nora, rita, ana = analyst("Nora Named"), analyst("Rita Reporter"), analyst()
    for holder, other in ((nora, reported(people=(nora,))), (rita, reported(rita))):
        case = reported()
        casework.take(case, actor=holder)
        merging.merge(other, into=case, actor=ana)
        assert again(case).assignee is None


def test_naming_in_the_case_withdraws_what_was_told_of_the_merged_report_too() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    second, first = reported(), reported()
    merging.merge(second, into=first, actor=ana)
    conversation.note(second, actor=ana, body="See the other thread.", submission=uuid.uuid4())
    assert {number for name, number in told("note") if name == nora.name} == {second.reference}
    casework.name_person(first, actor=ana, person=nora)
    assert Involvement.objects.filter(person=nora).exists()
    assert not Notice.objects.filter(recipient=nora, withdrawn_at=None).exists()
