"""The lists of requests: one's own, what awaits one, what IT Security has to do, and everything that was sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from access_requests import rules
from access_requests.models import AccessRequest, Turn
from people.models import User
from workflow import clock

# As many as fit a page; those that are due first come first.
MOST = 40
Status = AccessRequest.Status


@dataclass(frozen=True)
class Alike:
    """Requests that serve the same investigation or case, and can be decided together."""

    case: str
    turns: list[Turn]


def asked_by(user: User) -> QuerySet[AccessRequest]:
    """Everything this person asked for, drafts included."""
    return rules.visible_to(user).filter(requester=user)


def decisions(user: User) -> QuerySet[Turn]:
    """The requests this person has to decide about, due first."""
    return rules.turns_of(user).filter(kind=Turn.Kind.DECISION)


def awaiting(user: User) -> list[Alike]:
    """What this person has to decide, due first; requests for the same case stand together."""
    turns = decisions(user)[:MOST]
    first: dict[tuple[int | None, str], int] = {}
    for place, turn in enumerate(turns):
        first.setdefault(_case(turn), place)
    in_groups = sorted(turns, key=lambda turn: first[_case(turn)])
    return [Alike(next(iter(each)).request.case, each) for each in _grouped(in_groups)]


def reviews(user: User) -> QuerySet[Turn]:
    """The access in force this person has to look at again, due first."""
    return rules.turns_of(user).filter(kind=Turn.Kind.REVIEW)


def to_grant(user: User) -> QuerySet[AccessRequest]:
    """What was approved and is not set up yet, the oldest first."""
    return rules.visible_to(user).filter(status=Status.APPROVED).order_by("submitted_at", "pk")


def to_remove(user: User) -> QuerySet[AccessRequest]:
    """What is over and not removed yet, due first."""
    return rules.visible_to(user).filter(status=Status.ENDING).order_by("removal_due_at", "pk")


def in_force() -> QuerySet[AccessRequest]:
    """Every grant that counts today."""
    today = clock.today()
    granted = AccessRequest.objects.filter(status=Status.ACTIVE, starts_on__lte=today, until__gte=today)
    return granted.select_related("requester").order_by("pk")


def _case(turn: Turn) -> tuple[int | None, str]:
    return turn.request.investigation_id, turn.request.case_number.strip().casefold()


def _grouped(turns: Iterable[Turn]) -> list[list[Turn]]:
    return [list(group) for _, group in groupby(turns, key=_case)]
