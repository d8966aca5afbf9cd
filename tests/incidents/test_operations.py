"""What each verb changes, writes down and tells; who is refused; what two at once bring about."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from audit import trail
from incidents import lifecycle
from incidents.choices import Ground, Kind, Severity, Status, YesNo
from incidents.models import Draft, Incident, Message, Unmasking
from incidents.operations import casework, conversation, reminding, reporting
from notifications.models import Notice
from people.models import Role, User
from tests.conftest import At
from tests.incidents.stage import analyst, brought_to, counsel, officer, reported
from tests.personas import employee
from workflow.decisions import Refused
from workflow.lifecycle import Transition

pytestmark = pytest.mark.django_db


def told(template: str) -> set[str]:
    """The names of those who were told this."""
    return set(Notice.objects.filter(template=f"incidents/{template}").values_list("recipient__name", flat=True))


def actions(incident: Incident) -> list[str]:
    return [entry.action for entry in trail.of(incident)]


def test_a_report_is_written_down_and_the_privacy_office_and_the_reporter_are_told() -> None:
    analyst(), officer(), counsel()
    erin = employee()
    incident = reported(erin)
    assert incident.status == Status.REPORTED
    assert incident.pk >= 1001
    assert actions(incident) == ["incident.reported"]
    assert told("new_report") == {"Ana Analyst", "Paul Officer"}
    assert told("receipt") == {"Erin Employee"}


def test_the_person_named_is_told_nothing() -> None:
    analyst()
    named = employee("Nora Named", roles=(Role.PRIVACY_ANALYST,))
    reported(people=(named,))
    assert not Notice.objects.filter(recipient=named).exists()


def test_counsel_is_told_when_someone_was_asked_for_their_account() -> None:
    analyst(), counsel()
    reported(kind=Kind.ASKED)
    assert told("new_report") == {"Ana Analyst", "Carla Counsel"}


def test_a_notice_names_the_case_by_its_number_only() -> None:
    analyst()
    incident = reported(narrative="A secret nobody should read in a mail.")
    for notice in Notice.objects.all():
        assert notice.reference == incident.reference
        assert "secret" not in str(notice.facts) + notice.url


def test_the_first_look_is_due_on_the_next_business_day(at: At) -> None:
    with at("2026-11-25 15:00"):
        incident = reported()
    assert incident.due_at == datetime(2026, 11, 27, 16, 30, tzinfo=ZoneInfo("America/Chicago"))


def test_one_draft_becomes_one_incident_however_often_it_is_sent() -> None:
    erin = employee()
    first = reported(erin)
    draft = Draft.objects.get(incident=first)
    again = reporting.file_report(draft, actor=erin, facts={}, people=[])
    assert again == first
    assert Incident.objects.count() == 1
    assert draft.answers == {}


def test_nobody_files_the_draft_of_another() -> None:
    draft = reporting.open_draft(author=employee())
    facts = {"narrative": "Mine.", "confidential": False, "discovered_on": date(2026, 3, 2)}
    filed = reporting.file_report(draft, actor=employee("Mallory"), facts=facts, people=[])
    assert filed.draft != draft
    assert Draft.objects.get(pk=draft.pk).filed_at is None


def test_old_unfinished_reports_are_thrown_away_after_the_setting(at: At) -> None:
    with at("2026-01-05 09:00"):
        stale = reporting.save_draft(reporting.open_draft(author=employee()), {"narrative": "x"})
    with at("2026-02-04 08:59"):
        assert reporting.discard_old_drafts() == 0
    with at("2026-02-04 09:01"):
        assert reporting.discard_old_drafts() == 1
    assert not Draft.objects.filter(pk=stale.pk).exists()


def test_starting_triage_gives_the_case_to_whoever_starts_it() -> None:
    ana, incident = analyst(), reported()
    casework.start_triage(incident, actor=ana)
    incident.refresh_from_db()
    assert (incident.status, incident.assignee) == (Status.IN_TRIAGE, ana)
    assert actions(incident) == ["incident.reported", "incident.start_triage", "incident.assigned"]
    assert told("in_triage") == {"Erin Employee"}
    assert told("assigned") == set()


def test_the_reporter_hears_once_that_someone_has_the_report() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    casework.take(incident, actor=ana)
    casework.assign(incident, actor=ana, to=bea)
    casework.start_triage(incident, actor=bea)
    assert Notice.objects.filter(template="incidents/in_triage").count() == 1


def test_a_colleague_who_is_given_a_case_is_told() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    casework.assign(incident, actor=ana, to=bea)
    assert told("assigned") == {"Bea Analyst"}


def test_a_case_is_not_given_to_someone_named_in_it_or_outside_the_office() -> None:
    ana, named = analyst(), analyst("Nora Named")
    erin = employee()
    incident = reported(erin, people=(named,))
    for person in (named, employee("Olaf Outside"), erin):
        with pytest.raises(Refused, match="cannot be given to the person you chose"):
            casework.assign(incident, actor=ana, to=person)


def test_the_second_of_two_who_take_a_case_reads_who_was_first() -> None:
    ana, bea, incident = analyst(), analyst("Bea Analyst"), reported()
    casework.take(incident, actor=ana)
    with pytest.raises(Refused, match="Ana Analyst took this case a moment ago") as refused:
        casework.take(incident, actor=bea)
    assert refused.value.denied.conflict


@pytest.mark.django_db(transaction=True)
def test_of_two_analysts_who_take_a_case_at_once_exactly_one_gets_it() -> None:
    people = [analyst("Ana Analyst"), analyst("Bea Analyst")]
    for _ in range(10):
        incident = reported()

        def take(person: User, incident: Incident = incident) -> str:
            try:
                casework.take(incident, actor=person)
            except Refused as refused:
                return str(refused)
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(take, people))
        winner = Incident.objects.get(pk=incident.pk).assignee
        assert winner is not None
        assert sorted(answers) == ["", f"{winner.name} took this case a moment ago."]
        assert actions(incident).count("incident.assigned") == 1


def test_naming_the_person_who_has_the_case_takes_it_from_them() -> None:
    ana, incident = analyst(), reported()
    casework.take(incident, actor=ana)
    casework.name_person(incident, actor=officer(), person=ana)
    incident.refresh_from_db()
    assert incident.assignee is None
    with pytest.raises(Refused, match="You are named in this report and cannot work on it"):
        casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="x")


def test_the_severity_a_person_decided_stands_beside_what_was_suggested() -> None:
    ana, incident = analyst(), reported(information=["health"])
    casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="Contained at once.")
    entry = trail.of(incident).last()
    assert entry is not None
    assert entry.facts == {"severity": "low", "suggested": "high"}


def test_officers_are_told_that_a_case_awaits_their_decision() -> None:
    ana, paul = analyst(), officer()
    brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    assert told("review") == {"Paul Officer"}


@pytest.mark.parametrize(
    ("step", "status"),
    [(lifecycle.NOT_SUBSTANTIATE, Status.UNSUBSTANTIATED), (lifecycle.CALL_NEAR_MISS, Status.NEAR_MISS)],
)
def test_finding_nothing_needs_a_ground_that_counts(step: Transition[Incident], status: str) -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    with pytest.raises(Refused, match="still confidential under"):
        casework.decide(incident, step, actor=paul, finding="It was blurred.", ground=Ground.ALTERED)
    casework.decide(incident, step, actor=paul, finding="Never visible.", ground=Ground.NOT_EXPOSED)
    incident.refresh_from_db()
    assert (incident.status, incident.decided_by, incident.ground) == (status, paul, Ground.NOT_EXPOSED)
    assert told("decided") == {"Erin Employee"}


def test_closing_and_reopening_are_written_down_and_told() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.REOPENED, ana=ana, paul=paul)
    assert incident.closed_at is not None
    assert actions(incident)[-2:] == ["incident.close", "incident.reopen"]
    assert told("closed") == told("reopened") == {"Erin Employee"}
    assert Message.objects.get(incident=incident).audience == Message.Audience.OFFICE


def test_the_thread_reaches_the_other_side() -> None:
    ana, erin = analyst(), employee()
    incident = reported(erin)
    casework.take(incident, actor=ana)
    conversation.reply(incident, actor=ana, body="Is it still up?", submission=uuid.uuid4())
    assert told("question") == {"Erin Employee"}
    conversation.reply(incident, actor=erin, body="Yes.", submission=uuid.uuid4())
    assert told("reply") == {"Ana Analyst"}


def test_one_submission_is_one_message() -> None:
    erin = employee()
    incident, number = reported(erin), uuid.uuid4()
    for _ in range(2):
        conversation.reply(incident, actor=erin, body="Only once.", submission=number)
    assert Message.objects.count() == 1


def test_a_stranger_neither_writes_nor_notes() -> None:
    incident, stranger = reported(), employee("Sam Stranger")
    for verb in (conversation.reply, conversation.note):
        with pytest.raises(Refused, match="Only the Privacy Office"):
            verb(incident, actor=stranger, body="x", submission=uuid.uuid4())


def test_the_reporter_writes_no_office_note() -> None:
    ana = analyst()
    with pytest.raises(Refused, match="You filed this report"):
        conversation.note(reported(ana), actor=ana, body="x", submission=uuid.uuid4())


def test_unmasking_is_recorded_once_and_told_to_the_reporter() -> None:
    paul, incident = officer(), reported(confidential=True)
    casework.unmask(incident, actor=paul, reason="The time can only be confirmed by the reporter.")
    casework.unmask(incident, actor=paul, reason="Again.")
    assert Unmasking.objects.get().officer == paul
    assert told("unmasked") == {"Erin Employee"}
    assert actions(incident).count("incident.unmasked") == 1


def test_a_closed_case_is_not_changed_quietly() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.CLOSED, ana=ana, paul=paul)
    with pytest.raises(Refused, match="Reopen it first"):
        casework.reclassify(incident, actor=ana, kind=Kind.OTHER, still_live=YesNo.NO, moved_to_personal="")
    with pytest.raises(Refused, match="Reopen it first"):
        casework.name_person(incident, actor=ana, person=employee())
    with pytest.raises(Refused, match="Reopen it first"):
        casework.decide_severity(incident, actor=ana, severity=Severity.HIGH, reason="x")


def test_whoever_has_a_due_case_is_reminded_once(at: At) -> None:
    ana = analyst()
    with at("2026-11-23 09:00"):
        incident = reported()
        casework.take(incident, actor=ana)
        assert reminding.remind_of_due_cases() == 1
        assert reminding.remind_of_due_cases() == 1
    assert told("due") == {"Ana Analyst"}
    assert Notice.objects.filter(template="incidents/due").count() == 1


def test_a_decided_case_reminds_nobody() -> None:
    brought_to(Status.SUBSTANTIATED, ana=analyst(), paul=officer())
    assert reminding.remind_of_due_cases() == 0


@pytest.mark.django_db(transaction=True)
def test_a_report_sent_twice_at_once_is_filed_once() -> None:
    erin = employee()
    facts = {"kind": Kind.OTHER, "narrative": "Once.", "confidential": False, "discovered_on": date(2026, 3, 2)}
    for _ in range(5):
        draft = reporting.open_draft(author=erin)

        def file(_: int, draft: Draft = draft) -> int:
            try:
                return reporting.file_report(draft, actor=erin, facts=facts, people=[]).pk
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            numbers = set(pool.map(file, range(4)))
        assert len(numbers) == 1
    assert Incident.objects.count() == 5
