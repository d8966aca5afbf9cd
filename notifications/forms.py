"""The buttons of the notices' pages."""

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse

from notifications.models import Notice
from people.layout import Button, form_helper


class MarkAllRead(forms.Form):
    """Marks everything read that was there when the page was shown; what has come in since stays unread."""

    through = forms.DateTimeField(widget=forms.HiddenInput)

    @property
    def helper(self) -> FormHelper:
        """One quiet button."""
        return form_helper(Button("Mark all as read", kind="secondary"), action=reverse("notifications:read_all"))


class MarkRead(forms.Form):
    """Marks one notice read without opening it; `stay` is the query string of the list's page."""

    def __init__(self, notice: Notice, said: str, *, stay: str) -> None:
        super().__init__()
        action = reverse("notifications:read", args=[notice.pk])
        button = Button("Mark as read", kind="quiet", **{"aria-label": f"Mark as read: {said}"})
        self.helper = form_helper(button, action=f"{action}?{stay}".rstrip("?"))


class Retry(forms.Form):
    """Has one undelivered message tried again."""

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        button = Button("Try again", kind="secondary", **{"aria-label": f"Try again: mail to {notice.recipient.name}"})
        self.helper = form_helper(button, action=reverse("notifications:retry", args=[notice.pk]))


class RetryAll(forms.Form):
    """Has everything undelivered tried again."""

    @property
    def helper(self) -> FormHelper:
        """The page's one primary button."""
        return form_helper(Button("Try all again"), action=reverse("notifications:retry_all"))
