"""Messages as one reader sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Incident, Message
from people.models import User


@dataclass(frozen=True)
class Said:
    """One message with the name its reader may see."""

    author_name: str
    at: datetime
    text: str
    mine: bool


def for_reader(messages: Iterable[Message], reader: User, incident: Incident, *, reporter_name: str) -> list[Said]:
    """The messages in order; a confidential reporter under the name this reader may see."""
    return [
        Said(
            reporter_name if message.author_id == incident.reporter_id else message.author.name,
            message.sent_at,
            message.body,
            message.author_id == reader.pk,
        )
        for message in messages
    ]
