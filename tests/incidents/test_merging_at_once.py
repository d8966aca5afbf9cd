"""Merging while others merge, name and close: real transactions on connections of their own; and what SQL refuses."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from incidents import rules
from incidents.choices import Kind, Status
from incidents.models import Incident, Involvement, Task
from incidents.operations import casework, checklist, merging
from people.models import User
from tests.incidents.stage import analyst, brought_to, officer, reported
from tests.personas import employee
from workflow.decisions import Denied, Refused

pytestmark = pytest.mark.django_db

ROUNDS = 8


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each of these was answered, done at the same time: nothing, or the sentence of the refusal."""

    def answer(act: Callable[[], object]) -> str:
        try:
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(answer, acts))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_the_same_reports_either_way_exactly_one_does() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    for _ in range(ROUNDS):
        one, other = reported(), reported()
        answers = at_once(
            partial(merging.merge, one, into=other, actor=ana),
            partial(merging.merge, other, into=one, actor=bea),
        )
        assert min(answers) == ""
        assert "Merge the other way round" in max(answers) or "work on that one" in max(answers)
        assert Incident.objects.filter(pk__in=(one.pk, other.pk), status=Status.MERGED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_chain_at_once_make_none() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    for _ in range(ROUNDS):
        one, two, three = reported(), reported(), reported()
        answers = at_once(
            partial(merging.merge, one, into=two, actor=ana),
            partial(merging.merge, two, into=three, actor=bea),
        )
        assert sorted(map(bool, answers)) == [False, True]
        assert not Incident.objects.filter(merged_into__status=Status.MERGED).exists()


@pytest.mark.django_db(transaction=True)
def test_naming_the_holder_of_the_case_while_merging_never_leaves_it_with_them() -> None:
    ana, holder = analyst(), analyst("Hal Holder")
    for _ in range(ROUNDS):
        second, first = reported(), reported()
        casework.take(first, actor=holder)
        at_once(
            partial(merging.merge, second, into=first, actor=ana),
            partial(casework.name_person, second, actor=ana, person=holder),
        )
        if Involvement.objects.filter(incident=second).exists():
            assert Incident.objects.get(pk=first.pk).assignee is None
        else:
            assert Incident.objects.get(pk=first.pk).assignee == holder


@pytest.mark.django_db(transaction=True)
def test_giving_the_case_to_someone_named_in_what_is_being_merged_never_succeeds() -> None:
    ana, nora = analyst(), analyst("Nora Named")
    for _ in range(ROUNDS):
        second, first = reported(people=(nora,)), reported()
        at_once(
            partial(merging.merge, second, into=first, actor=ana),
            partial(casework.assign, first, actor=ana, to=nora),
        )
        case = Incident.objects.get(pk=first.pk)
        assert Incident.objects.get(pk=second.pk).merged_into == case
        assert case.assignee is None
        assert nora.pk in rules.barred(case)


@pytest.mark.django_db(transaction=True)
def test_merging_and_closing_at_once_leaves_either_a_closed_case_without_it_or_one_with_it() -> None:
    ana, paul = analyst(), officer()
    for _ in range(4):
        first, second = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul), reported()
        for task in first.tasks.filter(state=Task.State.OPEN):
            checklist.finish(task, actor=ana)
        joined, closed = at_once(
            partial(merging.merge, second, into=first, actor=ana),
            partial(casework.close, first, actor=paul),
        )
        assert closed == ""
        assert joined in {"", f"{first.reference} is closed. Reopen it first."}
        assert (Incident.objects.get(pk=second.pk).status == Status.MERGED) == (joined == "")


@pytest.mark.django_db(transaction=True)
def test_taking_out_twice_at_once_happens_once() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    for _ in range(ROUNDS):
        second, first = reported(), reported()
        merging.merge(second, into=first, actor=ana)
        answers = at_once(
            partial(merging.unmerge, second, actor=ana),
            partial(merging.unmerge, second, actor=bea),
        )
        assert sorted(map(bool, answers)) == [False, True]
        assert Incident.objects.get(pk=second.pk).status == Status.REOPENED


# --- What the database refuses, whoever writes -----------------------------------------------------------------------


@pytest.fixture
def refused_by_the_database() -> Iterator[Callable[..., None]]:
    """Try a change in SQL and expect the refusal."""

    def tried(incident: Incident, words: str, **change: Any) -> None:
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(**change)

    return tried  # type: ignore[return-value]


def merged(incident: Incident, into: Incident) -> None:
    Incident.objects.filter(pk=incident.pk).update(status=Status.MERGED, merged_into=into)


def test_sql_makes_no_chains_in_either_direction(refused_by_the_database: Callable[..., None]) -> None:
    third, second, first = reported(), reported(), reported()
    merged(second, first)
    refused_by_the_database(third, "takes none with it", status=Status.MERGED, merged_into=second)
    refused_by_the_database(first, "takes none with it", status=Status.MERGED, merged_into=third)


def test_sql_merges_nothing_into_a_closed_case(refused_by_the_database: Callable[..., None]) -> None:
    closed = brought_to(Status.CLOSED, ana=analyst(), paul=officer())
    refused_by_the_database(reported(), "into an open one", status=Status.MERGED, merged_into=closed)


def test_sql_knows_no_merged_report_without_the_other_and_no_other_without_merging(
    refused_by_the_database: Callable[..., None],
) -> None:
    incident, other = reported(), reported()
    refused_by_the_database(incident, "exactly_when_merged", status=Status.MERGED)
    refused_by_the_database(incident, "exactly_when_merged", merged_into=other)
    refused_by_the_database(incident, "exactly_when_merged", status=Status.MERGED, merged_into=incident)


def test_sql_does_not_move_a_merged_report_on_without_taking_it_out(
    refused_by_the_database: Callable[..., None],
) -> None:
    third, second, first = reported(), reported(), reported()
    merged(second, first)
    refused_by_the_database(second, "into an open one", merged_into=third)


def test_sql_leaves_no_holder_on_a_merged_report(refused_by_the_database: Callable[..., None]) -> None:
    ana, second, first = analyst(), reported(), reported()
    Incident.objects.filter(pk=second.pk).update(assignee=ana)
    refused_by_the_database(second, "that nobody has", status=Status.MERGED, merged_into=first)
    Incident.objects.filter(pk=second.pk).update(assignee=None)
    merged(second, first)
    refused_by_the_database(second, "has this one too", assignee=ana)


def test_sql_keeps_the_holder_out_of_what_is_merged(refused_by_the_database: Callable[..., None]) -> None:
    nora, rita = analyst("Nora Named"), analyst("Rita Reporter")
    for holder, other in ((nora, reported(people=(nora,))), (rita, reported(rita))):
        case = reported()
        Incident.objects.filter(pk=case.pk).update(assignee=holder)
        refused_by_the_database(other, "does not work on it", status=Status.MERGED, merged_into=case)


def test_sql_gives_a_case_to_nobody_named_in_or_reporting_what_is_merged_into_it(
    refused_by_the_database: Callable[..., None],
) -> None:
    nora, rita, first = analyst("Nora Named"), analyst("Rita Reporter"), reported()
    for other in (reported(people=(nora,)), reported(rita)):
        merged(other, first)
    for person in (nora, rita):
        refused_by_the_database(first, "does not work on it", assignee=person)
        refused_by_the_database(first, "does not work on it", decided_by=person, decided_at=first.due_at)


def test_sql_names_nobody_in_a_merged_report_who_has_the_case() -> None:
    ana, second, first = analyst(), reported(), reported()
    merged(second, first)
    Incident.objects.filter(pk=first.pk).update(assignee=ana)
    with pytest.raises(IntegrityError, match="does not work on it"), transaction.atomic():
        Involvement.objects.create(incident=second, person=ana, named_by=employee())


def test_sql_holds_one_family_to_being_asked_or_not(refused_by_the_database: Callable[..., None]) -> None:
    second, first, asked = reported(), reported(), reported(kind=Kind.ASKED)
    refused_by_the_database(second, "the same kind only", status=Status.MERGED, merged_into=asked)
    merged(second, first)
    refused_by_the_database(first, "the same kind only", kind=Kind.ASKED)
    refused_by_the_database(second, "the same kind only", kind=Kind.ASKED)
    Incident.objects.filter(pk=first.pk).update(kind=Kind.OTHER)


@pytest.mark.parametrize("change", [{"text": "Something else"}, {"added_by_id": 1}])
def test_sql_keeps_a_task_as_it_was_put(change: dict[str, Any]) -> None:
    task = Task.objects.create(incident=reported(), text="Ask for the post to be taken down.")
    with pytest.raises(IntegrityError, match="a task does not change"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**change)
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        task.delete()


def test_sql_closes_no_case_with_a_task_to_do_and_adds_none_to_a_closed_one() -> None:
    ana = analyst()
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=officer())
    Task.objects.create(incident=incident, text="Ask for the post to be taken down.")
    now = incident.due_at
    with pytest.raises(IntegrityError, match="tasks are still to do"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status=Status.CLOSED, closed_at=now)
    Task.objects.filter(incident=incident).update(state=Task.State.DONE, settled_by=ana, settled_at=now)
    Incident.objects.filter(pk=incident.pk).update(status=Status.CLOSED, closed_at=now)
    with pytest.raises(IntegrityError, match="a closed case stays as it is"), transaction.atomic():
        Task.objects.create(incident=incident, text="One more thing.")
    with pytest.raises(IntegrityError, match="a closed case stays as it is"), transaction.atomic():
        Task.objects.filter(incident=incident).update(state=Task.State.OPEN, settled_by=None, settled_at=None)


@pytest.mark.django_db(transaction=True)
def test_sql_lets_naming_wait_for_whoever_is_just_being_given_the_case() -> None:
    person: User = analyst("Ana Analyst")
    for _ in range(ROUNDS):
        second, first = reported(), reported()
        merged(second, first)

        def give(first: Incident = first) -> None:
            _or_refused(lambda: Incident.objects.filter(pk=first.pk).update(assignee=person))

        def name(second: Incident = second) -> None:
            _or_refused(lambda: Involvement.objects.create(incident=second, person=person, named_by=None))

        at_once(give, name)
        has_it = Incident.objects.filter(pk=first.pk, assignee=person).exists()
        assert has_it != Involvement.objects.filter(incident=second, person=person).exists()


def _or_refused(act: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            act()
    except IntegrityError as error:
        raise Refused(Denied(str(error)), action="sql") from error
