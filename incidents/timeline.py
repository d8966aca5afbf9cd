"""The trail of one incident in words: in full for the Privacy Office, in the steps that concern them for reporters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from incidents import rules
from incidents.choices import Ground, Kind, Severity, Verb, YesNo
from incidents.models import Incident
from incidents.thread import Person

_SENTENCES = {
    "incident.reported": "Reported the incident",
    "incident.assigned": "Gave the case to {to}",
    "incident.unassigned": "Took the case from whoever had it",
    "incident.start_triage": "Started triage",
    "incident.severity": "Set the severity to {severity}",
    "incident.task_added": "Added the task “{task}”",
    "incident.task_done": "Finished the task “{task}”",
    "incident.task_not_needed": "Marked the task “{task}” as not needed",
    "incident.task_taken_up": "Took the task “{task}” up again",
    "incident.merge": "Merged into {into}",
    "incident.unmerge": "Took it out of {into}",
    "incident.merged_with": "Merged {other} into this case",
    "incident.unmerged_from": "Took {other} out of this case",
    "incident.person_named": "Named another person involved",
    "incident.begin_review": "Began the review",
    "incident.substantiate": "Found it substantiated",
    "incident.not_substantiate": "Found it unsubstantiated: {ground}",
    "incident.call_near_miss": "Called it a near miss: {ground}",
    "incident.review_again": "Took the decision back for review",
    "incident.close": "Closed the case",
    "incident.reopen": "Reopened the case",
    "incident.replied": "Wrote to the reporter",
    "incident.noted": "Wrote a note for the Privacy Office",
    "incident.told": "Somebody without the code wrote to the Privacy Office",
    "incident.unmasked": "Asked for the reporter's name",
    "incident.read.refused": "Tried to open the case and was refused",
}
SOMEONE_KEPT = "Someone kept from this case"
# What nobody did who is known may have been done by a reporter without an account; the rest the portal did by itself.
_BY_OUTSIDERS = {"incident.reported", "incident.replied"}
_WORDS = {**dict(Kind.choices), **dict(Severity.choices), **dict(Ground.choices)}
# What reclassifying may change, in the words of the page, and how the page says what it was changed to.
_KNOWN = {
    "kind": ("the kind of report", dict(Kind.choices)),
    "verb": ("how they asked", dict(Verb.choices)),
    "still_live": ("whether it can still be seen", dict(YesNo.choices)),
    "moved_to_personal": ("whether the account was moved", dict(YesNo.choices)),
    "division": ("the division concerned", {}),
}
_FOR_THE_REPORTER = {
    "incident.reported": "You sent the report.",
    "incident.start_triage": "The Privacy Office started to look at it.",
    "incident.begin_review": "It is being reviewed.",
    "incident.substantiate": "The Privacy Office made a decision.",
    "incident.not_substantiate": "The Privacy Office made a decision.",
    "incident.call_near_miss": "The Privacy Office made a decision.",
    "incident.review_again": "It is being reviewed again.",
    "incident.close": "The case was closed.",
    "incident.reopen": "The case was reopened.",
    "incident.merge": "It is handled together with another report.",
    "incident.unmerge": "It is handled by itself again.",
}


class Entry(Protocol):
    """An entry of the trail, as a record or as a page read it."""

    @property
    def action(self) -> str:
        """What was done, as in "incident.close"."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def facts(self) -> dict[str, Any]:
        """What the trail holds besides."""

    @property
    def actor(self) -> Person | None:
        """Whoever did it, where anyone did."""

    @property
    def actor_id(self) -> int | None:
        """Their number."""


@dataclass(frozen=True)
class Line:
    """One line of a timeline."""

    at: datetime
    actor_name: str
    sentence: str


def for_the_office(
    incident: Incident, entries: Iterable[Entry], *, reporter_name: str, tasks: Mapping[int, str]
) -> list[Line]:
    """Everything that happened, the reporter under the name they may be shown by; `tasks` are its tasks' words."""
    return [
        Line(entry.at, _actor(incident, entry, reporter_name), _sentence(incident, entry, tasks)) for entry in entries
    ]


def for_the_reporter(entries: Iterable[Entry]) -> list[Line]:
    """The steps a reporter is told of, without anyone's name."""
    told = (entry for entry in entries if entry.action in _FOR_THE_REPORTER)
    return [Line(entry.at, "", _FOR_THE_REPORTER[entry.action]) for entry in told]


def _actor(incident: Incident, entry: Entry, reporter_name: str) -> str:
    if _is_told_without_a_name(incident, entry):
        return SOMEONE_KEPT
    if entry.actor_id == incident.reporter_id and (entry.actor or entry.action in _BY_OUTSIDERS):
        return reporter_name
    return entry.actor.name if entry.actor else "The portal"


def _is_told_without_a_name(incident: Incident, entry: Entry) -> bool:
    # Being refused tells who is kept from a case, the confidential reporter of a report merged into it among them. Who
    # may not even see it is never named, since that report may be taken out again and the line stays.
    if entry.action.endswith(".read.refused"):
        return True
    return entry.action.endswith(".refused") and entry.actor_id in rules.barred(incident)


def _sentence(incident: Incident, entry: Entry, tasks: Mapping[int, str]) -> str:
    if entry.action.endswith(".refused") and entry.action not in _SENTENCES:
        return f"Was refused: {entry.facts.get('reason', '')}"
    if entry.action == "incident.reclassified":
        return "; ".join([*_learned(entry.facts), *_laid_out(entry.facts)])
    if entry.action == "incident.replied" and entry.actor_id == incident.reporter_id:
        return "Wrote to the Privacy Office"
    if entry.action == "incident.assigned" and entry.actor and entry.facts.get("to") == entry.actor.name:
        return "Took the case"
    facts = {name: _WORDS.get(value, value) if isinstance(value, str) else value for name, value in entry.facts.items()}
    facts["task"] = tasks.get(entry.facts.get("task", 0), "")
    sentence = _SENTENCES.get(entry.action, entry.action).format_map(_Facts(facts))
    return "; ".join([sentence, *_laid_out(entry.facts)])


def _learned(facts: Mapping[str, Any]) -> list[str]:
    """Which answers changed, and to what."""
    changed = [name for name in _KNOWN if name in facts and facts[name] != facts.get(f"{name}_before")]
    said = [f"{_KNOWN[name][0]}: {_KNOWN[name][1].get(facts[name], facts[name]) or 'not known'}" for name in changed]
    return [f"Updated what is known: {', '.join(said)}"] if said else ["Looked through what is known"]


def _laid_out(facts: Mapping[str, Any]) -> list[str]:
    """How many tasks a step brought with it."""
    number = facts.get("tasks", 0)
    return [f"{number} task{'' if number == 1 else 's'} from the checklist"] if number else []


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "not stated"
