"""What a reporter sees: their reports, how each stands, and the thread with the Privacy Office."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from attachments import listing
from audit import trail
from incidents import rules, words
from incidents.answers import facts_of, named_in
from incidents.forms.casework import MessageForm
from incidents.models import Incident, Message
from incidents.operations import conversation, reporting
from incidents.thread import for_reader
from incidents.timeline import for_the_reporter
from incidents.views.addresses import reference_number
from people.keyset import page_of
from people.requests import Signed
from workflow.doors import row_or_404


@require_GET
def my_reports(request: Signed) -> HttpResponse:
    """Everything this person reported, newest first."""
    reports = rules.reported_by(request.user).select_related("merged_into")
    page = page_of(reports, request.GET, order=("reported_at", "pk"), newest_first=True)
    rows = [(incident, words.for_the_reporter(incident)[0]) for incident in page.rows]
    return render(request, "incidents/my_reports.html", {"rows": rows, "page": page})


@require_GET
def my_report(request: Signed, reference: str) -> HttpResponse:
    """One report as its reporter sees it."""
    return _show(request, _mine(request, reference), None)


@require_POST
def my_reply(request: Signed, reference: str) -> HttpResponse:
    """The reporter writes to the Privacy Office."""
    incident = _mine(request, reference)
    form = _form(incident, request)
    if not form.is_valid():
        return _show(request, incident, form, status=422)
    conversation.reply(incident, actor=request.user, **form.cleaned_data)
    return redirect(reverse("incidents:my_report", args=[reference]) + "#thread")


def _mine(request: Signed, reference: str) -> Incident:
    return row_or_404(rules.reported_by(request.user), actor=request.user, pk=reference_number(reference))


def _form(incident: Incident, request: Signed | None = None) -> MessageForm:
    return MessageForm(
        request.POST if request else None,
        url=reverse("incidents:my_reply", args=[incident.reference]),
        label="Write to the Privacy Office",
        button="Send",
        hint="Do not name the client. Never enter a password.",
    )


def _show(request: Signed, incident: Incident, form: MessageForm | None, status: int = 200) -> HttpResponse:
    thread = incident.messages.filter(audience=Message.Audience.THREAD).select_related("author").order_by("pk")
    state, sentence = words.for_the_reporter(incident)
    entries = list(trail.of(incident))
    was_unmasked = any(entry.action == "incident.unmasked" for entry in entries)
    said = for_reader(thread, request.user, incident, reporter_name=request.user.name)
    asked = bool(said) and not said[-1].mine
    context = {
        "incident": incident,
        "state": state,
        "sentence": "The Privacy Office wrote to you. Read it below and answer there." if asked else sentence,
        "thread": said,
        "facts": [*facts_of(incident), *named_in(incident)],
        "files": listing.of(reporting.INCIDENT_RECORD, str(incident.pk)),
        "timeline": for_the_reporter(entries),
        "unmaskings": incident.unmaskings.select_related("officer").order_by("pk") if was_unmasked else [],
        "form": form or _form(incident),
    }
    return render(request, "incidents/my_report.html", context, status=status)
