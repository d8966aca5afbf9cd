"""How people sign in: with the directory's e-mail address and a password they set themselves by mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """The portal's sign-in: people come from the directory, nobody signs themselves up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "This e-mail address and password do not go together."
            " Check both, or reset your password with the link below."
        ),
        "too_many_login_attempts": (
            "Too many attempts. Wait five minutes and try again, or reset your password with the link below."
        ),
        "enter_current_password": "This is not your current password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        """Nobody signs themselves up."""
        return False

    def clean_email(self, email: str) -> str:
        """The address as the directory has it: in lower case."""
        return email.lower()

    def set_password(self, user: User, password: str) -> None:
        """Keep the new password, and let the person in who had failed too often with the old one."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  allauth's signature
        """Back to the account page."""
        return reverse("people:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link a person gets by mail; it never follows what a request claims about the host."""
        path = super().get_reset_password_from_key_url(key)
        return f"{settings.SITE_URL}{path[path.index('/', len('https://')) :]}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Mail the link to the address the directory has, with how long it works."""
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        super().send_password_reset_mail(user, email, {**context, "hours": hours, "portal_name": settings.PORTAL_NAME})
