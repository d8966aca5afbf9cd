"""Who is behind a session: looked up anew at every request, with the roles in force, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from people.models import RoleGrant, User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's sign-in by e-mail; a person deactivated since, or a role ended, is gone on the next request."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person with this id, knowing their roles already."""
        held = RoleGrant.objects.in_force().filter(user=OuterRef("pk")).values("role")
        user = User.objects.filter(pk=user_id, is_active=True).annotate(held=ArraySubquery(held)).first()
        if user is not None:
            user.roles = frozenset(user.held)
        return user
