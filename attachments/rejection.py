"""The one way to say no to a file."""

from django.core.exceptions import ValidationError


class Rejected(ValidationError):
    """A file, or its removal, is refused; carries the sentence the person reads at the field."""

    @property
    def sentence(self) -> str:
        """The refusal in plain words."""
        return " ".join(self.messages)


class HeldAlready(Rejected):
    """The very same file is there already, so this one is not added beside it."""
