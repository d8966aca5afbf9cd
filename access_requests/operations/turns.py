"""Whose turn it is: given, closed, and moved on where someone left, is away or let the time pass."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from access_requests import notices, routing
from access_requests.models import AccessRequest, Turn
from access_requests.models.turn import LONGEST_WHY
from access_requests.parameters import DECISION_DAYS
from audit import trail
from audit.models import Entry
from people.chain import Link
from people.models import Delegation, User
from workflow import calendar, clock

Kind, Outcome, Status = Turn.Kind, Turn.Outcome, AccessRequest.Status
_PEOPLE = ("requester__unit", "requester__supervisor", "investigation", "unit", "granted_by", "removed_by", "ended_by")


def locked(request: AccessRequest) -> AccessRequest:
    """The request as it stands now, with nobody else changing it until the transaction ends."""
    AccessRequest.objects.select_for_update().get(pk=request.pk)
    # Read once it is ours: a join in the statement that waited would still find what was there before.
    return AccessRequest.objects.select_related(*_PEOPLE).get(pk=request.pk)


def give_to(
    request: AccessRequest, link: Link, kind: str, action: str, *, actor: User | None, because: str = ""
) -> Entry:
    """Make a locked request somebody's turn, with their full time to decide, and tell them."""
    now = clock.now()
    turn = Turn.objects.create(
        request=request,
        round=request.round,
        kind=kind,
        person=link.person,
        acting_for=link.acting_for,
        why=f"{because} {link.why}".strip()[:LONGEST_WHY],
        under_id=request.requester.supervisor_id,
        since=now,
        due_at=calendar.due_after(now, DECISION_DAYS.value()),
    )
    event = trail.write(action, actor=actor, record=request, to=link.person.pk)
    notices.tell_holder(event, request, turn)
    return event


def close(request: AccessRequest, outcome: str, **facts: Any) -> Turn | None:
    """Close the turn that waits, if one does, with what came of it."""
    turn = routing.open_turn(request)
    if turn is not None:
        turn.outcome, turn.closed_at = outcome, clock.now()
        for name, value in facts.items():
            setattr(turn, name, value)
        turn.save(update_fields=["outcome", "closed_at", *facts])
    return turn


def move_on_all() -> int:
    """Give what is overdue, or in the wrong hands, to the next link; returns how many. Silence approves nothing."""
    return move_all(Q(due_at__lte=clock.now()) | _is_misplaced(clock.today()))


def move_all(which: Q) -> int:
    """The same for the waiting turns for which this holds."""
    waiting = Turn.objects.filter(which, outcome="").order_by("due_at", "pk")
    return sum(move_on(AccessRequest(pk=number)) for number in list(waiting.values_list("request", flat=True)))


@transaction.atomic
def move_on(request: AccessRequest) -> bool:
    """Give a request to whoever decides today where that is someone else, or where the time has passed."""
    request = locked(request)
    turn = routing.open_turn(request)
    if turn is None:
        return False
    if turn.due_at <= clock.now():
        return _escalate(request, turn)
    link = routing.next_link(request)
    if link is None or _is_with(turn, link):
        return False
    because = _why_not(turn)
    close(request, Outcome.MOVED_ON, words=because)
    event = give_to(request, link, turn.kind, "accessrequest.moved_on", actor=None, because=because)
    if turn.person_id != link.person.pk:
        notices.tell_of_moving_on(event, request, had_it=turn)
    return True


def waiting() -> QuerySet[Turn]:
    """Everything that waits for somebody, due first."""
    return Turn.objects.filter(outcome="").select_related("person", "request__requester").order_by("due_at", "pk")


def _escalate(request: AccessRequest, turn: Turn) -> bool:
    link = routing.next_link(request, besides=turn)
    if link is None:
        return _leave(request, turn)
    because = f"{turn.named} did not decide in time."
    close(request, Outcome.PASSED_OVER)
    event = give_to(request, link, turn.kind, "accessrequest.escalated", actor=None, because=because)
    notices.tell_of_escalation(event, request, had_it=turn)
    return True


def _leave(request: AccessRequest, turn: Turn) -> bool:
    """Nobody is left: a request stays undecided with its last holder; what nobody reviews is ended elsewhere."""
    if turn.kind == Kind.REVIEW:
        return False
    Turn.objects.filter(pk=turn.pk).update(due_at=calendar.due_after(clock.now(), DECISION_DAYS.value()))
    trail.write("accessrequest.nobody_left", actor=None, record=request)
    notices.tell_of_standstill(request, turn)
    return False


def _is_with(turn: Turn, link: Link) -> bool:
    return (turn.person_id, turn.acting_for_id) == (link.person.pk, link.acting_for.pk if link.acting_for else None)


def _why_not(turn: Turn) -> str:
    if not turn.person.is_active:
        return f"{turn.person} has left."
    if turn.acting_for and not turn.acting_for.is_active:
        return f"{turn.acting_for} has left."
    if Delegation.objects.covering(clock.today()).filter(delegator=turn.person).exists():
        return f"{turn.person} is away."
    if turn.acting_for:
        return f"{turn.person} no longer stands in for {turn.acting_for}."
    return f"The chain of command no longer leads to {turn.person} first."


def _is_misplaced(today: date) -> Q:
    """The turns whose holder left, is away, stands in no longer, or whose requester has another superior now."""
    covering = Delegation.objects.covering(today)
    away = covering.filter(delegator=OuterRef("person"))
    stands_in = covering.filter(delegator=OuterRef("acting_for"), delegate=OuterRef("person"))
    under, superior = Q(under__isnull=True), Q(request__requester__supervisor__isnull=True)
    elsewhere = (
        under & ~superior | ~under & superior | ~under & ~superior & ~Q(under=F("request__requester__supervisor"))
    )
    gone = Q(person__is_active=False) | Q(acting_for__is_active=False)
    return gone | Q(Exists(away)) | Q(acting_for__isnull=False) & ~Q(Exists(stands_in)) | elsewhere
