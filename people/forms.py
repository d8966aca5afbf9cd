"""The shape of what is typed on the people pages; whether it is allowed is for rules.py."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from people import directory
from people.layout import Actions, Button, Link, PeoplePicker, Reveal, form_helper
from people.models import Delegation, Role, RoleGrant, User

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def only_match(form: forms.Form, typed: str) -> User | None:
    """The one person who works here whom these words fit; None, and why at the field `typed`, for nobody or several."""
    exact = list(User.objects.filter(email=typed.lower(), is_active=True))
    found = exact or list(directory.find(typed, limit=2))
    if len(found) == 1:
        return found[0]
    several = "Several people fit. Enter the e-mail address."
    form.add_error("typed", several if found else "Nobody in the directory fits this.")
    return None


class DayField(forms.DateField):
    """A day of this century, as the browser's date field sends it."""

    default_error_messages = {"invalid": "Enter a date that exists, like 2026-03-31."}

    def to_python(self, value: Any) -> date | None:
        """The day, or None where nothing was typed; raises ValidationError."""
        if isinstance(value, str) and value.strip() and not _ISO_DAY.fullmatch(value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day and not 2000 <= day.year < 2100:
            raise ValidationError("Enter a date between 2000 and 2099.", code="out_of_range")
        return day


class SearchForm(forms.Form):
    """Whom to look for among all people."""

    q = forms.CharField(
        label="Find people",
        help_text="The beginning of a name, address or employee number.",
        required=False,
        max_length=100,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("q", Actions(Button("Find")), method="get")


class GrantForm(forms.Form):
    """Which role, for how long."""

    role = forms.ChoiceField(label="Role", choices=[("", "Choose a role"), *Role.choices])
    office = forms.ChoiceField(
        label="Investigator's office", choices=[("", "Choose an office"), *RoleGrant.Office.choices], required=False
    )
    last_day = DayField(
        label="Last day", help_text="The role ends by itself after this day. Leave empty for no end.", required=False
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        back = Link("Cancel", reverse("people:person", args=[person.pk]))
        office = Reveal(f"role={Role.INVESTIGATOR}", "office")
        self.helper = form_helper("role", office, "last_day", Actions(Button("Give the role"), back))

    def clean(self) -> dict[str, Any]:
        """An office counts for investigators only, whatever was chosen before the role was."""
        cleaned = super().clean() or {}
        if cleaned.get("role") == Role.INVESTIGATOR and not cleaned.get("office"):
            self.add_error("office", "Choose the investigator's office.")
        if cleaned.get("role") != Role.INVESTIGATOR:
            cleaned["office"] = ""
        return cleaned

    def expires_at(self) -> datetime | None:
        """The midnight, in the department's time, that ends the last day; None for no end."""
        last: date | None = self.cleaned_data["last_day"]
        if last is None:
            return None
        return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


class StandInForm(forms.Form):
    """Who stands in, from when until when, and why."""

    person = forms.ModelChoiceField(queryset=User.objects.none(), widget=forms.HiddenInput, required=False)
    typed = forms.CharField(
        label="Who stands in for you?",
        help_text="Begin with a name and choose, or enter the e-mail address.",
        max_length=254,
        error_messages={"required": "Choose who stands in for you."},
    )
    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")
    reason = forms.ChoiceField(
        label="Reason",
        help_text="Kept with the record. Colleagues only read that you are away.",
        choices=Delegation.Reason,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Once someone is chosen by id, nothing needs to be typed.
        self.fields["typed"].required = not self.data.get("person")
        people = self.fields["person"]
        people.queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = timezone.localdate
        self.helper = form_helper(
            PeoplePicker("person", typed="typed", most=1),
            "starts_on",
            "ends_on",
            "reason",
            Actions(Button("Save"), Link("Cancel", reverse("people:account"))),
        )

    def clean(self) -> dict[str, Any]:
        """The one chosen, or the only one the typed words fit."""
        cleaned = super().clean() or {}
        if not self.errors.keys() & {"person", "typed"} and not cleaned.get("person"):
            cleaned["person"] = only_match(self, cleaned.get("typed", ""))
        return cleaned
