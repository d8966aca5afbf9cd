"""Everything the case page shows, gathered in as few queries as it takes."""

import uuid
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString

from incidents import lifecycle, related, rules, targets, timeline, words
from incidents.answers import facts_of, learned_of
from incidents.choices import DECIDED, OUTSIDERS, Outsider
from incidents.dossier import Dossier, ToDo, Written
from incidents.forms.casework import MessageForm, drawn_once
from incidents.models import Incident, Message, Task
from incidents.severity import suggest
from incidents.thread import for_reader
from people.models import User
from workflow import clock
from workflow.lifecycle import Transition, open_to

HIDDEN_REPORTER = "Confidential reporter"
PARTS = (
    ("facts", "What was reported"),
    ("severity", "Severity"),
    ("finding", "Finding"),
    ("tasks", "Tasks"),
    ("targets", "Targets"),
    ("people", "People"),
    ("related", "Related reports"),
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
# Merging and taking apart have a place of their own on the page.
_BUTTONS = tuple(step for step in lifecycle.TABLE if step not in (lifecycle.MERGE, lifecycle.UNMERGE))


class Record:
    """All of the page but its conversation: the same wherever it is made of the same, so drawn once for it.

    What it shows is put together when it is first looked at: not at all where it was drawn before.
    """

    def __init__(self, made_of: tuple[Hashable, ...], show: Callable[[], Mapping[str, Any]]) -> None:
        self._made_of, self._show = made_of, show

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._made_of == other._made_of

    def __hash__(self) -> int:
        return hash(self._made_of)

    def __getitem__(self, name: str) -> Any:
        """What the page shows under this name."""
        return self._all[name]

    @cached_property
    def _all(self) -> Mapping[str, Any]:
        return self._show()


def case_context(
    its: Dossier, user: User, *, thread_data: QueryDict | None = None, office_data: QueryDict | None = None
) -> dict[str, Any]:
    """The context of incidents/case.html; bound data is shown again with its errors."""
    incident = its.incident
    knows = rules.knows_the_reporter(user, incident)
    name = _reporter_name(its, knows=knows)
    works = bool(rules.may_work_on(user, incident))
    tasks = {task.pk: task.text for task in its.tasks}
    others = related.of(incident, user)
    return {
        "incident": incident,
        "record": Record(
            (its.made_of, user.pk, user.roles, others),
            lambda: _shown(its, user, name, others, works=works, knows=knows),
        ),
        "works": works,
        "thread": _part(its.messages, Message.Audience.THREAD, user, incident, name) if works else (),
        "notes": _part(its.messages, Message.Audience.OFFICE, user, incident, name) if works else (),
        "timeline": tuple(timeline.for_the_office(incident, its.entries, reporter_name=name, tasks=tasks)),
        "thread_form": _writing(incident, "thread", thread_data),
        "note_form": _writing(incident, "office", office_data),
        "parts": tuple(part for part in PARTS if _is_shown(part[0], incident, works=works)),
    }


def _shown(its: Dossier, user: User, name: str, others: related.Others, *, works: bool, knows: bool) -> dict[str, Any]:
    incident = its.incident
    return {
        "incident": incident,
        "reporter_name": name,
        "reported_by": name[0].lower() + name[1:] if incident.is_public else name,
        "may_unmask": not knows and bool(rules.may_unmask(user, incident)),
        "may_edit": works and bool(rules.is_open(incident)),
        "may_weigh": works and bool(rules.is_undecided(incident)),
        "suggestion": suggest(incident),
        "next_step": words.next_step(incident, tasks_left=any(task.state == Task.State.OPEN for task in its.tasks)),
        "who": _who_has_it(its),
        "decider": its.names["decided_by"],
        "people": its.people,
        **_ways_on(its, user),
        "facts": (*facts_of(incident), *learned_of(its.names["division"])),
        "tasks": its.tasks,
        "tasks_done": _how_far(its.tasks),
        "targets": targets.of(incident, clock.about_now()),
        "files": its.files,
        "asking": rules.asking_was_allowed(incident),
        "statute": rules.statute_applies(incident),
        "related": others,
    }


def _reporter_name(its: Dossier, *, knows: bool) -> str:
    if its.incident.is_public:
        return OUTSIDERS[Outsider(its.incident.outsider)]
    return (knows and its.names["reporter"]) or HIDDEN_REPORTER


def _is_shown(part: str, incident: Incident, *, works: bool) -> bool:
    return works if part in {"thread", "office"} else bool(incident.finding) if part == "finding" else True


def _how_far(tasks: list[ToDo]) -> str:
    """How many of the tasks are done, in words; nothing where there are none."""
    done = sum(task.state == Task.State.DONE for task in tasks)
    set_aside = sum(task.state == Task.State.NOT_NEEDED for task in tasks)
    also = f", {set_aside} not needed" if set_aside else ""
    return f"{done} of {len(tasks)} done{also}" if tasks else ""


def _part(said: list[Written], audience: str, user: User, incident: Incident, reporter_name: str) -> Any:
    chosen = [message for message in said if message.audience == audience]
    return tuple(for_reader(chosen, user, incident, reporter_name=reporter_name))


def _who_has_it(its: Dossier) -> str:
    """Whoever has the case; of a merged report, whoever has the one it went into."""
    if its.incident.merged_into is not None:
        return f"{its.names['holder'] or 'Nobody yet'}, with {its.incident.merged_into.reference}"
    return its.names["assignee"] or "Nobody yet"


# Steps back are never what the page leads to.
_BACK = (lifecycle.REVIEW_AGAIN, lifecycle.REOPEN)


def _ways_on(its: Dossier, user: User) -> dict[str, Any]:
    """The steps open to this person, of which at most one is what the page leads to; else the tasks may be."""
    steps = open_to(user, its.incident, _BUTTONS)
    leading = next((step for step in steps if step not in _BACK), None)
    waits = its.incident.status in DECIDED and any(task.state == Task.State.OPEN for task in its.tasks)
    return {
        "steps": [_button(its.incident, step, leads=step is leading) for step in steps],
        "has_way_on": leading is not None,
        "tasks_first": leading is None and waits,
    }


def _button(incident: Incident, transition: Transition[Incident], *, leads: bool) -> dict[str, Any]:
    """Where a step is taken: on a page of its own where something must be filled in, else by one click."""
    if transition is lifecycle.REOPEN:
        url, asks = reverse("incidents:reopen", args=[incident.reference]), True
    else:
        asks = transition.name in _PAGES
        page = _PAGES.get(transition.name, "incidents:step")
        url = reverse(page, args=[incident.reference, transition.name])
    return {"label": transition.label, "url": url, "asks": asks, "leads": leads}


@dataclass(frozen=True)
class _Writing:
    """A place to write: the form as it was sent where it holds mistakes, else its fields as they always are."""

    url: str
    submission: uuid.UUID
    fields: SafeString
    form: MessageForm | None


def _writing(incident: Incident, audience: str, data: QueryDict | None) -> _Writing:
    mailed = (
        "They read it when they return with their code." if incident.is_public else "They get an e-mail with a link."
    )
    label, button, hint = {
        "thread": ("Write to the reporter", "Send to the reporter", mailed),
        "office": ("Note for the Privacy Office", "Add the note", "The reporter never sees notes."),
    }[audience]
    url = reverse(f"incidents:say_{audience}", args=[incident.reference])
    words_of_it = {"label": label, "button": button, "hint": hint, "auto_id": f"id_{audience}_%s"}
    form = None if data is None else MessageForm(data, url=url, **words_of_it)
    return _Writing(url, uuid.uuid4(), drawn_once(**words_of_it), form)
