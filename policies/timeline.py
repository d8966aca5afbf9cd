"""The trail of one draft in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from audit.models import Entry

_SENTENCES = {
    "version.started": "Began the draft",
    "version.written": "Changed the text",
    "version.submit": "Sent it for review",
    "version.approve": "Approved it",
    "version.return": "Returned it for changes",
    "version.take_back": "Took it back to change it",
    "version.publish": "Published it",
    "version.discard": "Discarded the draft",
    "version.in_force": "Came into force",
    "version.remarked": "Wrote a remark",
    "version.approve.refused": "Tried to approve it and was refused",
    "version.read.refused": "Tried to open it and was refused",
}
BY_ITSELF = "The portal"


@dataclass(frozen=True)
class Told:
    """An entry as the page shows it."""

    sentence: str
    actor_name: str
    at: datetime
    detail: str = ""


def told(entries: Iterable[Entry]) -> tuple[Told, ...]:
    """The entries that say something to a reader, oldest first; a row of changes by one person is one entry."""
    lines: list[Told] = []
    for entry in entries:
        if entry.action not in _SENTENCES:
            continue
        line = Told(_SENTENCES[entry.action], entry.actor.name if entry.actor else BY_ITSELF, entry.at)
        if lines and (lines[-1].sentence, lines[-1].actor_name) == (line.sentence, line.actor_name):
            lines.pop()
        lines.append(line)
    return tuple(lines)
