"""Reporting without signing in: the form, the code, and what to do where the code is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incidents import limits, parameters, return_codes, rules
from incidents.forms.public import LostForm, OutsideReportForm, SavedForm
from incidents.models import PublicReport
from incidents.operations import outside
from incidents.views.outsiders import Stopped, for_anyone
from incidents.views.outsiders_files import add_files, names_of_files

OK, REFUSED, TOO_MANY = 200, 422, 429


@for_anyone
def start(request: HttpRequest) -> HttpResponse:
    """What this page is for, and the form; sending it leads to the code."""
    if request.method != "POST":
        return _form(request, OutsideReportForm())
    form = OutsideReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, status=REFUSED)
    return _send(request, form)


def _send(request: HttpRequest, form: OutsideReportForm) -> HttpResponse:
    answers, facts = form.cleaned_data, form.facts()
    ticket = outside.ticket_of(answers["ticket"], facts, [person.pk for person in answers["people"]])
    report = outside.sent_with(ticket)
    if report is None:
        if (until := limits.full_until(request, limits.REPORTS)) is not None:
            return _form(request, form, status=TOO_MANY, stopped=Stopped("sent", until))
        limits.count(request, limits.REPORTS)
    # Known before anything can go wrong with the files: from here on the page needs nothing else to show it.
    code = return_codes.code_for(ticket)
    if report is None:
        report, _ = outside.file_report(ticket, facts=facts, people=answers["people"])
    refusals = add_files(request, report, answers["evidence"])
    if report.code_saved_at is not None:
        return _onward(request, report, refusals=refusals, files=names_of_files(report))
    return _code(request, report, SavedForm(initial={"ticket": ticket}), code, refusals=refusals)


def _form(
    request: HttpRequest, form: OutsideReportForm, *, status: int = OK, stopped: Stopped | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "stopped": stopped,
        "days": parameters.FIRST_LOOK_DAYS.value(),
    }
    return render(request, "report/start.html", context, status=status)


def _code(
    request: HttpRequest, report: PublicReport, form: SavedForm, code: str, *, status: int = OK, **shown: Any
) -> HttpResponse:
    context = {
        "form": form,
        "incident": report.incident,
        "groups": return_codes.in_groups(code),
        "files": names_of_files(report),
        **shown,
    }
    return render(request, "report/code.html", context, status=status)


def _onward(request: HttpRequest, report: PublicReport, **shown: Any) -> HttpResponse:
    asking = rules.asking_was_allowed(report.incident)
    context = {
        "incident": report.incident,
        "asking": "" if asking else getattr(asking, "reason", ""),
        "statute": rules.statute_applies(report.incident),
        **shown,
    }
    return render(request, "report/onward.html", context)


@for_anyone
def saved(request: HttpRequest) -> HttpResponse:
    """The person says that the code is in safe hands; without that tick the code stays on the page."""
    ticket = request.POST.get("ticket", "")
    report = outside.sent_with(ticket)
    if report is None:
        return redirect("report:start")
    form = SavedForm(request.POST)
    if report.code_saved_at is None and not form.is_valid():
        return _code(request, report, form, return_codes.code_for(ticket), status=REFUSED)
    outside.confirm_saved(report)
    return _onward(request, report)


@for_anyone
def lost(request: HttpRequest) -> HttpResponse:
    """Somebody without a code tells the Privacy Office something; the answer is the same whatever number they name."""
    if request.method != "POST":
        return render(request, "report/lost.html", {"form": LostForm()})
    form = LostForm(request.POST)
    if not form.is_valid():
        return render(request, "report/lost.html", {"form": form}, status=REFUSED)
    if (until := limits.full_until(request, limits.WITHOUT_CODE)) is not None:
        return render(request, "report/lost.html", {"form": form, "stopped": Stopped("sent", until)}, status=TOO_MANY)
    answers = form.cleaned_data
    ticket = outside.ticket_of(answers["ticket"], answers["number"], form.told())
    outside.tell_without_code(answers["number"], words=form.told(), ticket=ticket)
    limits.count(request, limits.WITHOUT_CODE)
    return render(request, "report/lost_sent.html")
