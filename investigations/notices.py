"""Who hears of what in an investigation; every line names it by its number, and never what it is about."""

from django.urls import reverse

from audit.models import Entry
from investigations import rules
from investigations.models import Investigation
from notifications.outbox import owe, withdraw
from people.models import User


def investigation_url(investigation: Investigation) -> str:
    """The investigation as those who see it see it."""
    return reverse("investigations:one", args=[investigation.pk])


def tell_member(event: Entry, investigation: Investigation, person: User, *, actor: User) -> None:
    """Someone hears that they were added, unless they added themselves."""
    _tell("added", event, investigation, [person] if person != actor else [])


def tell_of_closing(event: Entry, investigation: Investigation, *, actor: User) -> None:
    """All who take part hear that it was closed, except whoever closed it."""
    people = [member.person for member in rules.members_of(investigation)]
    _tell("closed", event, investigation, [person for person in people if person != actor])


def take_back(investigation: Investigation, person: User) -> None:
    """Whoever was taken out and does not see it any more loses what they were told about it."""
    if not rules.visible_to(person).filter(pk=investigation.pk).exists():
        withdraw(investigation_url(investigation), people=[person.pk])


def _tell(template: str, event: Entry, investigation: Investigation, to: list[User]) -> None:
    owe(
        f"investigations/{template}",
        event=f"trail {event.pk}",
        to=to,
        reference=investigation.number,
        url=investigation_url(investigation),
    )
