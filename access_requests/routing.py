"""Whose turn a request is: the first link of today's chain of command above those who have decided."""

from access_requests.models import AccessRequest, Turn
from people.chain import Link, designee_for
from people.command import Command, command_of
from people.models import User
from workflow import clock

# Outcomes after which a link is not asked again in the same round.
_HAD = (Turn.Outcome.APPROVED, Turn.Outcome.KEPT, Turn.Outcome.PASSED_OVER)


def chain_for(requester: User) -> Command:
    """Who decides about this person's requests, as things stand today."""
    return command_of(requester, on=clock.today())


def next_link(request: AccessRequest, *, besides: Turn | None = None) -> Link | None:
    """Who decides next, as things stand today; None where it went as far up as it must, or nobody is left.

    `besides` is a turn to be counted as if it were over: whoever let its time pass is not asked again.
    """
    command = chain_for(request.requester)
    had = [*request.turns.filter(round=request.round, outcome__in=_HAD), *([besides] if besides else [])]
    principals = {turn.acting_for_id or turn.person_id for turn in had}
    places = {principal_of(link).pk: place for place, link in enumerate(command.links)}
    asked = [places[principal] for principal in principals if principal in places]
    if _is_settled(had, places, command.needed):
        return None
    above = command.links[max(asked, default=-1) + 1 :]
    kept_out = principals | {turn.person_id for turn in had}
    return next((link for link in above if link.person.pk not in kept_out), None) or _last_resort(request, kept_out)


def principal_of(link: Link) -> User:
    """The link of the chain itself: whoever decides in their own name, or the one they stand in for."""
    return link.acting_for or link.person


def open_turn(request: AccessRequest) -> Turn | None:
    """The turn that waits, with its people; None where nobody has to decide."""
    return request.turns.filter(outcome="").select_related("person", "acting_for").first()


def _is_settled(had: list[Turn], places: dict[int, int], needed: int) -> bool:
    """Whether someone approved who stands as far up as the request must go; silence never does."""
    approved = [turn.acting_for_id or turn.person_id for turn in had if turn.outcome == Turn.Outcome.APPROVED]
    return any(places.get(principal, -1) >= needed - 1 for principal in approved)


def _last_resort(request: AccessRequest, kept_out: set[int]) -> Link | None:
    """Where everybody in the chain was asked and not settled it: the Secretary's designee, once."""
    designee = designee_for(request.requester)
    if designee is None or designee.pk in kept_out:
        return None
    return Link(designee, None, "Nobody is left in the chain of command, so the Secretary's designee decides.")
