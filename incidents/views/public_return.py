"""Coming back with a code: the door, what the Privacy Office wrote, and answering it."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from incidents import limits, return_codes, thread, words
from incidents.forms.public import OPENS_NOTHING, CodeForm, WriteForm
from incidents.models import Incident, Message, PublicReport
from incidents.operations import outside
from incidents.views import visits
from incidents.views.outsiders import Stopped, for_anyone
from incidents.views.outsiders_files import add_files, names_of_files
from incidents.views.public import OK, REFUSED, TOO_MANY

OFFICE, REPORTER = "Privacy Office", "Reporter"


@for_anyone
def come_back(request: HttpRequest) -> HttpResponse:
    """The door; and behind it, for as long as the visit lasts, the thread."""
    if request.method == "POST":
        return _try(request)
    report = _visited(request)
    return _door(request, CodeForm()) if report is None else _thread(request, report, WriteForm())


def _try(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    form.full_clean()
    if (until := limits.full_until(request, limits.WRONG_CODES)) is not None:
        return _door(request, form, status=TOO_MANY, stopped=Stopped("opened", until))
    report = return_codes.opened_by(request.POST.get("code", ""))
    if report is None:
        limits.count(request, limits.WRONG_CODES)
        if "code" not in form.errors:
            form.add_error("code", OPENS_NOTHING)
        return _door(request, form, status=REFUSED)
    return _opened(request, report, kept=request.POST.get("body", ""))


def _opened(request: HttpRequest, report: PublicReport, *, kept: str) -> HttpResponse:
    response: HttpResponse = redirect("report:come_back")
    if kept:
        # Typed in a visit that had come to its end: it is not sent before the person has seen it again.
        response = _thread(request, report, WriteForm(initial={"body": kept}))
    visits.begin(request, response, report.pk)
    return response


@for_anyone
def write(request: HttpRequest) -> HttpResponse:
    """A message to the Privacy Office, with files; where the visit is over, it waits until the code is given again."""
    report = _visited(request)
    if request.method != "POST":
        return redirect("report:come_back")
    if report is None:
        form = CodeForm(initial={"body": request.POST.get("body", "")})
        return _door(request, form, status=REFUSED, is_over=True)
    return _say(request, report, WriteForm(request.POST, request.FILES))


def _say(request: HttpRequest, report: PublicReport, form: WriteForm) -> HttpResponse:
    if not form.is_valid():
        return _thread(request, report, form, status=REFUSED)
    if limits.too_many_messages(report.pk):
        return _thread(request, report, form, status=TOO_MANY, stopped=Stopped("sent"))
    if refusals := add_files(request, report, form.cleaned_data["evidence"]):
        form.add_error("evidence", refusals)
        return _thread(request, report, form, status=REFUSED)
    outside.reply(report, body=form.cleaned_data["body"], ticket=form.cleaned_data["ticket"])
    return redirect(reverse("report:come_back") + "#thread")


@for_anyone
def close(request: HttpRequest) -> HttpResponse:
    """Leave nothing open in this browser."""
    if request.method != "POST":
        return redirect("report:come_back")
    response = render(request, "report/closed.html")
    visits.end(request, response)
    return response


def _visited(request: HttpRequest) -> PublicReport | None:
    report_id = visits.report_id(request)
    return None if report_id is None else outside.opened(report_id)


def _door(request: HttpRequest, form: CodeForm, *, status: int = OK, **shown: Any) -> HttpResponse:
    return render(request, "report/come_back.html", {"form": form, **shown}, status=status)


def _thread(
    request: HttpRequest, report: PublicReport, form: WriteForm, *, status: int = OK, **shown: Any
) -> HttpResponse:
    incident = report.incident
    said = _said(incident)
    # A report that was merged stands as the one it was merged into, whose number is nobody else's to know.
    state, sentence = words.for_the_reporter(incident.merged_into or incident)
    asks = bool(said) and not said[-1].mine
    context = {
        "incident": incident,
        "state": state,
        "sentence": "The Privacy Office wrote to you. Read it below and answer there." if asks else sentence,
        "thread": said,
        "files": names_of_files(report),
        "form": form,
        **shown,
    }
    return render(request, "report/thread.html", context, status=status)


def _said(incident: Incident) -> list[thread.Said]:
    messages = incident.messages.filter(audience=Message.Audience.THREAD).select_related("author").order_by("pk")
    said = thread.for_reader(messages, None, incident, reporter_name=REPORTER)
    # Who in the office wrote is no outsider's to know.
    return [each if each.mine else replace(each, author_name=OFFICE) for each in said]
