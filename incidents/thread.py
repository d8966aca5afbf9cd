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


def for_reader(
    messages: Iterable[Message], reader: User | None, incident: Incident, *, reporter_name: str
) -> list[Said]:
    """The messages in order, the reporter under the name this reader may see; no reader: whoever has the code."""
    return [
        Said(
            _author(message, incident, reporter_name),
            message.sent_at,
            message.body,
            message.author_id == (reader.pk if reader else None),
        )
        for message in messages
    ]


def _author(message: Message, incident: Incident, reporter_name: str) -> str:
    if message.unproven:
        return "Someone without the code, about this report"
    if message.author is None or message.author_id == incident.reporter_id:
        return reporter_name
    return message.author.name
