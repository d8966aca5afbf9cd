"""Who gets mail, and who looks after the mail that did not arrive."""

from people.models import Role, User


def why_not_mailed(person: User) -> str:
    """Why this person gets no mail, in words for the administrator; empty for anyone who does."""
    if not person.is_active:
        return "This person has left."
    return "" if person.email else "This person has no e-mail address."


def tends_the_outbox(user: User) -> bool:
    """Whether this person may see which mail was not delivered, and have it tried again."""
    return user.has_role(Role.ADMINISTRATOR)
