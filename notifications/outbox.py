"""Owing people a message: rows in the caller's transaction, and a ring at the queue's door once it has committed."""

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
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
    people = _each_once(to)
    ids, errors = [uuid.uuid4() for _ in people], [why_not_mailed(person) for person in people]
    for first in range(0, len(people), BATCH):
        some = slice(first, first + BATCH)
        columns = _columns(people[some], ids[some], errors[some])
        with connection.cursor() as cursor:
            cursor.execute(_TELL, [event, template, reference, url, json.dumps(facts), *columns])
    ring_on_commit([notice_id for notice_id, error in zip(ids, errors, strict=True) if not error])


# Many people are told of one event in one statement: as rows of the ORM, they took longer than the event itself.
_TELL = """
    INSERT INTO notifications_notice (id, event_key, recipient_id, kind, template, reference, url, facts, mail,
        message_id, attempts, last_error)
    SELECT told.id, %s, told.recipient, 'event', %s, %s, %s, %s::jsonb, told.mail, told.message_id, 0, told.error
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::text[], %s::text[])
        AS told (id, recipient, mail, message_id, error)
    ON CONFLICT DO NOTHING
"""


def _columns(people: list[User], ids: list[uuid.UUID], errors: list[str]) -> list[list[Any]]:
    return [
        [str(notice_id) for notice_id in ids],
        [person.pk for person in people],
        [Mail.NONE if error else Mail.OWED for error in errors],
        [_message_id(notice_id) for notice_id in ids],
        errors,
    ]


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
        message_id=_message_id(notice_id),
        **fields,
    )


def _message_id(notice_id: uuid.UUID) -> str:
    return f"<{notice_id}@{urlsplit(settings.SITE_URL).hostname}>"


def put(notices: Sequence[Notice]) -> None:
    """Insert these rows; whoever has been told of the event already keeps the row they have."""
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)


def ring_on_commit(owed: Sequence[uuid.UUID]) -> None:
    """Once the caller's transaction has committed, ask for the delivery of these notices."""
    # Not a partial: Django 5.2 asks a robust callback that failed for its name.
    transaction.on_commit(lambda: doorbell.ring_for(owed), robust=True)


def _each_once(people: Iterable[User]) -> list[User]:
    return list({person.pk: person for person in people}.values())
