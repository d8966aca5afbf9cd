"""The policies, drafts and questions the tests of the library speak of."""

import uuid
from datetime import date
from typing import Any

from people.models import Role, User
from policies.models import Question, Version
from policies.operations import asking, drafting, publishing
from policies.operations.asking import Place
from policies.operations.drafting import Text
from tests.personas import employee

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
    """A question about the photographs."""
    place = Place(version, "ii-a", "II(A)")
    return asking.ask(place, actor=asker, body=body, concerns_supervisor=about_supervisor, submission=uuid.uuid4())
