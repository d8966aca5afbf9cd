"""Everything the case page shows, gathered in as few queries as it takes."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from attachments import listing
from audit import trail
from incidents import lifecycle, rules, timeline, words
from incidents.answers import facts_of
from incidents.forms.casework import MessageForm
from incidents.models import Incident, Message
from incidents.operations.reporting import INCIDENT_RECORD
from incidents.severity import suggest
from incidents.thread import for_reader
from people.models import User
from workflow.lifecycle import Transition, open_to

HIDDEN_REPORTER = "Confidential reporter"
PARTS = (
    ("facts", "What was reported"),
    ("severity", "Severity"),
    ("finding", "Finding"),
    ("people", "People"),
    ("evidence", "Evidence"),
    ("thread", "Messages"),
    ("office", "Notes"),
    ("timeline", "Timeline"),
)
_PAGES = {
    lifecycle.SUBSTANTIATE.name: "incidents:decide",
    lifecycle.NOT_SUBSTANTIATE.name: "incidents:decide",
    lifecycle.CALL_NEAR_MISS.name: "incidents:decide",
}


def case_context(
    incident: Incident, user: User, *, thread_data: QueryDict | None = None, office_data: QueryDict | None = None
) -> dict[str, Any]:
    """The context of incidents/case.html; bound data is shown again with its errors."""
    knows = rules.knows_the_reporter(user, incident)
    reporter_name = incident.reporter.name if knows else HIDDEN_REPORTER
    works = bool(rules.may_work_on(user, incident))
    said = list(incident.messages.select_related("author").order_by("pk")) if works else []
    return {
        "incident": incident,
        "reporter_name": reporter_name,
        "works": works,
        "may_unmask": not knows and bool(rules.may_unmask(user, incident)),
        "may_edit": works and bool(rules.is_open(incident)),
        "may_weigh": works and bool(rules.is_undecided(incident)),
        "suggestion": suggest(incident),
        "next_step": words.next_step(incident),
        "who": incident.assignee.name if incident.assignee else "Nobody yet",
        "steps": [_button(incident, transition) for transition in open_to(user, incident, lifecycle.TABLE)],
        "facts": facts_of(incident),
        "files": listing.of(INCIDENT_RECORD, str(incident.pk)),
        "thread": _part(said, Message.Audience.THREAD, user, incident, reporter_name),
        "notes": _part(said, Message.Audience.OFFICE, user, incident, reporter_name),
        "timeline": timeline.for_the_office(incident, trail.of(incident), reporter_name=reporter_name),
        "thread_form": _message_form(incident, "thread", thread_data),
        "note_form": _message_form(incident, "office", office_data),
        "parts": [part for part in PARTS if _is_shown(part[0], incident, works=works)],
        "asking": rules.asking_was_allowed(incident),
        "statute": rules.statute_applies(incident),
    }


def _is_shown(part: str, incident: Incident, *, works: bool) -> bool:
    return works if part in {"thread", "office"} else bool(incident.finding) if part == "finding" else True


def _part(said: list[Message], audience: str, user: User, incident: Incident, reporter_name: str) -> Any:
    chosen = [message for message in said if message.audience == audience]
    return for_reader(chosen, user, incident, reporter_name=reporter_name)


def _button(incident: Incident, transition: Transition[Incident]) -> dict[str, Any]:
    """Where a step is taken: on a page of its own where something must be filled in, else by one click."""
    if transition is lifecycle.REOPEN:
        url, asks = reverse("incidents:reopen", args=[incident.reference]), True
    else:
        asks = transition.name in _PAGES
        page = _PAGES.get(transition.name, "incidents:step")
        url = reverse(page, args=[incident.reference, transition.name])
    return {"label": transition.label, "url": url, "asks": asks}


def _message_form(incident: Incident, audience: str, data: QueryDict | None) -> MessageForm:
    labels = {
        "thread": ("Write to the reporter", "Send to the reporter", "The reporter gets a mail with a link."),
        "office": ("Note for the Privacy Office", "Add the note", "The reporter never sees notes."),
    }
    label, button, hint = labels[audience]
    url = reverse(f"incidents:say_{audience}", args=[incident.reference])
    return MessageForm(data, url=url, label=label, button=button, hint=hint, auto_id=f"id_{audience}_%s")
