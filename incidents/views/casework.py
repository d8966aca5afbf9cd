"""The Privacy Office's case page, and a small page for each thing it does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from incidents import dossier, lifecycle, rules
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
from incidents.models import Incident
from incidents.operations import casework, conversation
from incidents.severity import suggest
from incidents.views.addresses import reference_number
from incidents.views.one_case import back, form_page, onward, row
from people.requests import Signed
from workflow.decisions import first_denial, require
from workflow.doors import row_or_404
from workflow.refusals import say_at


@require_GET
def case(request: Signed, reference: str) -> HttpResponse:
    """One incident as the Privacy Office sees it."""
    return _page(request, reference)


def _page(request: Signed, reference: str, *, status: int = 200, **data: Any) -> HttpResponse:
    number = reference_number(reference)
    its = dossier.read(number, request.user)
    if its is None:
        row_or_404(rules.visible_to(request.user), actor=request.user, pk=number)
        raise Http404
    return render(request, "incidents/case.html", case_context(its, request.user, **data), status=status)


@require_POST
def take(request: Signed, reference: str) -> HttpResponse:
    """Give oneself the case."""
    incident = casework.take(row(request, reference), actor=request.user)
    messages.success(request, f"{incident.reference} is yours.")
    return redirect(back(incident))


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
    incident = _PLAIN_STEPS[name](row(request, reference), actor=request.user)
    messages.success(request, f"{incident.reference} is now {incident.get_status_display().lower()}.")
    return redirect(back(incident))


@require_http_methods(["GET", "POST"])
def assign(request: Signed, reference: str) -> HttpResponse:
    """Give the case to a colleague."""
    incident = row(request, reference)
    may = first_denial(rules.may_work_on(request.user, incident), rules.is_open(incident))
    require(may, action="incident.assign", record=incident)
    form = AssignForm(request.POST or None, colleagues=rules.assignable(), back=back(incident))
    if form.is_bound and form.is_valid():
        suits = casework.may_be_given(incident, actor=request.user, to=form.cleaned_data["to"])
        say_at("to", form, suits)
    return form_page(
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
    incident = row(request, reference)
    initial = {"severity": incident.severity or suggest(incident).severity, "reason": incident.severity_reason}
    form = SeverityForm(request.POST or None, initial=initial, back=back(incident))
    return form_page(
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
    incident = row(request, reference)
    form = DetailsForm(request.POST or None, initial=details_of(incident), back=back(incident))
    if form.is_bound and form.is_valid():
        kind = form.cleaned_data.get("kind", incident.kind)
        suits = first_denial(rules.kind_suits_its_family(incident, kind), rules.kind_suits_its_decision(incident, kind))
        say_at("kind", form, suits)
    return form_page(
        request,
        incident,
        form,
        "Update what is known",
        lambda answers: casework.reclassify(incident, actor=request.user, **answers),
        "What is known was updated.",
    )


@require_http_methods(["GET", "POST"])
def name_person(request: Signed, reference: str) -> HttpResponse:
    """Name one more person involved; whoever is kept from it from then on is led to the queue."""
    incident = row(request, reference)
    form = NamePersonForm(request.POST or None, back=back(incident))
    if request.method == "POST" and form.is_valid():
        casework.name_person(incident, actor=request.user, person=form.cleaned_data["person"])
        messages.success(request, f"{form.cleaned_data['person'].name} is named and cannot see the case.")
        return redirect(onward(request, incident))
    return form_page(request, incident, form, "Name someone involved", lambda _: None, "")


_DECISIONS = {
    transition.name: transition
    for transition in (lifecycle.SUBSTANTIATE, lifecycle.NOT_SUBSTANTIATE, lifecycle.CALL_NEAR_MISS)
}


@require_http_methods(["GET", "POST"])
def decide(request: Signed, reference: str, name: str) -> HttpResponse:
    """Record what was found; a ground that does not count is refused at its field."""
    incident = row(request, reference)
    if name not in _DECISIONS:
        raise Http404
    transition = _DECISIONS[name]
    require(transition.check(request.user, incident), action=f"incident.{name}", record=incident)
    asks_ground = transition is not lifecycle.SUBSTANTIATE
    form = FindingForm(request.POST or None, asks_ground=asks_ground, back=back(incident))
    if form.is_bound and form.is_valid():
        ground = form.cleaned_data.get("ground", "")
        counts = first_denial(rules.ground_counts(ground), rules.ground_answers_asking(incident, ground))
        say_at("ground", form, counts)
    return form_page(
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
    incident = row(request, reference)
    require(lifecycle.REOPEN.check(request.user, incident), action="incident.reopen", record=incident)
    hint = "What is new? The Privacy Office reads this as a note."
    form = ReasonForm(request.POST or None, button="Reopen the case", hint=hint, back=back(incident))
    return form_page(
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
    incident = row(request, reference)
    require(rules.may_unmask(request.user, incident), action="incident.unmask", record=incident)
    hint = "The reporter reads your name and these words. State why you cannot go on without knowing."
    form = ReasonForm(request.POST or None, button="Show me the reporter's name", hint=hint, back=back(incident))
    return form_page(
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
    incident = row(request, reference)
    form = MessageForm(request.POST, url="", label="", button="")
    if not form.is_valid():
        return _page(request, reference, status=422, **{f"{audience}_data": request.POST})
    verb = conversation.reply if audience == "thread" else conversation.note
    verb(incident, actor=request.user, **form.cleaned_data)
    return redirect(back(incident, f"#{audience}"))
