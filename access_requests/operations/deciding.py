"""The chain of command decides: approve, for less where that is enough, return for changes, or decline."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from access_requests import lifecycle, notices, routing, rules
from access_requests.models import AccessRequest, Turn
from access_requests.operations import turns
from people.chain import Link
from people.models import User
from workflow.decisions import require
from workflow.lifecycle import advance


@transaction.atomic
def approve(
    request: AccessRequest,
    *,
    actor: User,
    until: date | None = None,
    sites: Sequence[str] | None = None,
    words: str = "",
) -> AccessRequest:
    """Approve all of it or less; the next link has it then, after the last one IT Security."""
    request = turns.locked(request)
    require(lifecycle.APPROVE.check(actor, request), action="accessrequest.approve", record=request)
    until, kept = until or request.until, list(request.granted_sites if sites is None else sites)
    narrowed = rules.only_narrows(request, until, kept)
    require(narrowed, action="accessrequest.approve", record=request)
    link = _after_approval(request)
    step = lifecycle.PASS_ON if link else lifecycle.APPROVE
    event = advance(request, step, actor=actor, also={"until": until, "granted_sites": kept})
    turns.close(request, Turn.Outcome.APPROVED, words=words, until=until, sites=kept)
    if link:
        turns.give_to(request, link, Turn.Kind.DECISION, "accessrequest.awaiting", actor=actor)
    else:
        notices.tell_requester("approved", event, request)
        notices.tell_security("to_grant", event, request)
    return request


@transaction.atomic
def give_back(request: AccessRequest, *, actor: User, code: str, words: str) -> AccessRequest:
    """Return a request for changes, for a coded reason and in words."""
    request = turns.locked(request)
    event = advance(request, lifecycle.RETURN, actor=actor, code=code)
    turns.close(request, Turn.Outcome.RETURNED, code=code, words=words)
    notices.tell_requester("returned", event, request)
    return request


@transaction.atomic
def decline(request: AccessRequest, *, actor: User, words: str) -> AccessRequest:
    """Decline a request for good, with the reason; a new one may be sent."""
    request = turns.locked(request)
    event = advance(request, lifecycle.DECLINE, actor=actor)
    turns.close(request, Turn.Outcome.DECLINED, words=words)
    notices.tell_requester("declined", event, request)
    return request


def _after_approval(request: AccessRequest) -> Link | None:
    """Who decides after the one whose turn it is has approved; None where that was the last."""
    turn = routing.open_turn(request)
    if turn is not None:
        turn.outcome = Turn.Outcome.APPROVED
    return routing.next_link(request, besides=turn)
