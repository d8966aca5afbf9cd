"""Merging a report with another of the same matter, after a look at both; and taking it out again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from incidents import lifecycle, parameters, rules
from incidents.forms.merging import UNKNOWN, ConfirmForm, OtherReportForm
from incidents.models import Incident
from incidents.operations import merging
from incidents.views.addresses import reference_number
from people.requests import Signed
from workflow.decisions import first_denial, require
from workflow.doors import row_or_404
from workflow.refusals import say_at

FIRST_WORDS = 60


@require_http_methods(["GET", "POST"])
def merge(request: Signed, reference: str) -> HttpResponse:
    """Choose the other report, see both, confirm."""
    incident = _row(request, reference_number(reference))
    open_to_merging = first_denial(rules.may_work_on(request.user, incident), rules.is_undecided(incident))
    require(open_to_merging, action="incident.merge", record=incident)
    answers = request.POST if request.method == "POST" else request.GET
    form = OtherReportForm(answers if request.method == "POST" or "into" in answers else None, back=_url(incident))
    into = _other(request, form) if form.is_bound and form.is_valid() else None
    if into is not None:
        say_at("into", form, rules.may_merge(request.user, incident, into))
    if request.method == "POST" and into is not None and form.is_valid():
        merging.merge(incident, into=into, actor=request.user)
        messages.success(request, f"{incident.reference} is part of {into.reference} now.")
        return redirect(_url(into))
    return _page(request, incident, into, form)


def _page(request: Signed, incident: Incident, into: Incident | None, form: OtherReportForm) -> HttpResponse:
    context: dict[str, Any] = {"incident": incident, "form": form}
    if into is not None:
        context |= _both(request, incident, into)
        if not form.errors:
            button = f"Merge {incident.reference} into {into.reference}"
            context["confirm"] = ConfirmForm(initial={"into": into.reference}, button=button, back=_url(incident))
    return render(request, "incidents/merge.html", context, status=422 if form.errors else 200)


def _both(request: Signed, incident: Incident, into: Incident) -> dict[str, Any]:
    other_way = f"{_url(into, 'merge')}?into={incident.reference}"
    return {
        "into": into,
        "sides": [(report, _looks(report)) for report in (incident, into)] if into != incident else [],
        "other_way_url": other_way if rules.may_merge(request.user, into, incident) else "",
    }


def _looks(report: Incident) -> list[tuple[str, str]]:
    return [
        ("Kind of report", report.get_kind_display()),
        ("Reported", date_format(localtime(report.reported_at), "F j, Y, P")),
        ("Who has it", report.assignee.name if report.assignee else "Nobody yet"),
        ("Web address", report.address),
        ("First words", Truncator(report.narrative).words(FIRST_WORDS)),
    ]


def _other(request: Signed, form: OtherReportForm) -> Incident | None:
    try:
        return _row(request, form.cleaned_data["into"])
    except Http404:
        form.add_error("into", UNKNOWN)
        return None


def _row(request: Signed, number: int) -> Incident:
    # Whom the reports name is not shown here.
    rows = rules.for_reader(rules.visible_to(request.user), request.user).prefetch_related(None)
    return row_or_404(rows, actor=request.user, pk=number)


def _url(incident: Incident, name: str = "case") -> str:
    return reverse(f"incidents:{name}", args=[incident.reference])


@require_http_methods(["GET", "POST"])
def unmerge(request: Signed, reference: str) -> HttpResponse:
    """Say what happens to a merged report that stands by itself again, and let it."""
    incident = _row(request, reference_number(reference))
    if request.method == "POST":
        incident = merging.unmerge(incident, actor=request.user, out_of=request.POST.get("out_of", ""))
        messages.success(request, f"{incident.reference} stands by itself again and needs a first look.")
        return redirect(_url(incident))
    require(lifecycle.UNMERGE.check(request.user, incident), action="incident.unmerge", record=incident)
    context = {
        "incident": incident,
        "head": incident.merged_into,
        "facts": _looks(incident)[:2] + _looks(incident)[3:],
        "days": parameters.FIRST_LOOK_DAYS.value(),
    }
    return render(request, "incidents/unmerge.html", context)
