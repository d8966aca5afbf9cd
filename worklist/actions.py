"""What people often come for, in the order the home page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from access_requests.rules import may_count, may_manage_feed
from incidents import rules
from investigations.rules import works_on_them
from people.models import Role, User
from policies.rules import sees_drafts, sees_register


@dataclass(frozen=True)
class Action:
    """Something people often come for."""

    label: str
    words: str
    url: str


def of(user: User, *, leads: bool, decides: bool, overdue: int) -> list[Action]:
    """Everything this person often does; `overdue` is how many removals of access are late, for IT Security."""
    return [
        *_first(user, decides=decides, overdue=overdue),
        *_everyones(leads=leads),
        *_of_policies(user),
        *_of_access(user),
        *_of_administrators(user),
    ]


def _first(user: User, *, decides: bool, overdue: int) -> Iterator[Action]:
    if user.has_role(*rules.STAFF):
        yield Action("Incident queue", "Every open case you may see, due first.", reverse("incidents:queue"))
    if decides:
        words = "Decide who may use social media at work, and until when."
        yield Action("Requests awaiting you", words, reverse("access_requests:awaiting"))
    if may_manage_feed(user):
        late = f"{overdue} removal{'' if overdue == 1 else 's'} overdue" if overdue else "No removal is overdue"
        words = f"What was approved, and what is over. {late}."
        yield Action("Access to set up and remove", words, reverse("access_requests:security"))


def _everyones(*, leads: bool) -> Iterator[Action]:
    words = "Confidential information got out, or someone asked for your account. About two minutes."
    yield Action("Report an incident", words, reverse("incidents:report"))
    yield Action("My reports", "See how your reports stand and answer questions.", reverse("incidents:my_reports"))
    if leads:
        yield Action("My team", "Your people, and what they asked you.", reverse("worklist:team"))
    yield Action("My questions", "Ask about a policy, and read the answers.", reverse("policies:questions"))
    words = "Ask to use social media sites at work for an investigation or a case."
    yield Action("My access requests", words, reverse("access_requests:mine"))
    yield Action("My account", "Your roles, your chain of command, your stand-in.", reverse("people:account"))


def _of_policies(user: User) -> Iterator[Action]:
    if user.has_role(Role.PRIVACY_OFFICER):
        words = "Give all cases of someone who leaves to a colleague."
        yield Action("Reassign cases", words, reverse("incidents:reassign"))
    if sees_drafts(user):
        words = "Policies being written, reviewed, or ready to be published."
        yield Action("Drafts of policies", words, reverse("policies:drafts"))
    if sees_register(user):
        words = "What each clause demands, what carries it out, and how often it said no."
        yield Action("Clause register", words, reverse("policies:coverage"))


def _of_access(user: User) -> Iterator[Action]:
    if works_on_them(user):
        words = "Formal investigations: which there are, and who takes part."
        yield Action("Investigations", words, reverse("investigations:list"))
    if may_count(user):
        words = "Who asked for access to social media, what became of it, and who has it now."
        yield Action("All access requests", words, reverse("access_requests:register"))


def _of_administrators(user: User) -> Iterator[Action]:
    if user.has_role(Role.ADMINISTRATOR):
        yield Action("People and roles", "Find someone, give or end a role.", reverse("people:people"))
        yield Action("Settings", "Lists and time limits of the portal.", reverse("workflow:settings"))
        yield Action("Undelivered mail", "What could not be sent, and why.", reverse("notifications:undelivered"))
