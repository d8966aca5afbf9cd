"""The periodic review: a supervisor keeps or revokes what is in force; what nobody keeps comes to an end."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from access_requests import lifecycle, routing
from access_requests.models import AccessRequest, Turn
from access_requests.operations import ending, turns
from access_requests.parameters import REVIEW_DAYS
from people.models import User
from workflow import clock
from workflow.lifecycle import advance

Status = AccessRequest.Status


def ask_for_reviews() -> int:
    """Ask whoever is nearest above each employee whose access is due for a review; returns how many were asked."""
    due = AccessRequest.objects.filter(status=Status.ACTIVE, review_on__lte=clock.today()).order_by("review_on", "pk")
    numbers = list(due.exclude(turns__outcome="").values_list("pk", flat=True))
    return sum(_ask(AccessRequest(pk=number)) for number in numbers)


@transaction.atomic
def keep(request: AccessRequest, *, actor: User) -> AccessRequest:
    """Keep access in force; it comes up again after as many days as the setting says."""
    request = turns.locked(request)
    again = {"review_on": clock.today() + timedelta(days=REVIEW_DAYS.value())}
    advance(request, lifecycle.KEEP, actor=actor, also=again)
    turns.close(request, Turn.Outcome.KEPT)
    return request


@transaction.atomic
def revoke(request: AccessRequest, *, actor: User, words: str) -> AccessRequest:
    """Revoke access at its review, for a reason."""
    request = turns.locked(request)
    reason, outcome = AccessRequest.End.REVOKED, Turn.Outcome.REVOKED
    return ending.end(request, lifecycle.END_AT_REVIEW, reason, actor=actor, words=words, outcome=outcome)


def end_unreviewed() -> int:
    """End what the whole chain was asked to review and nobody kept: silence approves nothing; returns how many."""
    silent = turns.waiting().filter(kind=Turn.Kind.REVIEW, due_at__lte=clock.now())
    stuck = [turn.request_id for turn in silent if routing.next_link(turn.request, besides=turn) is None]
    return ending.end_all(Q(pk__in=stuck), AccessRequest.End.NOT_REVIEWED, statuses=(Status.ACTIVE,))


@transaction.atomic
def _ask(request: AccessRequest) -> bool:
    request = turns.locked(request)
    is_due = request.status == Status.ACTIVE and request.review_on is not None and request.review_on <= clock.today()
    if not is_due or routing.open_turn(request) is not None:
        return False
    request.round += 1
    link = routing.next_link(request)
    if link is None:
        # Nobody above is left to keep it.
        ending.end_all(Q(pk=request.pk), AccessRequest.End.NOT_REVIEWED, statuses=(Status.ACTIVE,))
        return False
    request.save(update_fields=["round"])
    turns.give_to(request, link, Turn.Kind.REVIEW, "accessrequest.review_asked", actor=None)
    return True
