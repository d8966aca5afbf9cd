"""What the small pages about one case share: the case, the way back to it, and a form on a page of its own."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from incidents import rules
from incidents.models import Incident
from incidents.severity import suggest
from incidents.views.addresses import reference_number
from people.requests import Signed
from workflow.decisions import require
from workflow.doors import row_or_404


def row(request: Signed, reference: str) -> Incident:
    """The case of this number, where this person may see it; else 404."""
    rows = rules.for_reader(rules.visible_to(request.user), request.user)
    return row_or_404(rows, actor=request.user, pk=reference_number(reference))


def back(incident: Incident, anchor: str = "") -> str:
    """The address of the case, or of one section of its page."""
    return reverse("incidents:case", args=[incident.reference]) + anchor


def onward(request: Signed, incident: Incident, anchor: str = "") -> str:
    """Where to go once something was done: back to the case, or to the queue where it has left this person's sight."""
    if rules.visible_to(request.user).filter(pk=incident.pk).exists():
        return back(incident, anchor)
    return reverse("incidents:queue")


def form_page(
    request: Signed,
    incident: Incident,
    form: Form,
    title: str,
    act: Callable[[dict[str, Any]], object],
    done: str,
    *,
    anchor: str = "",
) -> HttpResponse:
    """Show a form about a case to whoever may work on it, or do what it says and return to the case."""
    require(rules.may_work_on(request.user, incident), action="incident.work", record=incident)
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, done)
        return redirect(onward(request, incident, anchor))
    status = 422 if form.is_bound else 200
    context = {"incident": incident, "form": form, "title": title, "suggestion": suggest(incident)}
    return render(request, "incidents/case_form.html", context, status=status)
