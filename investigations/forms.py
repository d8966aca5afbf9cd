"""What one types about an investigation: its number at opening, someone who takes part, the outcome at closing."""

import re
import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from investigations.models import LONGEST_NUMBER, LONGEST_OUTCOME, NUMBER, Investigation, Office
from people.forms import only_match
from people.layout import Actions, Button, Link, PeoplePicker, form_helper
from people.models import User
from policies.fields import ChoiceField, ScreenedCharField

WRONG_NUMBER = "Write the number like IA-2026-014: letters, the year, and a number, with dashes between."


class OpenForm(forms.Form):
    """The number, the office where there is a choice, and what is alleged."""

    number = forms.CharField(
        label="Number",
        help_text="As your office counts them, like IA-2026-014. It cannot be changed later.",
        max_length=LONGEST_NUMBER,
        error_messages={"required": "Give the number of the investigation."},
    )
    office = ChoiceField(label="Office", choices=Office.choices, error_messages={"required": "Choose the office."})
    allegation = ChoiceField(
        label="What may have happened?",
        help_text="Choose the weightiest.",
        choices=Investigation.Allegation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what may have happened."},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: QueryDict | None = None, *, offices: Collection[str], back: str) -> None:
        super().__init__(data)
        # Django's own sentence about NUL helps nobody; the check of the whole number has a better one.
        self.fields["number"].validators = []
        self._only = next(iter(offices)) if len(offices) == 1 else ""
        self.fields["office"].choices = [each for each in Office.choices if each[0] in offices]  # type: ignore[attr-defined]
        if self._only:
            del self.fields["office"]
        asked = [name for name in ("submission", "number", "office", "allegation") if name in self.fields]
        self.helper = form_helper(*asked, Actions(Button("Open the investigation"), Link("Cancel", back)))

    def clean_number(self) -> str:
        """In capitals, as investigations are numbered."""
        number = str(self.cleaned_data["number"]).strip().upper()
        if not re.fullmatch(NUMBER, number):
            raise ValidationError(WRONG_NUMBER, code="number")
        return number

    def clean(self) -> dict[str, Any]:
        """The office is known where there is only one."""
        answers: dict[str, Any] = super().clean() or {}
        return {**answers, "office": self._only} if self._only else answers


class MemberForm(forms.Form):
    """Someone of the directory who is to take part."""

    person = forms.ModelChoiceField(queryset=User.objects.none(), widget=forms.HiddenInput, required=False)
    typed = forms.CharField(
        label="Who takes part?",
        help_text="Begin with a name and choose, or enter the e-mail address.",
        max_length=254,
        error_messages={"required": "Choose who takes part."},
    )

    def __init__(self, data: QueryDict | None = None, *, back: str) -> None:
        super().__init__(data)
        # Once someone is chosen by id, nothing needs to be typed.
        self.fields["typed"].required = not self.data.get("person")
        self.fields["person"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        picker = PeoplePicker("person", typed="typed", most=1)
        self.helper = form_helper(picker, Actions(Button("Add the member"), Link("Cancel", back)))

    def clean(self) -> dict[str, Any]:
        """The one chosen, or the only one the typed words fit."""
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors.keys() & {"person", "typed"} and not answers.get("person"):
            answers["person"] = only_match(self, answers.get("typed", ""))
        return answers


class CloseForm(forms.Form):
    """The outcome, in a sentence."""

    outcome = ScreenedCharField(
        label="What came of it?",
        help_text="One or two sentences without names. They cannot be changed later.",
        lines=3,
        max_length=LONGEST_OUTCOME,
        error_messages={"required": "Say what came of it."},
    )

    def __init__(self, data: QueryDict | None = None, *, back: str) -> None:
        super().__init__(data)
        self.helper = form_helper("outcome", Actions(Button("Close the investigation"), Link("Cancel", back)))
