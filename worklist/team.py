"""A supervisor's people: direct reports, those of whoever they stand in for today, and what these asked."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from people import directory
from people.models import Delegation, User
from policies import inquiries
from policies.models import Question
from workflow import clock


@dataclass(frozen=True)
class Member:
    """One of these people, whose report they are where not one's own, and the questions they wait to have answered."""

    person: User
    reports_to: User | None
    questions: list[Question]


def of(user: User) -> QuerySet[User]:
    """The people at work who report to this person, or to someone they stand in for today, by name."""
    stands_in_for = Delegation.objects.covering(clock.today()).filter(delegate=user).values("delegator")
    theirs = Q(supervisor=user) | Q(supervisor__in=stands_in_for)
    return directory.everyone().filter(theirs, is_active=True).exclude(pk=user.pk)


def context(user: User, *, after: str, before: str) -> dict[str, Any]:
    """Everything the page shows; its queries do not grow with the people or their questions."""
    page = directory.page(of(user).select_related("unit", "supervisor"), after=after, before=before)
    waiting = inquiries.waiting_for(user)
    return {
        "team": _members(user, page.people, waiting),
        "waiting": waiting[: inquiries.MOST],
        "newer_url": f"?before={page.before}" if page.before else "",
        "older_url": f"?after={page.after}" if page.after else "",
        "is_first": not (after or before),
    }


def _members(user: User, people: list[User], waiting: QuerySet[Question]) -> list[Member]:
    asked: dict[int, list[Question]] = defaultdict(list)
    for question in waiting.filter(asked_by__in=people):
        asked[question.asked_by_id].append(question)
    return [
        Member(person, None if person.supervisor_id == user.pk else person.supervisor, asked[person.pk])
        for person in people
    ]
