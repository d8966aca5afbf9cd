"""What awaits someone, gathered from the features they use."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, QuerySet, Subquery
from django.urls import reverse

from incidents import leavers, queue, rules, words
from incidents.choices import Status
from incidents.models import Draft, Incident
from investigations.rules import works_on_them as works_on_investigations
from people.models import Role, User
from policies import inquiries
from policies.rules import sees_drafts, sees_register
from worklist import team

NEXT_FEW = 5
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Action:
    """Something people often come for."""

    label: str
    words: str
    url: str


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
        "questions": len(glance["answers_due"]),
        "answer_due": next(iter(glance["answers_due"]), None),
        "actions": _actions(user, leads=glance["leads"]),
    }


def _glance(user: User) -> dict[str, Any]:
    """An unfinished report, the due dates of what they are to answer, and whether they lead anybody; one query."""
    drafts = Draft.objects.filter(author=user, filed_at=None).exclude(answers={}).order_by("pk")
    found = User.objects.filter(pk=user.pk).annotate(
        draft_saved_at=Subquery(drafts.values("saved_at")[:1]),
        answers_due=ArraySubquery(inquiries.waiting_for(user).values("due_at")[:MOST_COUNTED]),
        leads=Exists(team.of(user)),
    )
    return dict(found.values("draft_saved_at", "answers_due", "leads").get())


def _reports(user: User) -> QuerySet[Incident]:
    return rules.reported_by(user).select_related("merged_into").order_by("-pk")[:NEXT_FEW]


def _state(report: Incident) -> str:
    return words.for_the_reporter(report)[0]


def _actions(user: User, *, leads: bool) -> list[Action]:
    actions = [
        Action(
            "Report an incident",
            "Confidential information got out, or someone asked for your account. About two minutes.",
            reverse("incidents:report"),
        ),
        Action("My reports", "See how your reports stand and answer questions.", reverse("incidents:my_reports")),
        Action("My questions", "Ask about a policy, and read the answers.", reverse("policies:questions")),
        Action("My account", "Your roles, your chain of command, your stand-in.", reverse("people:account")),
    ]
    if leads:
        actions.insert(2, Action("My team", "Your people, and what they asked you.", reverse("worklist:team")))
    if user.has_role(*rules.STAFF):
        actions.insert(
            0, Action("Incident queue", "Every open case you may see, due first.", reverse("incidents:queue"))
        )
    if user.has_role(Role.PRIVACY_OFFICER):
        words_of_it = "Give all cases of someone who leaves to a colleague."
        actions.append(Action("Reassign cases", words_of_it, reverse("incidents:reassign")))
    if works_on_investigations(user):
        words_of_it = "Formal investigations: which there are, and who takes part."
        actions.append(Action("Investigations", words_of_it, reverse("investigations:list")))
    if sees_drafts(user):
        words_of_it = "Policies being written, reviewed, or ready to be published."
        actions.append(Action("Drafts of policies", words_of_it, reverse("policies:drafts")))
    if sees_register(user):
        words_of_it = "What each clause demands, what carries it out, and how often it said no."
        actions.append(Action("Clause register", words_of_it, reverse("policies:coverage")))
    if user.has_role(Role.ADMINISTRATOR):
        actions.append(Action("People and roles", "Find someone, give or end a role.", reverse("people:people")))
        actions.append(Action("Settings", "Lists and time limits of the portal.", reverse("workflow:settings")))
        actions.append(
            Action("Undelivered mail", "What could not be sent, and why.", reverse("notifications:undelivered"))
        )
    return actions
