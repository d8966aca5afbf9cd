"""The tasks of a case: settled by a button each, set aside and added on small pages of their own."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from incidents import rules
from incidents.forms.casework import NotNeededForm, TaskForm
from incidents.models import Incident, Task
from incidents.operations import checklist
from incidents.views.one_case import back, form_page, row
from people.requests import Signed
from workflow.decisions import require
from workflow.doors import row_or_404

_VERBS = {"done": (checklist.finish, "“{}” is done."), "again": (checklist.take_up, "“{}” is to do again.")}
ANCHOR = "#tasks"


@require_POST
def settle_task(request: Signed, reference: str) -> HttpResponse:
    """Finish the task whose button was pressed, or take it up again."""
    incident = row(request, reference)
    pressed = next((name for name in _VERBS if name in request.POST), None)
    if pressed is None:
        raise Http404
    verb, said = _VERBS[pressed]
    task = verb(_task(request, incident, request.POST[pressed]), actor=request.user)
    messages.success(request, said.format(task.text))
    return redirect(back(incident, ANCHOR))


@require_http_methods(["GET", "POST"])
def set_task_aside(request: Signed, reference: str, number: str) -> HttpResponse:
    """Say why a task is not needed."""
    incident = row(request, reference)
    task = _task(request, incident, number)
    _require_work(request, incident)
    form = NotNeededForm(request.POST or None, back=back(incident, ANCHOR))
    return form_page(
        request,
        incident,
        form,
        f"Not needed: {task.text}",
        lambda answers: checklist.set_aside(task, actor=request.user, **answers),
        f"“{task.text}” is marked as not needed.",
        anchor=ANCHOR,
    )


@require_http_methods(["GET", "POST"])
def add_task(request: Signed, reference: str) -> HttpResponse:
    """Add a task of one's own."""
    incident = row(request, reference)
    _require_work(request, incident)
    form = TaskForm(request.POST or None, back=back(incident, ANCHOR))
    return form_page(
        request,
        incident,
        form,
        "Add a task",
        lambda answers: checklist.add(incident, actor=request.user, **answers),
        "The task was added.",
        anchor=ANCHOR,
    )


def _require_work(request: Signed, incident: Incident) -> None:
    require(rules.may_work_on(request.user, incident), action="incident.task", record=incident)
    require(rules.is_open(incident), action="incident.task", record=incident)


def _task(request: Signed, incident: Incident, number: str) -> Task:
    if not re.fullmatch("[1-9][0-9]{0,17}", number):
        raise Http404
    return row_or_404(incident.tasks.all(), actor=request.user, pk=int(number))
