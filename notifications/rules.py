"""Who gets mail, and who looks after the mail that did not arrive."""

from typing import Protocol

from people.models import Role, User


class Addressee(Protocol):
    """As much of a person as it takes to tell them something."""

    @property
    def pk(self) -> int:
        """Their number."""

    @property
    def email(self) -> str:
        """Their address, if they have one."""

    @property
    def is_active(self) -> bool:
        """Whether they still work here."""


def why_not_mailed(person: Addressee) -> str:
    """Why this person gets no mail, in words for the administrator; empty for anyone who does."""
    if not person.is_active:
        return "This person has left."
    return "" if person.email else "This person has no e-mail address."


def tends_the_outbox(user: User) -> bool:
    """Whether this person may see which mail was not delivered, and have it tried again."""
    return user.has_role(Role.ADMINISTRATOR)
