"""What the page of an investigation shows: its facts, who takes part, what happens next and what has happened."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from investigations import lifecycle, rules
from investigations.models import Investigation, Member
from people.models import User


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    sentence: str
    at: datetime
    actor_name: str = ""
    detail: str = ""


def page(investigation: Investigation, user: User) -> dict[str, Any]:
    """Everything the page shows this person."""
    ever = list(investigation.members.select_related("person", "added_by", "removed_by").order_by("pk"))
    return {
        "investigation": investigation,
        "sentence": _what_happens_next(investigation),
        "who": investigation.get_office_display() if investigation.is_open else "",
        "facts": facts(investigation),
        "members": [member for member in ever if member.removed_at is None],
        "timeline": sorted(_happened(investigation, ever), key=lambda each: each.at),
        "may_change_members": bool(rules.may_change_members(user, investigation)),
        "may_close": bool(lifecycle.CLOSE.check(user, investigation)),
    }


def facts(investigation: Investigation) -> list[tuple[str, str]]:
    """What was said at opening, and once it is closed what came of it."""
    opened = [
        ("Number", investigation.number),
        ("Office", investigation.get_office_display()),
        ("What may have happened", investigation.get_allegation_display()),
        ("Opened", _by(investigation.opened_by, investigation.opened_at)),
    ]
    if investigation.closed_by is None or investigation.closed_at is None:
        return opened
    closed = _by(investigation.closed_by, investigation.closed_at)
    return [*opened, ("Closed", closed), ("What came of it", investigation.outcome)]


def _by(person: User, moment: datetime) -> str:
    return f"{date_format(timezone.localtime(moment), 'F j, Y')}, by {person}"


def _what_happens_next(investigation: Investigation) -> str:
    if not investigation.is_open:
        return "This investigation is closed. Nothing in it changes any more."
    return "The members investigate. When they are done, one of its investigators closes it and says what came of it."


def _happened(investigation: Investigation, ever: Iterable[Member]) -> Iterator[Happened]:
    yield Happened("opened the investigation", investigation.opened_at, investigation.opened_by.name)
    for number, member in enumerate(ever):
        # Whoever opens one is its first member; the opening says so.
        if number:
            yield Happened(f"{member.person} joined", member.added_at, detail=f"Added by {member.added_by}")
        if member.removed_at is not None:
            yield Happened(f"{member.person} left", member.removed_at, detail=f"Taken out by {member.removed_by}")
    if investigation.closed_at is not None and investigation.closed_by is not None:
        yield Happened("closed it", investigation.closed_at, investigation.closed_by.name, investigation.outcome)
