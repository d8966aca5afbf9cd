"""The tasks of a case: laid out by its kind, settled by one person each, in the way of closing until they are."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from audit import trail
from incidents import parameters
from incidents.choices import Kind, Status
from incidents.models import LONGEST_TASK, Incident, Task
from incidents.operations import casework, checklist
from people.models import User
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, officer, reported, settle
from tests.personas import employee
from workflow.decisions import Refused
from workflow.models import Setting

pytestmark = pytest.mark.django_db

STILL = "Some tasks are still to do. Finish them, or say why they are not needed."


def texts(incident: Incident) -> list[str]:
    """What there is to do in a case, in its order."""
    return list(incident.tasks.order_by("pk").values_list("text", flat=True))


def in_triage(ana: User, kind: Kind = Kind.EXPOSURE) -> Incident:
    """A case this analyst has just taken up."""
    return casework.start_triage(reported(kind=kind), actor=ana)


def task_of(incident: Incident) -> Task:
    """The first task of a case, as it stands now."""
    return incident.tasks.select_related("incident", "settled_by").order_by("pk")[0]


@pytest.mark.parametrize("kind", Kind)
def test_starting_triage_lays_out_the_checklist_of_the_kind(kind: Kind) -> None:
    incident = in_triage(analyst(), kind)
    assert texts(incident) == parameters.CHECKLISTS[kind].default
    assert all(0 < len(text) <= LONGEST_TASK for text in texts(incident))


def test_an_administrator_decides_what_is_on_the_checklist() -> None:
    Setting.objects.create(name="incidents.checklist.exposure", value=["Call the county"], changed_by=employee())
    assert texts(in_triage(analyst())) == ["Call the county"]


def test_another_kind_adds_what_it_asks_for_and_takes_nothing_away() -> None:
    ana = analyst()
    incident = in_triage(ana)
    checklist.finish(task_of(incident), actor=ana)
    casework.reclassify(incident, actor=ana, kind=Kind.IMPERSONATION)
    before, after = (parameters.CHECKLISTS[kind].default for kind in (Kind.EXPOSURE, Kind.IMPERSONATION))
    assert texts(incident) == [*before, *after]
    casework.reclassify(incident, actor=ana, kind=Kind.EXPOSURE)
    assert texts(incident) == [*before, *after]


def test_a_report_nobody_has_looked_at_has_no_tasks_whatever_its_kind() -> None:
    incident = reported()
    casework.reclassify(incident, actor=analyst(), kind=Kind.OTHER)
    assert texts(incident) == []


def test_taking_a_case_up_again_asks_for_nothing_twice() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.REOPENED, ana=ana, paul=paul)
    casework.start_triage(incident, actor=ana)
    assert texts(incident) == parameters.CHECKLISTS[Kind.EXPOSURE].default
    assert not incident.tasks.filter(state=Task.State.OPEN).exists()


def test_a_task_is_done_over_http_and_the_page_and_the_trail_say_by_whom() -> None:
    ana = analyst()
    incident = in_triage(ana)
    task = task_of(incident)
    answer = browser(ana).post(case_url(incident, "settle_task"), {"done": task.pk})
    assert answer["Location"].endswith("#tasks")
    page = browser(analyst("Bea Analyst")).get(case_url(incident)).content.decode()
    assert "Done by Ana Analyst" in page
    assert "1 of 5 done" in page
    assert f"Finished the task “{task.text}”" in page
    last = trail.of(incident).last()
    assert last is not None
    assert (last.action, last.facts) == ("incident.task_done", {"task": task.pk})


def test_a_task_is_set_aside_with_a_reason_and_taken_up_again() -> None:
    ana = analyst()
    incident = in_triage(ana)
    task, client = task_of(incident), browser(ana)
    aside = case_url(incident, "set_task_aside", str(task.pk))
    assert task.text in client.get(aside).content.decode()
    assert client.post(aside, {"reason": " "}).status_code == 422
    assert client.post(aside, {"reason": "The site was faster."}).status_code == 302
    page = client.get(case_url(incident)).content.decode()
    assert "0 of 5 done, 1 not needed" in page
    assert "The site was faster." in page
    client.post(case_url(incident, "settle_task"), {"again": task.pk})
    assert (task_of(incident).state, task_of(incident).reason) == (Task.State.OPEN, "")


def test_a_task_of_ones_own_stands_once_and_is_screened() -> None:
    ana = analyst()
    incident = in_triage(ana)
    client, address = browser(ana), case_url(incident, "add_task")
    for _ in range(2):
        assert client.post(address, {"text": "Call the county office"}).status_code == 302
    assert texts(incident).count("Call the county office") == 1
    assert trail.of(incident).filter(action="incident.task_added").count() == 1
    refused = client.post(address, {"text": "Sign in with password: Sunshine42!"})
    assert refused.status_code == 422
    assert "II(B)(1)" in refused.content.decode()
    assert client.post(address, {"text": "x" * (LONGEST_TASK + 1)}).status_code == 422


def test_a_double_click_is_one() -> None:
    ana = analyst()
    incident = in_triage(ana)
    task, client = task_of(incident), browser(ana)
    for _ in range(2):
        assert client.post(case_url(incident, "settle_task"), {"done": task.pk}).status_code == 302
    for _ in range(2):
        assert client.post(case_url(incident, "settle_task"), {"again": task.pk}).status_code == 302
    written = list(trail.of(incident).values_list("action", flat=True))
    assert (written.count("incident.task_done"), written.count("incident.task_taken_up")) == (1, 1)


def test_the_second_of_two_reads_who_was_first() -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    incident = in_triage(ana)
    task = task_of(incident)
    checklist.finish(task, actor=ana)
    page = browser(bea).post(case_url(incident, "settle_task"), {"done": task.pk})
    assert page.status_code == 409
    assert "Ana Analyst did this task already." in page.content.decode()
    aside = browser(bea).post(case_url(incident, "set_task_aside", str(task.pk)), {"reason": "Not needed."})
    assert aside.status_code == 409
    assert task_of(incident).settled_by == ana


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_a_task_at_once_exactly_one_does() -> None:
    people = [analyst("Ana Analyst"), analyst("Bea Analyst")]
    incident = in_triage(people[0])
    for task in incident.tasks.select_related("incident"):

        def finish(person: User, task: Task = task) -> str:
            try:
                checklist.finish(task, actor=person)
            except Refused as refused:
                return str(refused)
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(finish, people))
        winner = Task.objects.select_related("settled_by").get(pk=task.pk).settled_by
        assert winner is not None
        first = f"{winner.name} did this task already. Take it up again first if that was wrong."
        assert sorted(answers) == ["", first]
    assert trail.of(incident).filter(action="incident.task_done").count() == incident.tasks.count()


def test_closing_waits_for_the_last_task_over_http_and_in_the_database() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul)
    page = browser(ana).post(case_url(incident, "step", "close"))
    assert page.status_code == 409
    assert STILL in page.content.decode()
    with pytest.raises(IntegrityError, match="tasks are still to do"), transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(status=Status.CLOSED, closed_at="2026-11-23T10:00Z")
    settle(incident, ana)
    assert browser(ana).post(case_url(incident, "step", "close")).status_code == 302


def test_the_tasks_of_a_closed_case_stay_as_they_are() -> None:
    ana, paul = analyst(), officer()
    incident = brought_to(Status.CLOSED, ana=ana, paul=paul)
    task, client = task_of(incident), browser(ana)
    assert "Take up again" not in client.get(case_url(incident)).content.decode()
    for name, more, sent in (
        ("settle_task", [], {"again": task.pk}),
        ("add_task", [], {"text": "One more"}),
        ("set_task_aside", [str(task.pk)], {"reason": "Not needed."}),
    ):
        answer = client.post(case_url(incident, name, *more), sent)
        assert answer.status_code == 409, name
        assert "Reopen it first" in answer.content.decode()
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(state=Task.State.OPEN, settled_by=None, settled_at=None)


@pytest.mark.parametrize("change", ["text = 'Nothing'", "added_by_id = settled_by_id", "incident_id = incident_id + 1"])
def test_the_database_keeps_what_a_task_asks_for(change: str) -> None:
    ana = analyst()
    task = checklist.finish(task_of(in_triage(ana)), actor=ana)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE incidents_task SET {change} WHERE id = %s", [task.pk])  # noqa: S608  fixed list
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        Task.objects.filter(pk=task.pk).delete()


def test_only_those_who_may_work_on_the_case_settle_its_tasks() -> None:
    ana, carla, nora = analyst(), counsel(), analyst("Nora Named")
    incident = casework.start_triage(reported(kind=Kind.ASKED, people=(nora,)), actor=ana)
    task = task_of(incident)
    for person, status in ((carla, 403), (nora, 404), (employee(), 404)):
        client = browser(person)
        assert client.post(case_url(incident, "settle_task"), {"done": task.pk}).status_code == status
        assert client.post(case_url(incident, "add_task"), {"text": "Mine"}).status_code == status
        assert client.get(case_url(incident, "set_task_aside", str(task.pk))).status_code == status
    assert task_of(incident).state == Task.State.OPEN
    assert "Done<span" not in browser(carla).get(case_url(incident)).content.decode()


@pytest.mark.parametrize("pressed", [{"done": "x"}, {"done": "99999999"}, {"done": "9" * 30}, {"nothing": "1"}, {}])
def test_a_task_that_is_not_of_this_case_is_not_found(pressed: dict[str, str]) -> None:
    ana = analyst()
    incident, other = in_triage(ana), in_triage(ana)
    assert browser(ana).post(case_url(incident, "settle_task"), pressed).status_code == 404
    assert browser(ana).post(case_url(incident, "settle_task"), {"done": task_of(other).pk}).status_code == 404
    assert task_of(other).state == Task.State.OPEN
