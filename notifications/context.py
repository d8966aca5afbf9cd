"""What every page's header shows of the notices."""

from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from notifications import inbox as notices
from people.models import User


class Inbox:
    """A person's unread notices, counted by one query and only when a template asks."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self._user = user

    @cached_property
    def unread(self) -> int:
        """How many notices are unread, up to the cap; none for somebody not signed in."""
        return notices.unread_count(self._user) if isinstance(self._user, User) else 0

    @property
    def badge(self) -> str:
        """The same as a short text: empty for none, "99+" at the cap."""
        return notices.badge(self.unread)


def inbox(request: HttpRequest) -> dict[str, Inbox]:
    """`inbox` for every template."""
    # A request refused before anyone was looked up (a foreign host) still gets a page.
    return {"inbox": Inbox(getattr(request, "user", AnonymousUser()))}
