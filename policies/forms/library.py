"""What a reader fills in: words to search for, a day, two versions to compare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from people.forms import DayField
from people.layout import Actions, Button, form_helper
from people.models import Unit
from policies.models import Version
from workflow.text import refuse_hidden_characters

LONGEST_SEARCH = 200


class SearchForm(forms.Form):
    """Words to find in all policies, or a division whose policies to list."""

    q = forms.CharField(label="Search all policies", required=False, max_length=LONGEST_SEARCH)
    division = forms.ChoiceField(label="Division or office", required=False)

    def __init__(self, *args: Any, shelves: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(str(unit.pk), unit.name) for unit in shelves]
        self.fields["division"].choices = [("", "All"), *units]  # type: ignore[attr-defined]
        self.fields["q"].validators = []
        self.helper = form_helper("q", "division", Actions(Button("Search")), method="get")

    def division_name(self) -> str:
        """What the division or office is called that was chosen, or nothing; only for a valid form."""
        chosen = self.cleaned_data["division"]
        names: dict[str, str] = dict(self.fields["division"].choices)  # type: ignore[attr-defined]
        return names[chosen] if chosen else ""

    def clean_q(self) -> str:
        """Words that can be read, each on one line."""
        words: str = self.cleaned_data["q"]
        if len(words) > LONGEST_SEARCH:
            raise ValidationError(f"Write at most {LONGEST_SEARCH} characters.")
        refuse_hidden_characters(words)
        return " ".join(words.split())


class DayForm(forms.Form):
    """The day on which a version was, or will be, in force."""

    on = DayField(label="Which version applied on this day?")

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = reverse("policies:policy", args=[number])
        self.helper = form_helper(
            "on", Actions(Button("Show that version", kind="secondary")), method="get", action=action
        )


class CompareForm(forms.Form):
    """Two published versions of one policy."""

    old = forms.TypedChoiceField(label="From", coerce=int)
    new = forms.TypedChoiceField(label="To", coerce=int)

    def __init__(self, *args: Any, versions: Iterable[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.number), f"Version {version.number}") for version in versions]
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.helper = form_helper("old", "new", Actions(Button("Compare", kind="secondary")), method="get")
