"""The policies, drafts and questions the tests of the library speak of."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from notifications.models import Notice
from people.models import Delegation, Role, User
from policies.models import Question, Version
from policies.operations import asking, drafting, publishing
from policies.operations.asking import Place
from policies.operations.drafting import Text
from tests.personas import employee
from workflow import clock

BODY = """Words before the first section.

## I. Purpose

Why this policy is there.

(A) First clause.

(B) Second clause.

(1) Beneath the second.

(2) Beneath it too.

## II. Photographs

(A) Nobody posts a photograph of a client.

### Staying informed

Read what is new.
"""


def writer(name: str = "Wanda Writer", **fields: Any) -> User:
    """Someone of the communications office, who writes policies."""
    return employee(name, roles=(Role.OCCE,), **fields)


def approver(name: str = "Carla Counsel", **fields: Any) -> User:
    """Counsel, who approves policies."""
    return employee(name, roles=(Role.COUNSEL,), **fields)


def draft(
    number: str = "1021",
    *,
    author: User | None = None,
    owner: User | None = None,
    body: str = BODY,
    title: str = "Social media",
    summary: str = "The first version.",
    effective_on: date | None = None,
) -> Version:
    """A draft of a new policy."""
    author = author or writer()
    text = Text(title, body, summary, effective_on)
    return drafting.begin_policy(number, text, owner=owner or author, division=None, actor=author)


def approved(version: Version, *, by: User | None = None) -> Version:
    """The draft sent for review and approved."""
    publishing.submit(version, actor=version.author)
    return publishing.approve(version, actor=by or approver())


def published(number: str = "1021", **facts: Any) -> Version:
    """A policy's first version, in force."""
    version = draft(number, **facts)
    return publishing.publish(approved(version), actor=version.author)


def next_version(last: Version, *, body: str, author: User | None = None, effective_on: date | None = None) -> Version:
    """The version after this one, published."""
    author = author or last.author
    text = Text(last.title, body, "Other words.", effective_on)
    version = drafting.begin_version(last.document, actor=author, text=text)
    return publishing.publish(approved(version), actor=author)


def asked(
    version: Version, asker: User, *, body: str = "May I post the picture?", about_supervisor: bool = False
) -> Question:
    """A question about the photographs, asked as things stand now."""
    place, asker = Place(Version.objects.get(pk=version.pk), "ii-a", "II(A)"), User.objects.get(pk=asker.pk)
    return asking.ask(place, actor=asker, body=body, concerns_supervisor=about_supervisor, submission=uuid.uuid4())


@dataclass(frozen=True)
class Cast:
    """Those a question passes: who asks, their supervisor, the policy's owner, and the one above the owner."""

    erin: User
    samuel: User
    wanda: User
    nora: User
    version: Version


def cast(number: str = "1021") -> Cast:
    """Erin, whose supervisor is Samuel, and a policy of Wanda's, above whom is Nora and nobody else."""
    nora = employee("Nora Northcott")
    wanda = writer("Wanda Writer", supervisor=nora)
    samuel = employee("Samuel Okafor")
    erin = employee("Erin Whitfield", supervisor=samuel)
    return Cast(erin, samuel, wanda, nora, published(number, author=wanda))


def away(person: User, *, stand_in: User, days: int = 7) -> Delegation:
    """Someone is away from today on, and another stands in."""
    today = clock.today()
    ends_on = today + timedelta(days=days)
    return Delegation.objects.create(
        delegator=person, delegate=stand_in, starts_on=today, ends_on=ends_on, reason=Delegation.Reason.LEAVE
    )


def back(absence: Delegation) -> None:
    """Someone who was away is there again."""
    Delegation.objects.filter(pk=absence.pk).update(ended_at=clock.now())


def gone(person: User) -> None:
    """Someone has left, and nobody was told."""
    User.objects.filter(pk=person.pk).update(is_active=False)


def as_it_stands(question: Question) -> Question:
    """The question as the next request finds it."""
    return Question.objects.select_related("holder", "asked_by", "document__owner", "about").get(pk=question.pk)


def told(person: User) -> list[str]:
    """What this person was told about questions, in order, by the names of the messages."""
    notices = Notice.objects.filter(recipient=person, template__startswith="policies/").order_by("created_at", "pk")
    return [
        name for template in notices.values_list("template", flat=True) if (name := template[9:]) in ABOUT_QUESTIONS
    ]


ABOUT_QUESTIONS = {
    *("question", "question_due", "question_overdue", "answered", "passed_on", "escalated", "passed_over"),
    *("moved_on", "taken_over", "question_withdrawn", "answer_published", "unanswered"),
}


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client
