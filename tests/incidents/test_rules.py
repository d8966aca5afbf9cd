"""Who sees, works on and decides an incident, at each boundary the policy draws."""

import pytest

from incidents import rules
from incidents.choices import Ground, Kind, Severity, Status, Verb, YesNo
from incidents.models import Incident
from incidents.operations import casework, merging
from people.models import Role, RoleGrant
from policies.clauses import REGISTER, Clause
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, fresh, officer, reported, settle
from tests.personas import employee
from workflow.decisions import Decision

pytestmark = pytest.mark.django_db


def reason(decision: Decision) -> str:
    return getattr(decision, "reason", "")


def test_the_privacy_office_sees_every_report_and_nobody_else_does() -> None:
    incident = reported()
    assert incident in rules.visible_to(analyst())
    assert incident in rules.visible_to(officer())
    for role in set(Role) - {Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER}:
        assert incident not in rules.visible_to(employee(roles=(role,))), role
    assert incident not in rules.visible_to(employee())


def test_counsel_sees_only_reports_of_being_asked_for_an_account() -> None:
    carla = counsel()
    asked, other = reported(kind=Kind.ASKED), reported()
    assert list(rules.visible_to(carla)) == [asked]
    assert other not in rules.visible_to(carla)


@pytest.mark.parametrize("role", [Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER])
def test_someone_named_in_a_report_never_sees_it_whatever_their_role(role: Role) -> None:
    named = employee("Nora Named", roles=(role,))
    incident = reported(people=(named,))
    assert incident not in rules.visible_to(named)
    assert reason(rules.may_work_on(named, incident)) == "You are named in this report and cannot work on it."
    assert not rules.sees(named, str(incident.pk))


def test_counsel_named_in_a_report_does_not_see_it_either() -> None:
    carla = counsel()
    assert reported(kind=Kind.ASKED, people=(carla,)) not in rules.visible_to(carla)


def test_a_report_of_being_asked_is_hidden_from_everyone_above_the_accused() -> None:
    top = officer("Otto Above")
    middle = analyst("Mia Middle", supervisor=top)
    accused = employee("Alan Accused", supervisor=middle)
    elsewhere = analyst("Else Where")
    incident = reported(kind=Kind.ASKED, verb=Verb.REQUESTED, people=(accused,))
    assert incident not in rules.visible_to(top)
    assert incident not in rules.visible_to(middle)
    assert incident in rules.visible_to(elsewhere)
    told = set(rules.staff_concerned(incident))
    assert elsewhere in told
    assert not told & {top, middle, accused}


def test_other_reports_stay_visible_to_those_above_the_person_named() -> None:
    boss = officer()
    incident = reported(people=(employee(supervisor=boss),))
    assert incident in rules.visible_to(boss)


def test_a_loop_in_the_directory_does_not_hang_the_question() -> None:
    one = analyst("One")
    two = employee("Two", supervisor=one)
    one.supervisor = two
    one.save()
    incident = reported(kind=Kind.ASKED, people=(two,))
    assert incident not in rules.visible_to(one)


def test_a_former_analyst_sees_nothing_on_the_next_request() -> None:
    ana, incident = analyst(), reported()
    assert incident in rules.visible_to(ana)
    RoleGrant.objects.filter(user=ana).update(revoked_at="2026-01-01T00:00Z", revoked_by=officer())
    assert incident not in rules.visible_to(fresh(ana))


def test_a_deactivated_officer_holds_no_role() -> None:
    paul = officer()
    paul.is_active = False
    assert not rules.visible_to(paul).exists()


def test_the_reporter_does_not_work_on_their_own_report_even_in_the_privacy_office() -> None:
    ana = analyst()
    assert "You filed this report" in reason(rules.may_work_on(ana, reported(ana)))


def test_only_the_privacy_office_may_close() -> None:
    incident = brought_to(Status.SUBSTANTIATED, ana=analyst(), paul=officer())
    assert reason(rules.may_close(employee(), incident)) == "Only the Privacy Office may close an incident."
    assert reason(rules.may_close(counsel(), incident)) == "Only the Privacy Office may close an incident."
    another = analyst("Another")
    settle(incident, another)
    assert rules.may_close(another, incident)


def test_an_undecided_case_cannot_be_closed() -> None:
    assert reason(rules.may_close(analyst(), reported())) == "Decide what was found first."


def test_only_an_officer_decides() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul)
    assert reason(rules.may_decide(ana, incident)) == "Only a Privacy Officer decides what was found."
    assert rules.may_decide(paul, incident)


@pytest.mark.parametrize(
    ("assigned", "severity", "words"),
    [(False, Severity.LOW, "Give the case to someone first."), (True, "", "Decide the severity first.")],
)
def test_a_review_needs_an_assignee_and_a_severity(assigned: bool, severity: str, words: str) -> None:
    ana, incident = analyst(), reported()
    incident.assignee, incident.severity = (ana if assigned else None), severity
    assert reason(rules.is_ready_for_review(ana, incident)) == words


def test_a_blurred_picture_is_no_ground_to_find_nothing() -> None:
    blurred = "A blurred or altered photograph is still confidential under II(A)(2)."
    assert reason(rules.ground_counts(Ground.ALTERED)) == blurred
    assert all(rules.ground_counts(ground) for ground in set(Ground) - {Ground.ALTERED})


@pytest.mark.parametrize("verb", list(Verb))
def test_all_four_ways_of_asking_violate_and_only_requiring_flags_the_statute(verb: Verb) -> None:
    incident = reported(kind=Kind.ASKED, verb=verb)
    assert reason(rules.asking_was_allowed(incident)) == (
        "DHS may not require, request, suggest or cause this (II(B))."
    )
    assert rules.statute_applies(incident) == (verb == Verb.REQUIRED)


def test_the_statute_speaks_only_of_accounts_that_were_asked_for() -> None:
    assert not rules.statute_applies(reported(verb=Verb.REQUIRED))
    assert rules.asking_was_allowed(reported())


def test_how_they_asked_is_on_record_before_it_is_decided() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, kind=Kind.ASKED)
    words = "Record how they asked first: required, requested, suggested or caused (II(B))."
    assert reason(rules.may_decide(paul, incident)) == words
    page = browser(paul).post(case_url(incident, "decide", "substantiate"), {"finding": "Two people heard it."})
    assert (page.status_code, words in page.content.decode()) == (409, True)
    for verb in Verb:
        incident.verb = verb
        assert rules.may_decide(paul, incident)
    incident.verb, incident.kind = "", Kind.OTHER
    assert rules.may_decide(paul, incident)


@pytest.mark.parametrize("ground", list(Ground))
def test_what_was_asked_for_violates_whatever_came_of_it(ground: Ground) -> None:
    asked, other = reported(kind=Kind.ASKED, verb=Verb.SUGGESTED), reported()
    answers = ground not in {Ground.NOT_CONFIDENTIAL, Ground.NOT_EXPOSED}
    assert bool(rules.ground_answers_asking(asked, ground)) == answers
    assert rules.ground_answers_asking(other, ground)
    assert rules.ground_answers_asking(asked, "")


def test_finding_nothing_on_such_a_ground_is_refused_to_the_officer_who_tries() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=ana, paul=paul, kind=Kind.ASKED, verb=Verb.SUGGESTED)
    typed = {"ground": Ground.NOT_EXPOSED, "finding": "Nobody gave it."}
    page = browser(paul).post(case_url(incident, "decide", "not_substantiate"), typed)
    assert page.status_code in {403, 422}
    assert "DHS may not require, request, suggest or cause this (II(B))." in page.content.decode()
    typed["ground"] = Ground.NO_EVIDENCE
    assert browser(paul).post(case_url(incident, "decide", "not_substantiate"), typed).status_code == 302


def test_whoever_has_the_case_hears_of_what_was_merged_into_it_and_else_all_who_may() -> None:
    ana, bea, nora = analyst(), analyst("Bea Analyst"), analyst("Nora Named")
    second, first = reported(), reported(people=(nora,))
    merging.merge(second, into=first, actor=ana)
    second = Incident.objects.get(pk=second.pk)
    assert set(rules.holder_or_office(second)) == {ana, bea}
    casework.take(first, actor=bea)
    assert rules.holder_or_office(Incident.objects.get(pk=second.pk)) == [bea]


def test_being_kept_from_a_merged_report_is_refused_in_words_that_name_nobody() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    second, first = reported(people=(nora,)), reported()
    merging.merge(second, into=first, actor=ana)
    words = reason(rules.may_work_on(nora, Incident.objects.get(pk=first.pk)))
    assert words == (
        "You are above, or stand in for, someone in this report, or it is merged with one that concerns you."
        " You cannot work on it."
    )


@pytest.mark.parametrize("moved", [YesNo.NO, YesNo.UNKNOWN, ""])
def test_an_account_on_a_dhs_address_must_be_moved_before_the_case_closes(moved: str) -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul, kind=Kind.DHS_EMAIL, moved_to_personal=moved)
    assert reason(rules.may_close(ana, incident)) == "Use a personal e-mail for personal accounts (II(F))."
    incident.moved_to_personal = YesNo.YES
    settle(incident, ana)
    assert rules.may_close(ana, incident)


def test_another_platform_needs_its_name() -> None:
    assert reason(rules.platform_is_named("Another", "", other_label="Another")) == "Name the site or app."
    assert rules.platform_is_named("Another", "Mastodon", other_label="Another")
    assert rules.platform_is_named("", "", other_label="Another")


def test_only_an_officer_asks_for_a_confidential_reporter_and_only_where_there_is_one() -> None:
    named, confidential = reported(), reported(confidential=True)
    assert "Only a Privacy Officer" in reason(rules.may_unmask(analyst(), confidential))
    assert "nothing to reveal" in reason(rules.may_unmask(officer(), named))
    assert rules.may_unmask(officer("Otto"), confidential)


@pytest.mark.parametrize(
    "clause",
    [
        Clause.II_A,
        Clause.II_A_1,
        Clause.II_A_2,
        Clause.II_A_3,
        Clause.II_B,
        Clause.II_B_1,
        Clause.II_B_2,
        Clause.II_B_3,
        Clause.II_F,
    ],
)
def test_every_clause_of_reporting_has_one_home(clause: Clause) -> None:
    homes = {function.__module__ for function in REGISTER[clause]}
    assert len(homes) == 1
