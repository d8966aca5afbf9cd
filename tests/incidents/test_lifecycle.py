"""The table of states, in Python and in the database, each step tried from every state."""

import re
from collections.abc import Callable
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from incidents import lifecycle, triggers
from incidents.choices import Kind, Status
from incidents.models import Incident, Involvement
from incidents.operations import casework, merging
from tests.incidents.stage import analyst, brought_to, officer, reported
from tests.personas import employee
from workflow.decisions import Refused
from workflow.lifecycle import Transition

pytestmark = pytest.mark.django_db

ALLOWED = {(source, step.target) for step in lifecycle.TABLE for source in step.sources}
FORBIDDEN = [pair for pair in permutations(Status, 2) if pair not in ALLOWED]


def test_the_trigger_and_the_table_of_states_allow_the_same_steps() -> None:
    in_sql = set(re.findall(r"\('(\w+)', '(\w+)'\)", triggers.MERGED_STATES))
    assert in_sql == {(str(source), str(target)) for source, target in ALLOWED}


@pytest.mark.parametrize(("status", "target"), FORBIDDEN)
def test_the_database_refuses_every_step_that_is_not_in_the_table(status: Status, target: Status) -> None:
    incident = brought_to(status, ana=analyst(), paul=officer())
    with pytest.raises(IntegrityError, match="does not go"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status=target)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.SUBSTANTIATED, Status.IN_TRIAGE])
def test_the_database_lets_an_incident_begin_only_as_reported(status: Status) -> None:
    copy = reported()
    copy.pk, copy.draft, copy.status = None, None, status
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    "change",
    [
        "narrative = 'Nothing happened'",
        "confidential = NOT confidential",
        "reported_at = now()",
        "discovered_on = '2020-01-01'",
        "asked_for = '{login}'",
        "containment = 'All done'",
        "people_described = ''",
        "address = 'https://example.com/'",
        "information = '{}'",
        "affected_count = 1",
        "reporter_id = reporter_id + 1",
    ],
)
def test_the_database_keeps_what_was_reported(change: str) -> None:
    incident = reported(people_described="someone", information=["case"])
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE incidents_incident SET {change} WHERE id = %s", [incident.pk])  # noqa: S608  a fixed list of changes


@pytest.mark.parametrize("status", [Status.SUBSTANTIATED, Status.CLOSED])
@pytest.mark.parametrize(
    "change", ["finding = 'Nothing'", "decided_at = now()", "severity = 'critical'", "ground = 'not_dhs'"]
)
def test_the_database_keeps_a_decision(status: Status, change: str) -> None:
    incident = brought_to(status, ana=analyst(), paul=officer())
    with (
        pytest.raises(IntegrityError, match="review the case again"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE incidents_incident SET {change} WHERE id = %s", [incident.pk])  # noqa: S608  fixed list


def test_the_database_lets_nobody_named_be_the_decider() -> None:
    paul = officer()
    incident = brought_to(Status.UNDER_REVIEW, ana=analyst(), paul=officer("Rita"), people=(paul,))
    with pytest.raises(IntegrityError, match="does not work on it"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(decided_by=paul)


def test_the_database_keeps_every_report() -> None:
    incident = reported()
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM incidents_incident WHERE id = %s", [incident.pk])


def test_the_database_keeps_the_reporter_off_their_own_case() -> None:
    ana = analyst()
    incident = reported(ana)
    for column in ("assignee", "decided_by"):
        with pytest.raises(IntegrityError, match="reporter_does_not"), transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(**{column: ana})


def test_the_database_keeps_a_person_named_off_the_case_in_either_order() -> None:
    ana = analyst()
    incident = reported(people=(ana,))
    with pytest.raises(IntegrityError, match="does not work on it"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(assignee=ana)
    bea = analyst("Bea")
    Incident.objects.filter(pk=incident.pk).update(assignee=bea)
    with pytest.raises(IntegrityError, match="does not work on it"), transaction.atomic():
        Involvement.objects.create(incident=incident, person=bea, named_by=ana)


def test_the_database_keeps_a_person_named() -> None:
    incident = reported(people=(employee(),))
    with pytest.raises(IntegrityError, match="stays named"), transaction.atomic():
        incident.involvements.all().delete()


def test_a_decision_without_a_decider_or_words_is_refused_by_the_database() -> None:
    incident = brought_to(Status.UNDER_REVIEW, ana=analyst(), paul=officer())
    with pytest.raises(IntegrityError, match="decision_has_a_decider"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status=Status.SUBSTANTIATED)


@pytest.mark.parametrize("status", list(Status))
def test_every_step_out_of_order_is_refused_with_a_sentence(status: Status) -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(status, ana=ana, paul=paul)
    steps: dict[Transition[Incident], Callable[[], object]] = {
        lifecycle.START_TRIAGE: lambda: casework.start_triage(incident, actor=ana),
        lifecycle.BEGIN_REVIEW: lambda: casework.begin_review(incident, actor=ana),
        lifecycle.SUBSTANTIATE: lambda: casework.decide(incident, lifecycle.SUBSTANTIATE, actor=paul, finding="x"),
        lifecycle.CLOSE: lambda: casework.close(incident, actor=ana),
        lifecycle.REOPEN: lambda: casework.reopen(incident, actor=paul, reason="x"),
        lifecycle.MERGE: lambda: merging.merge(incident, into=reported(), actor=ana),
        lifecycle.UNMERGE: lambda: merging.unmerge(incident, actor=ana),
    }
    for step, act in steps.items():
        if status not in step.sources:
            with pytest.raises(Refused) as refused:
                act()
            assert str(refused.value).endswith(".")
            assert Incident.objects.get(pk=incident.pk).status == status


@pytest.mark.parametrize("status", [Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS, Status.CLOSED])
def test_the_database_keeps_the_kind_a_case_was_decided_as(status: Status) -> None:
    incident = brought_to(status, ana=analyst(), paul=officer())
    with pytest.raises(IntegrityError, match="the kind of a decided case stands"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(kind=Kind.ASKED)
    again = Status.REOPENED if status == Status.CLOSED else Status.UNDER_REVIEW
    Incident.objects.filter(pk=incident.pk).update(status=again)
    assert Incident.objects.filter(pk=incident.pk).update(kind=Kind.ASKED) == 1
