"""What the page of one request shows: what happens next, what one can do, the chain, and what has happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format

from access_requests import lifecycle, routing
from access_requests.models import AccessRequest, Turn
from audit import trail
from audit.models import Entry
from people.chain import Link
from people.models import User
from workflow.lifecycle import Transition

Status = AccessRequest.Status

_SENTENCES = {
    "accessrequest.submit": "Sent the request",
    "accessrequest.withdraw": "Withdrew the request",
    "accessrequest.grant": "Confirmed that access was set up",
    "accessrequest.keep": "Kept the access",
    "accessrequest.revoke": "Revoked it",
    "accessrequest.finish": "Gave the access back",
    "accessrequest.ended": "The request or its access ended",
    "accessrequest.remove": "Confirmed that access was removed",
    "accessrequest.review_asked": "Asked for a periodic review",
    "accessrequest.nobody_left": "Found nobody left who could decide",
    "accessrequest.approve.refused": "Tried to approve and was refused",
    "accessrequest.return.refused": "Tried to return it and was refused",
    "accessrequest.decline.refused": "Tried to decline and was refused",
    "accessrequest.grant.refused": "Tried to confirm the grant and was refused",
    "accessrequest.remove.refused": "Tried to confirm the removal and was refused",
    "accessrequest.revoke.refused": "Tried to revoke it and was refused",
    "accessrequest.read.refused": "Tried to open it and was refused",
}
BY_ITSELF = "The portal"


@dataclass(frozen=True)
class Happened:
    """One line of a request's timeline."""

    sentence: str
    at: datetime
    detail: str = ""
    actor_name: str = ""


@dataclass(frozen=True)
class Place:
    """One link of the chain as the page shows it: who, why, and how it stands."""

    named: str
    why: str
    state: str
    kind: str
    words: str = ""
    at: datetime | None = None


def page(request: AccessRequest, user: User) -> dict[str, Any]:
    """Everything the page of a request shows this person."""
    turns = list(request.turns.select_related("person", "acting_for").order_by("pk"))
    turn = next((each for each in turns if not each.outcome), None)
    return {
        "asked": request,
        "is_requester": user.pk == request.requester_id,
        "sentence": _what_happens_next(request, turn),
        "who": _who(request, turn),
        "due_at": _due(request, turn),
        "turn": turn,
        "may": {name: bool(step.check(user, request)) for name, step in _steps(request).items()},
        "chain": _chain(request, turns),
        "timeline": _timeline(request, turns),
        "facts": _facts(request),
        "purpose": _purpose(request),
        "narrowed": request.until != request.ends_on or request.granted_sites != request.sites,
    }


def ahead(requester: User) -> list[Place]:
    """Who will decide about a request of this person, nearest first, before it is sent."""
    command = routing.chain_for(requester)
    return [Place(_named(link), link.why, "", "neutral") for link in command.links[: command.needed]]


def _steps(request: AccessRequest) -> dict[str, Transition[AccessRequest]]:
    return {
        "decide": lifecycle.APPROVE,
        "withdraw": lifecycle.WITHDRAW,
        "grant": lifecycle.GRANT,
        "review": lifecycle.KEEP,
        "finish": lifecycle.FINISH,
        "remove": lifecycle.REMOVE,
        "revoke": lifecycle.revoking(request),
    }


def _what_happens_next(request: AccessRequest, turn: Turn | None) -> str:
    until = date_format(request.until, "F j, Y") if request.until else ""
    if request.status == Status.SUBMITTED and turn is not None:
        return "Each one in the chain of command decides in turn. Where one does not, the next is asked."
    if request.status == Status.ACTIVE:
        review = " A periodic review is under way." if turn else ""
        return f"Access is in force until {until}.{review}"
    return {
        Status.DRAFT: "Nobody sees this draft. Finish it and send it.",
        Status.RETURNED: "Change what was asked and send it again. It goes through the whole chain of command.",
        Status.APPROVED: "IT Security sets the access up and confirms it. Until then it cannot be used.",
        Status.ENDING: f"{request.get_end_reason_display()}. The access must not be used; IT Security removes it.",
        Status.ENDED: f"{request.get_end_reason_display()}. Nothing more is to be done.",
        Status.DECLINED: "The request was declined. A new one may be sent if things change.",
        Status.WITHDRAWN: "The request was taken back. Nothing more is to be done.",
    }.get(Status(request.status), "")


def _who(request: AccessRequest, turn: Turn | None) -> str:
    if turn is not None:
        return turn.named
    if request.is_draft:
        return str(request.requester)
    return "IT Security" if request.status in {Status.APPROVED, Status.ENDING} else ""


def _due(request: AccessRequest, turn: Turn | None) -> datetime | None:
    if turn is not None:
        return turn.due_at
    return request.removal_due_at if request.status == Status.ENDING else None


def _chain(request: AccessRequest, turns: list[Turn]) -> list[Place]:
    """The turns of the round that counts, and who is still to come."""
    ours = [turn for turn in turns if turn.round == request.round]
    places = [_place(turn) for turn in ours]
    if request.status == Status.SUBMITTED:
        had = {turn.acting_for_id or turn.person_id for turn in ours if turn.outcome != Turn.Outcome.MOVED_ON}
        command = routing.chain_for(request.requester)
        reached = [n for n, link in enumerate(command.links) if routing.principal_of(link).pk in had]
        later = command.links[max(reached, default=-1) + 1 : command.needed]
        places += [Place(_named(link), link.why, "Decides later", "neutral") for link in later]
    return places


def _place(turn: Turn) -> Place:
    kinds = {"": "waiting", Turn.Outcome.APPROVED: "success", Turn.Outcome.KEPT: "success"}
    state = turn.get_outcome_display() if turn.outcome else "Decides now"
    code = f"{turn.get_code_display()}. " if turn.code else ""
    kind = kinds.get(turn.outcome, "neutral")
    words = "" if turn.outcome == Turn.Outcome.MOVED_ON else f"{code}{turn.words}{_left(turn)}"
    return Place(turn.named, turn.why, state, kind, words.strip(), turn.closed_at)


def _left(turn: Turn) -> str:
    """What an approval left of the request."""
    if turn.outcome != Turn.Outcome.APPROVED or turn.until is None:
        return ""
    return f" Until {date_format(turn.until, 'F j, Y')}, for {', '.join(turn.sites)}."


def _named(link: Link) -> str:
    return f"{link.person}, standing in for {link.acting_for}" if link.acting_for else str(link.person)


def _facts(request: AccessRequest) -> list[tuple[str, Any]]:
    days = [date_format(day, "F j, Y") if day else "" for day in (request.starts_on, request.until or request.ends_on)]
    facts: list[tuple[str, Any]] = [
        ("Asked by", f"{request.requester}{f', {request.unit}' if request.unit else ''}"),
        ("Sites", ", ".join(request.granted_sites or request.sites)),
        ("Investigation or case", request.case),
        ("First day", days[0]),
        ("Last day", days[1]),
        ("Device", request.device),
    ]
    if request.granted_at:
        facts += [("Set up", request.provided_what), ("Set up where", request.provided_where)]
    if request.removed_at:
        facts += [("Removed where", request.removed_where)]
    if request.end_words:
        facts += [("Why it ended", request.end_words)]
    return facts


def _purpose(request: AccessRequest) -> list[tuple[str, str]]:
    return [
        ("What to look at, and what for", request.wanted),
        ("Case or program task", request.task),
        ("Why public viewing is not enough", request.why_sign_in),
    ]


def _timeline(request: AccessRequest, turns: list[Turn]) -> list[Happened]:
    """What the trail and the turns say, in order of time."""
    entries = [_told(entry) for entry in trail.of(request) if entry.action in _SENTENCES]
    given = [Happened(f"{turn.named} got it", turn.since, turn.why) for turn in turns]
    closed = [
        Happened(turn.get_outcome_display(), turn.closed_at, _place(turn).words, turn.named)
        for turn in turns
        if turn.closed_at and turn.outcome != Turn.Outcome.OVER
    ]
    # What was decided stands before whose turn it made it.
    return sorted([*entries, *closed, *given], key=lambda each: each.at)


def _told(entry: Entry) -> Happened:
    detail = str(entry.facts.get("reason", ""))
    if end := entry.facts.get("end"):
        detail = str(AccessRequest.End(end).label)
    return Happened(_SENTENCES[entry.action], entry.at, detail, entry.actor.name if entry.actor else BY_ITSELF)
