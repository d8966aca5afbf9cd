"""The trail of one incident in words: in full for the Privacy Office, in the steps that concern them for reporters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.models import Entry
from incidents.choices import Ground, Kind, Severity
from incidents.models import Incident

_SENTENCES = {
    "incident.reported": "Reported the incident",
    "incident.assigned": "Gave the case to {to}",
    "incident.start_triage": "Started triage",
    "incident.severity": "Set the severity to {severity}",
    "incident.reclassified": "Updated what is known: {kind}",
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
    "incident.unmasked": "Asked for the reporter's name",
    "incident.read.refused": "Tried to open the case and was refused",
}
_WORDS = {**dict(Kind.choices), **dict(Severity.choices), **dict(Ground.choices)}
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
}


@dataclass(frozen=True)
class Line:
    """One line of a timeline."""

    at: datetime
    actor_name: str
    sentence: str


def for_the_office(incident: Incident, entries: Iterable[Entry], *, reporter_name: str) -> list[Line]:
    """Everything that happened, with the reporter under the name they may be shown by."""
    return [Line(entry.at, _actor(incident, entry, reporter_name), _sentence(incident, entry)) for entry in entries]


def for_the_reporter(entries: Iterable[Entry]) -> list[Line]:
    """The steps a reporter is told of, without anyone's name."""
    told = (entry for entry in entries if entry.action in _FOR_THE_REPORTER)
    return [Line(entry.at, "", _FOR_THE_REPORTER[entry.action]) for entry in told]


def _actor(incident: Incident, entry: Entry, reporter_name: str) -> str:
    if entry.actor_id == incident.reporter_id:
        return reporter_name
    return entry.actor.name if entry.actor else "The portal"


def _sentence(incident: Incident, entry: Entry) -> str:
    if entry.action.endswith(".refused") and entry.action not in _SENTENCES:
        return f"Was refused: {entry.facts.get('reason', '')}"
    if entry.action == "incident.replied" and entry.actor_id == incident.reporter_id:
        return "Wrote to the Privacy Office"
    if entry.action == "incident.assigned" and entry.actor and entry.facts.get("to") == entry.actor.name:
        return "Took the case"
    facts = {name: _WORDS.get(value, value) if isinstance(value, str) else value for name, value in entry.facts.items()}
    return _SENTENCES.get(entry.action, entry.action).format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "not stated"
