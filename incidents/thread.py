"""Messages as one reader sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from incidents.models import Incident
from people.models import User


class Person(Protocol):
    """Whoever wrote or did something."""

    @property
    def name(self) -> str:
        """As a page names them."""


class Words(Protocol):
    """A message, as a record or as a page read it."""

    @property
    def author(self) -> Person | None:
        """Whoever wrote it, where they are known."""

    @property
    def author_id(self) -> int | None:
        """Their number."""

    @property
    def body(self) -> str:
        """What was said."""

    @property
    def sent_at(self) -> datetime:
        """When."""

    @property
    def unproven(self) -> bool:
        """Whether they came without their code."""


@dataclass(frozen=True)
class Said:
    """One message with the name its reader may see."""

    author_name: str
    at: datetime
    text: str
    mine: bool


def for_reader(messages: Iterable[Words], reader: User | None, incident: Incident, *, reporter_name: str) -> list[Said]:
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


def _author(message: Words, incident: Incident, reporter_name: str) -> str:
    if message.unproven:
        return "Someone without the code, about this report"
    if message.author is None or message.author_id == incident.reporter_id:
        return reporter_name
    return message.author.name
