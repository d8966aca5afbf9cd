"""The Privacy Office's queue and case page, and a small page for each thing it does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from incidents import lifecycle, queue, rules
from incidents.case_page import case_context
from incidents.forms.casework import (
    AssignForm,
    DetailsForm,
    FindingForm,
    MessageForm,
    NamePersonForm,
    ReasonForm,
    SeverityForm,
    details_of,
)
from incidents.forms.queue import FilterForm
from incidents.models import Incident
from incidents.operations import casework, conversation
from incidents.severity import suggest
from incidents.views.addresses import reference_number
from people.directory import holders_of
from people.keyset import page_of
from people.requests import Signed
from workflow.decisions import Denied, require
from workflow.doors import row_or_404


@require_GET
def queue_page(request: Signed) -> HttpResponse:
    """The incidents this person may see, due first, a page at a time."""
    if not request.user.has_role(*rules.STAFF):
        raise Http404
    form = FilterForm(request.GET, colleagues=holders_of(*rules.PRIVACY_OFFICE))
    wanted = form.wanted()
    page = page_of(queue.matching(request.user, wanted), request.GET, order=("due_at", "pk"))
    context = {"form": form, "page": page, "counts": form.counted(queue.counts(request.user)), "wanted": wanted}
    return render(request, "incidents/queue.html", {**context, "filter_query": form.as_query()})


@require_GET
def case(request: Signed, reference: str) -> HttpResponse:
    """One incident as the Privacy Office sees it."""
    return render(request, "incidents/case.html", case_context(_row(request, reference), request.user))


def _row(request: Signed, reference: str) -> Incident:
    rows = rules.for_reader(rules.visible_to(request.user), request.user)
    return row_or_404(rows, actor=request.user, pk=reference_number(reference))


def _back(incident: Incident, anchor: str = "") -> str:
    return reverse("incidents:case", args=[incident.reference]) + anchor


@require_POST
def take(request: Signed, reference: str) -> HttpResponse:
    """Give oneself the case."""
    incident = casework.take(_row(request, reference), actor=request.user)
    messages.success(request, f"{incident.reference} is yours.")
    return redirect(_back(incident))


_PLAIN_STEPS: dict[str, Callable[..., Incident]] = {
    lifecycle.START_TRIAGE.name: casework.start_triage,
    lifecycle.BEGIN_REVIEW.name: casework.begin_review,
    lifecycle.REVIEW_AGAIN.name: casework.review_again,
    lifecycle.CLOSE.name: casework.close,
}


@require_POST
def step(request: Signed, reference: str, name: str) -> HttpResponse:
    """A step that needs nothing filled in."""
    if name not in _PLAIN_STEPS:
        raise Http404
    incident = _PLAIN_STEPS[name](_row(request, reference), actor=request.user)
    messages.success(request, f"{incident.reference} is now {incident.get_status_display().lower()}.")
    return redirect(_back(incident))


def _form_page(
    request: Signed, incident: Incident, form: Form, title: str, act: Callable[[dict[str, Any]], object], done: str
) -> HttpResponse:
    """Show a form about a case, or do what it says and return to the case."""
    if request.method == "POST" and form.is_valid():
        act(form.cleaned_data)
        messages.success(request, done)
        return redirect(_back(incident))
    status = 422 if form.is_bound else 200
    context = {"incident": incident, "form": form, "title": title, "suggestion": suggest(incident)}
    return render(request, "incidents/case_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def assign(request: Signed, reference: str) -> HttpResponse:
    """Give the case to a colleague."""
    incident = _row(request, reference)
    form = AssignForm(request.POST or None, colleagues=rules.assignable(), back=_back(incident))
    if form.is_bound and form.is_valid():
        suits = rules.may_be_assigned(form.cleaned_data["to"], incident)
        if isinstance(suits, Denied):
            form.add_error("to", suits.reason)
    return _form_page(
        request,
        incident,
        form,
        "Assign the case",
        lambda answers: casework.assign(incident, actor=request.user, **answers),
        "The case was assigned.",
    )


@require_http_methods(["GET", "POST"])
def severity(request: Signed, reference: str) -> HttpResponse:
    """Decide how severe the incident is."""
    incident = _row(request, reference)
    initial = {"severity": incident.severity or suggest(incident).severity, "reason": incident.severity_reason}
    form = SeverityForm(request.POST or None, initial=initial, back=_back(incident))
    return _form_page(
        request,
        incident,
        form,
        "Decide the severity",
        lambda answers: casework.decide_severity(incident, actor=request.user, **answers),
        "The severity was recorded.",
    )


@require_http_methods(["GET", "POST"])
def details(request: Signed, reference: str) -> HttpResponse:
    """Correct what is known."""
    incident = _row(request, reference)
    form = DetailsForm(request.POST or None, initial=details_of(incident), back=_back(incident))
    return _form_page(
        request,
        incident,
        form,
        "Update what is known",
        lambda answers: casework.reclassify(incident, actor=request.user, **answers),
        "What is known was updated.",
    )


@require_http_methods(["GET", "POST"])
def name_person(request: Signed, reference: str) -> HttpResponse:
    """Name one more person involved; naming oneself leads home, since the case is then out of sight."""
    incident = _row(request, reference)
    form = NamePersonForm(request.POST or None, back=_back(incident))
    if request.method == "POST" and form.is_valid():
        casework.name_person(incident, actor=request.user, person=form.cleaned_data["person"])
        messages.success(request, f"{form.cleaned_data['person'].name} is named and cannot see the case.")
        return redirect("incidents:queue" if form.cleaned_data["person"] == request.user else _back(incident))
    return _form_page(request, incident, form, "Name someone involved", lambda _: None, "")


_DECISIONS = {
    transition.name: transition
    for transition in (lifecycle.SUBSTANTIATE, lifecycle.NOT_SUBSTANTIATE, lifecycle.CALL_NEAR_MISS)
}


@require_http_methods(["GET", "POST"])
def decide(request: Signed, reference: str, name: str) -> HttpResponse:
    """Record what was found; a ground that does not count is refused at its field."""
    incident = _row(request, reference)
    if name not in _DECISIONS:
        raise Http404
    transition = _DECISIONS[name]
    require(transition.check(request.user, incident), action=f"incident.{name}", record=incident)
    asks_ground = transition is not lifecycle.SUBSTANTIATE
    form = FindingForm(request.POST or None, asks_ground=asks_ground, back=_back(incident))
    if form.is_bound and form.is_valid():
        counts = rules.ground_counts(form.cleaned_data.get("ground", ""))
        if isinstance(counts, Denied):
            form.add_error("ground", counts.reason)
    return _form_page(
        request,
        incident,
        form,
        transition.label,
        lambda answers: casework.decide(incident, transition, actor=request.user, **answers),
        "The decision was recorded.",
    )


@require_http_methods(["GET", "POST"])
def reopen(request: Signed, reference: str) -> HttpResponse:
    """Take a closed case up again."""
    incident = _row(request, reference)
    require(lifecycle.REOPEN.check(request.user, incident), action="incident.reopen", record=incident)
    hint = "What is new? The Privacy Office reads this as a note."
    form = ReasonForm(request.POST or None, button="Reopen the case", hint=hint, back=_back(incident))
    return _form_page(
        request,
        incident,
        form,
        "Reopen the case",
        lambda answers: casework.reopen(incident, actor=request.user, **answers),
        "The case is open again.",
    )


@require_http_methods(["GET", "POST"])
def unmask(request: Signed, reference: str) -> HttpResponse:
    """Ask who a confidential reporter is."""
    incident = _row(request, reference)
    require(rules.may_unmask(request.user, incident), action="incident.unmask", record=incident)
    hint = "The reporter reads your name and these words. State why you cannot go on without knowing."
    form = ReasonForm(request.POST or None, button="Show me the reporter's name", hint=hint, back=_back(incident))
    return _form_page(
        request,
        incident,
        form,
        "Ask for the reporter's name",
        lambda answers: casework.unmask(incident, actor=request.user, **answers),
        "The reporter's name is shown to you below, and the reporter was told.",
    )


@require_POST
def say(request: Signed, reference: str, audience: str) -> HttpResponse:
    """Write to the reporter, or a note for the Privacy Office."""
    incident = _row(request, reference)
    form = MessageForm(request.POST, url="", label="", button="")
    if not form.is_valid():
        context = case_context(incident, request.user, **{f"{audience}_data": request.POST})
        return render(request, "incidents/case.html", context, status=422)
    verb = conversation.reply if audience == "thread" else conversation.note
    verb(incident, actor=request.user, **form.cleaned_data)
    return redirect(_back(incident, f"#{audience}"))
