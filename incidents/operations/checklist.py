"""The tasks of a case: added, finished, set aside and taken up again; casework lays out those of its kind."""

from django.db import transaction

from audit import trail
from incidents import rules
from incidents.models import Incident, Task
from incidents.operations.casework import locked
from people.models import User
from workflow import clock
from workflow.decisions import ALLOWED, Decision, Denied, first_denial, require


@transaction.atomic
def add(incident: Incident, *, actor: User, text: str) -> Task:
    """Add a task of one's own; the same words twice are one task."""
    incident = _open_to(actor, incident, "add")
    task, is_new = Task.objects.get_or_create(incident=incident, text=text, defaults={"added_by": actor})
    if is_new:
        _write_down("added", task, actor)
    return task


@transaction.atomic
def finish(task: Task, *, actor: User) -> Task:
    """Mark a task as done; of two who do so at once, the second reads who was first."""
    return _settle(task, actor, Task.State.DONE, "")


@transaction.atomic
def set_aside(task: Task, *, actor: User, reason: str) -> Task:
    """Mark a task as not needed, and say why."""
    return _settle(task, actor, Task.State.NOT_NEEDED, reason)


@transaction.atomic
def take_up(task: Task, *, actor: User) -> Task:
    """Have a settled task to do again."""
    task = _held(task, actor, "take_up")
    if task.state == Task.State.OPEN:
        return task
    return _put(task, actor, "taken_up", state=Task.State.OPEN, settled_by=None, settled_at=None, reason="")


def _settle(task: Task, actor: User, state: Task.State, reason: str) -> Task:
    task = _held(task, actor, state)
    if task.state == state and task.settled_by == actor:
        return task
    require(_is_to_do(task, actor), action=f"incident.task_{state}", record=task.incident)
    return _put(task, actor, state, state=state, settled_by=actor, settled_at=clock.now(), reason=reason)


def _is_to_do(task: Task, actor: User) -> Decision:
    if task.settled_by is None:
        return ALLOWED
    who = "You" if task.settled_by == actor else task.settled_by.name
    did = "did this task" if task.state == Task.State.DONE else "marked this task as not needed"
    return Denied(f"{who} {did} already. Take it up again first if that was wrong.", conflict=True)


def _put(task: Task, actor: User, happened: str, **changes: object) -> Task:
    for name, value in changes.items():
        setattr(task, name, value)
    task.save(update_fields=list(changes))
    _write_down(happened, task, actor)
    return task


def _write_down(happened: str, task: Task, actor: User) -> None:
    # By its number, since people write tasks in their own words and the trail holds nobody's.
    trail.write(f"incident.task_{happened}", actor=actor, record=task.incident, task=task.pk)


def _held(task: Task, actor: User, action: str) -> Task:
    incident = _open_to(actor, task.incident, action)
    held = Task.objects.select_related("settled_by").get(pk=task.pk)
    held.incident = incident
    return held


def _open_to(actor: User, incident: Incident, action: str) -> Incident:
    """The case, held, so that all who change its tasks or close it take turns; raises Refused."""
    incident = locked(incident)
    allowed = first_denial(rules.may_work_on(actor, incident), rules.is_open(incident))
    require(allowed, action=f"incident.task_{action}", record=incident)
    return incident
