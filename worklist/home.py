"""What awaits someone, gathered from the features they use."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, QuerySet, Subquery

from access_requests import rules as access
from access_requests import shelf
from incidents import leavers, queue, rules, words
from incidents.choices import Status
from incidents.models import Draft, Incident
from people.models import Role, User
from policies import inquiries
from workflow import clock
from worklist import actions, team

NEXT_FEW = 5
MOST_COUNTED = 1000


def context(user: User) -> dict[str, Any]:
    """Everything the home page shows this person."""
    works = user.has_role(*rules.PRIVACY_OFFICE)
    counts = queue.counts(user) if works else {}
    glance = _glance(user)
    nobodys, left_behind = leavers.in_no_hands(user) if works else (0, 0)
    return {
        "works": works,
        "cases": queue.awaiting(user, most=NEXT_FEW) if works else [],
        "unassigned": nobodys,
        "left_behind": left_behind if user.has_role(Role.PRIVACY_OFFICER) else 0,
        "counts": [(label, counts.get(value, 0), value) for value, label in Status.choices if value != Status.CLOSED],
        "reports": [(report, _state(report)) for report in _reports(user)],
        "draft_saved_at": glance["draft_saved_at"],
        **_counted("questions", "answer_due", glance["answers_due"]),
        **_counted("decisions", "decision_due", glance["decisions_due"]),
        **_counted("reviews", "review_due", glance["reviews_due"]),
        "actions": _actions(user, glance),
    }


def _glance(user: User) -> dict[str, Any]:
    """An unfinished report, when each thing that awaits them is due, and whether they lead anybody; one query."""
    drafts = Draft.objects.filter(author=user, filed_at=None).exclude(answers={}).order_by("pk")
    glance: dict[str, Any] = {
        "draft_saved_at": Subquery(drafts.values("saved_at")[:1]),
        "answers_due": _days_of(inquiries.waiting_for(user), "due_at"),
        "decisions_due": _days_of(shelf.decisions(user), "due_at"),
        "reviews_due": _days_of(shelf.reviews(user), "due_at"),
        "leads": Exists(team.of(user)),
    }
    if access.may_manage_feed(user):
        glance["removals_due"] = _days_of(shelf.to_remove(user), "removal_due_at")
    return dict(User.objects.filter(pk=user.pk).annotate(**glance).values(*glance).get())


def _days_of(rows: QuerySet[Any], field: str) -> ArraySubquery:
    return ArraySubquery(rows.values(field)[:MOST_COUNTED])


def _counted(name: str, first: str, due: list[datetime]) -> dict[str, Any]:
    return {name: len(due), first: next(iter(due), None)}


def _actions(user: User, glance: dict[str, Any]) -> list[actions.Action]:
    due = glance.get("removals_due", ())
    overdue = sum(1 for each in due if each <= clock.now())
    return actions.of(user, leads=glance["leads"], decides=bool(glance["decisions_due"]), overdue=overdue)


def _reports(user: User) -> QuerySet[Incident]:
    return rules.reported_by(user).select_related("merged_into").order_by("-pk")[:NEXT_FEW]


def _state(report: Incident) -> str:
    return words.for_the_reporter(report)[0]
