"""How people sign in."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The portal's sign-in: people come from the directory, nobody signs themselves up."""

    def is_open_for_signup(self, request: object) -> bool:
        """Nobody signs themselves up."""
        return False
