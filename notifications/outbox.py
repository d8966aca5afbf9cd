"""Owing people a message: rows in the caller's transaction, and a ring at the queue's door once it has committed."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from notifications import doorbell
from notifications.models import Mail, Notice
from notifications.rules import why_not_mailed
from people.models import User

BATCH = 1000


def owe(template: str, *, event: str, to: Iterable[User], reference: str, url: str, **facts: str) -> None:
    """Tell each of these people once about an event: in the portal at commit, by mail soon after.

    `facts` are safe words for the mail's templates, never a record's contents; `url` is a path of this site.
    """
    notices = [
        addressed(person, template=template, event_key=event, reference=reference, url=url, facts=facts)
        for person in _each_once(to)
    ]
    put(notices)
    ring_on_commit([notice.pk for notice in notices if notice.mail == Mail.OWED])


def withdraw(url: str, *, people: Iterable[int]) -> None:
    """Take back what these people (ids) were told about one page: out of their list, and unsent where it still is."""
    theirs = Notice.objects.filter(url=url, recipient__in=list(people), withdrawn_at=None)
    theirs.update(withdrawn_at=Now())


def addressed(person: User, *, mail: Mail = Mail.OWED, **fields: Any) -> Notice:
    """An unsaved notice to one person; nobody is mailed who has left or has no address, and the row says so."""
    unreachable = why_not_mailed(person)
    notice_id = uuid.uuid4()
    return Notice(
        id=notice_id,
        recipient=person,
        mail=Mail.NONE if unreachable else mail,
        last_error=unreachable,
        message_id=f"<{notice_id}@{urlsplit(settings.SITE_URL).hostname}>",
        **fields,
    )


def put(notices: Sequence[Notice]) -> None:
    """Insert these rows; whoever has been told of the event already keeps the row they have."""
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)


def ring_on_commit(owed: Sequence[uuid.UUID]) -> None:
    """Once the caller's transaction has committed, ask for the delivery of these notices."""
    # Not a partial: Django 5.2 asks a robust callback that failed for its name.
    transaction.on_commit(lambda: doorbell.ring_for(owed), robust=True)


def _each_once(people: Iterable[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())
