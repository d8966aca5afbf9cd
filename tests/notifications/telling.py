"""Owing a message in one line."""

from notifications.models import Notice
from notifications.outbox import owe
from people.models import User
from tests.personas import employee


def told(
    person: User | None = None, *, event: str = "INC-1 reported", reference: str = "INC-1", **facts: str
) -> Notice:
    """The notice of one person who was just told of one event."""
    person = person or employee("Rita Reporter")
    owe("tests/told", event=event, to=[person], reference=reference, url="/incidents/INC-1/", **facts)
    return Notice.objects.get(recipient=person, event_key=event)
