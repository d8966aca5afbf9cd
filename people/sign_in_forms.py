"""The forms of signing in, with the portal's words and dress on allauth's checks."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ResetPasswordKeyForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from django import forms
from django.urls import reverse

from people.layout import Actions, Button, Link, form_helper

ADDRESS = "E-mail address"
GOOD_PASSWORD = "At least 15 characters. A few unrelated words in a row make a good one, spaces included."  # noqa: S105


class SignInForm(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", ADDRESS, "Your work address, as in the directory.")
        _word(self, "password", "Password")
        self.helper = form_helper("login", "password", Actions(Button("Sign in")))


class ResetPasswordForm(AllauthResetPasswordForm):  # type: ignore[misc]
    """The address a link is mailed to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "email", ADDRESS, "Your work address, as in the directory.")
        self.helper = form_helper(
            "email", Actions(Button("Mail me a link"), Link("Back to sign-in", reverse("account_login")))
        )


class NewPasswordForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, twice, for someone who followed the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_new_password(self)
        self.helper = form_helper("password1", "password2", Actions(Button("Set the password")))


class ChangePasswordForm(AllauthChangePasswordForm):  # type: ignore[misc]
    """The current password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "oldpassword", "Current password")
        _word_new_password(self)
        buttons = Actions(Button("Change the password"), Link("Cancel", reverse("people:account")))
        self.helper = form_helper("oldpassword", "password1", "password2", buttons)


def _word_new_password(form: forms.Form) -> None:
    _word(form, "password1", "New password", GOOD_PASSWORD)
    _word(form, "password2", "New password again")


def _word(form: forms.Form, name: str, label: str, hint: str = "") -> None:
    """Say it the portal's way: a label and a hint above the field, nothing inside it."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
