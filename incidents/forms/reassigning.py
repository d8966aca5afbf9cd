"""Whose cases go to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from incidents import leavers
from incidents.leavers import Holder
from people.layout import Actions, Button, form_helper
from people.models import User


class ReassignForm(forms.Form):
    """Choose whose cases to give away, those who left first, and who gets them."""

    who = forms.TypedChoiceField(
        label="Whose cases?",
        help_text="The number counts the open cases you can see.",
        coerce=leavers.person,
        error_messages={
            "required": "Choose whose cases to give away.",
            "invalid_choice": "They have no open cases that you can see. Choose someone else.",
        },
    )
    to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=None,
        label="Who gets them?",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose who gets the cases."},
    )

    def __init__(self, *args: Any, holders: list[Holder], colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = _grouped(holders)  # type: ignore[attr-defined]
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]
        self.helper = form_helper("who", "to", Actions(Button("See what would change")), method="get")

    def clean(self) -> dict[str, Any]:
        """Nobody gets their own cases."""
        answers: dict[str, Any] = super().clean() or {}
        if "to" in answers and answers["to"] == answers.get("who"):
            self.add_error("to", "They have these cases already. Choose someone else.")
        return answers


def _grouped(holders: list[Holder]) -> list[tuple[str, Any]]:
    left = [(str(holder.person_id), str(holder)) for holder in holders if holder.left]
    here = [(str(holder.person_id), str(holder)) for holder in holders if not holder.left]
    groups = [("No longer in the Privacy Office", left), ("In the Privacy Office", here)]
    return [("", "Choose a person"), *(group for group in groups if group[1])]
