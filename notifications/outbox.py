"""Owing people a message: rows in the caller's transaction, and a ring at the queue's door once it has committed."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from notifications import doorbell
from notifications.models import Mail, Notice
from notifications.rules import Addressee, why_not_mailed
from people.models import User
from people.planned import Planned

BATCH = 1000


@dataclass(frozen=True)
class Telling:
    """Some people to be told once about an event: in the portal at commit, by mail soon after.

    `facts` are safe words for the mail's templates, never a record's contents; `url` is a path of this site.
    """

    template: str
    event: str
    to: Iterable[Addressee]
    reference: str
    url: str
    facts: Mapping[str, str] = field(default_factory=dict)


def owe(template: str, *, event: str, to: Iterable[Addressee], reference: str, url: str, **facts: str) -> None:
    """Tell each of these people once about an event."""
    owe_all([Telling(template, event, to, reference, url, facts)])


def owe_all(tellings: Iterable[Telling]) -> None:
    """All of these in one statement and with one ring; whoever was told of an event already keeps what they have."""
    rows = [_row(telling, person) for telling in tellings for person in _each_once(telling.to)]
    for first in range(0, len(rows), BATCH):
        _TELL.rows(*map(list, zip(*rows[first : first + BATCH], strict=True)))
    ring_on_commit([uuid.UUID(row[0]) for row in rows if row[_MAIL] == Mail.OWED])


# Many people are told of one event in one statement: as rows of the ORM, they took longer than the event itself.
_COLUMNS = "id event_key recipient_id template reference url facts mail message_id last_error".split()
_MAIL = _COLUMNS.index("mail")
_TELL = Planned(
    """
    INSERT INTO notifications_notice (id, event_key, recipient_id, kind, template, reference, url, facts, mail,
        message_id, attempts, last_error)
    SELECT told.id, told.event, told.recipient, 'event', told.template, told.reference, told.url, told.facts::jsonb,
        told.mail, told.message_id, 0, told.error
    FROM unnest(%s::text[]::uuid[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::text[])
        AS told (id, event, recipient, template, reference, url, facts, mail, message_id, error)
    ON CONFLICT DO NOTHING RETURNING 1
    """,
    _COLUMNS,
    asks=_COLUMNS,
)


def _row(telling: Telling, person: Addressee) -> tuple[Any, ...]:
    notice_id, error = uuid.uuid4(), why_not_mailed(person)
    facts, mail = json.dumps(dict(telling.facts)), Mail.NONE if error else Mail.OWED
    told = (telling.template, telling.reference, telling.url, facts, mail, _message_id(notice_id), error)
    return str(notice_id), telling.event, person.pk, *told


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
    return f"<{notice_id}@{_host(settings.SITE_URL)}>"


@cache
def _host(site: str) -> str | None:
    return urlsplit(site).hostname


def put(notices: Sequence[Notice]) -> None:
    """Insert these rows; whoever has been told of the event already keeps the row they have."""
    Notice.objects.bulk_create(notices, batch_size=BATCH, ignore_conflicts=True)


def ring_on_commit(owed: Sequence[uuid.UUID]) -> None:
    """Once the caller's transaction has committed, ask for the delivery of these notices."""
    # Not a partial: Django 5.2 asks a robust callback that failed for its name.
    transaction.on_commit(lambda: doorbell.ring_for(owed), robust=True)


def _each_once(people: Iterable[Addressee]) -> list[Addressee]:
    return list({person.pk: person for person in people}.values())
