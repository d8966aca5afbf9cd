"""What ends access: its last day, a revocation, a closed investigation, a move, a departure, or that nobody needs it.

Each ends it at once on paper, and whatever was set up becomes IT Security's to remove.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from access_requests import lifecycle, notices
from access_requests.models import AccessRequest, Turn
from access_requests.operations import turns
from access_requests.parameters import REMOVAL_DAYS
from audit.models import Entry
from investigations import closing
from investigations.models import Investigation
from notifications.outbox import owe_all
from people import changes
from people.directory import holders_of
from people.models import Role, User
from workflow import calendar, clock
from workflow.lifecycle import Transition, advance

Status, End = AccessRequest.Status, AccessRequest.End
BATCH = 500
# What a departure ends, and what a move does: a request that is still being decided moves along with its requester.
_LIVE = (Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.ACTIVE)
_GRANTED = (Status.APPROVED, Status.ACTIVE)
# Each of the two has an index in the order of its last days; one for both together would hold what is over, too.
_BY_LAST_DAY = ((Status.ACTIVE,), (Status.SUBMITTED, Status.RETURNED, Status.APPROVED))


@transaction.atomic
def revoke(request: AccessRequest, *, actor: User, words: str) -> AccessRequest:
    """Revoke what was approved, for a reason: approvers, IT Security and Privacy Officers may, at any time."""
    request = turns.locked(request)
    return end(request, lifecycle.revoking(request), End.REVOKED, actor=actor, words=words)


@transaction.atomic
def finish(request: AccessRequest, *, actor: User) -> AccessRequest:
    """Give back access one no longer needs."""
    return end(turns.locked(request), lifecycle.FINISH, End.PURPOSE_OVER, actor=actor)


def end(
    request: AccessRequest,
    step: Transition[AccessRequest],
    reason: str,
    *,
    actor: User,
    words: str = "",
    outcome: str = Turn.Outcome.OVER,
) -> AccessRequest:
    """Take one step by which a locked request is over; whoever asked and IT Security hear of it.

    `outcome` is what came of the turn that waited, if one did.
    """
    ended: dict[str, Any] = {**_ended(reason, words), "ended_by": actor}
    if step.target == Status.ENDING:
        ended["removal_due_at"] = _removal_due(clock.now())
    event = advance(request, step, actor=actor, also=ended, end=reason)
    turns.close(request, outcome, words=words)
    if actor.pk != request.requester_id:
        notices.tell_requester("ended", event, request)
    if step.target == Status.ENDING:
        notices.tell_security("to_remove", event, request)
    return request


def expire() -> int:
    """End everything whose last day has passed; returns how many."""
    past = Q(until__lt=clock.today())
    return sum(end_all(past, End.EXPIRED, statuses=statuses) for statuses in _BY_LAST_DAY)


def end_all(which: Q, reason: str, *, statuses: Iterable[str] = _LIVE, actor: User | None = None) -> int:
    """End whatever of this is neither over nor a draft, some hundred at a time; each has its own entry in the trail."""
    ended, live = 0, AccessRequest.objects.filter(which, status__in=statuses).order_by("until", "pk")
    while numbers := list(live.values_list("pk", flat=True)[:BATCH]):
        ended += _end_some(numbers, statuses, reason, actor)
    return ended


def register() -> None:
    """Hear of everyone who leaves or moves, and of every investigation that is closed, in that very transaction."""
    changes.register(_hear)
    closing.register(_hear_closing)


@transaction.atomic
def _end_some(numbers: list[int], statuses: Iterable[str], reason: str, actor: User | None) -> int:
    rows = AccessRequest.objects.select_for_update(of=("self",)).filter(pk__in=numbers, status__in=statuses)
    requests = list(rows.select_related("requester").order_by("pk"))
    if requests:
        _put_an_end(requests, reason, actor)
    return len(requests)


def _put_an_end(requests: list[AccessRequest], reason: str, actor: User | None) -> None:
    """Set the end of locked rows, write each down, close their turns and tell those concerned: six statements."""
    now = clock.now()
    came_from = {request.pk: request.status for request in requests}
    numbers = list(came_from)
    over = {**_ended(reason, ""), "ended_by": actor}
    live = AccessRequest.objects.filter(pk__in=numbers)
    live.filter(status=Status.ACTIVE).update(status=Status.ENDING, removal_due_at=_removal_due(now), **over)
    live.exclude(status=Status.ENDING).update(status=Status.ENDED, **over)
    Turn.objects.filter(request__in=numbers, outcome="").update(outcome=Turn.Outcome.OVER, closed_at=now)
    Entry.objects.bulk_create(_entry(request, came_from[request.pk], reason, actor) for request in requests)
    _tell(requests, came_from)


def _entry(request: AccessRequest, came_from: str, reason: str, actor: User | None) -> Entry:
    status = lifecycle.ENDS_BY_ITSELF[Status(came_from)]
    facts = {"came_from": came_from, "status": status, "end": reason}
    return Entry(
        action="accessrequest.ended",
        actor=actor,
        record_type=AccessRequest._meta.label_lower,  # noqa: SLF001  Django's documented way in
        record_id=str(request.pk),
        facts=facts,
    )


def _tell(requests: list[AccessRequest], came_from: dict[int, str]) -> None:
    security = list(holders_of(Role.IT_SECURITY))
    tellings = []
    for request in requests:
        event = f"access {request.pk} ended"
        tellings.append(notices.telling("ended", event, request, [request.requester]))
        if came_from[request.pk] == Status.ACTIVE:
            able = [person for person in security if person.pk != request.requester_id]
            tellings.append(notices.telling("to_remove", event, request, able))
    owe_all(tellings)


def _ended(reason: str, words: str) -> dict[str, Any]:
    return {"ended_at": clock.now(), "end_reason": reason, "end_words": words}


def _removal_due(now: datetime) -> datetime:
    return calendar.due_after(now, REMOVAL_DAYS.value())


def _hear(event: str, actor: User | None, user: User | None, facts: dict[str, Any]) -> None:
    if event == "person.deactivated":
        end_all(Q(requester=user), End.LEFT, actor=actor)
        turns.move_all(Q(person=user) | Q(acting_for=user))
    elif event == "directory.left":
        left = facts["employee_numbers"]
        end_all(Q(requester__employee_number__in=left), End.LEFT)
        turns.move_all(Q(person__employee_number__in=left) | Q(acting_for__employee_number__in=left))
    elif event == "directory.moved":
        moved = Q(requester__employee_number__in=facts["employee_numbers"]) & ~Q(unit=F("requester__unit"))
        end_all(moved, End.MOVED, statuses=_GRANTED)
        turns.move_all(Q(request__requester__employee_number__in=facts["employee_numbers"]))
    elif event in {"person.delegated", "person.delegation_ended"}:
        turns.move_all(Q(person=user) | Q(acting_for=user))


def _hear_closing(investigation: Investigation, actor: User) -> None:
    end_all(Q(investigation=investigation), End.CASE_CLOSED, actor=actor)
