"""Who is behind a session: looked up anew at every request, with the roles in force, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from people.models import RoleGrant, User
from people.prepared import Prepared


def _active_with_roles(user_id: int) -> QuerySet[User]:
    held = RoleGrant.objects.in_force().filter(user=OuterRef("pk")).values("role")
    return User.objects.filter(pk=user_id, is_active=True).annotate(held=ArraySubquery(held))


_SIGNED_IN = Prepared(_active_with_roles)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in by e-mail; a person deactivated since, or a role ended, is gone on the next request."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person with this id, knowing their roles already."""
        user = _SIGNED_IN.first(int(user_id))
        if user is not None:
            user.roles = frozenset(vars(user)["held"])
        return user
