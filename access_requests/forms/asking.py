"""A request for access, as its requester fills it in: sites, purpose, case, days and device."""

from __future__ import annotations

import uuid
from dataclasses import fields
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from access_requests import parameters, rules
from access_requests.models import AccessRequest
from access_requests.models.request import LONGEST_ANSWER, LONGEST_LINE
from access_requests.operations.asking import Wish, wish_of
from access_requests.parameters import MOST_DAYS
from investigations.models import Investigation
from investigations.rules import open_investigations_of
from people.forms import DayField
from people.layout import Actions, Button, Link, Reveal, Section, form_helper
from people.models import User
from policies.fields import ChoicesField, ScreenedCharField
from workflow import clock
from workflow.refusals import say_at

OTHER = "other"
MOST_OTHERS = 5
ABOUT_CLIENTS = "Do not name a client. Never enter a password."
NOT_HOSTS = "Write each address like example.com, one to a line, at most five."


class RequestForm(forms.Form):
    """Everything a request says; a draft may leave any of it empty."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    sites = ChoicesField(
        label="Which sites?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one site."},
        help_text="Choose only those you need.",
    )
    others = ScreenedCharField(
        label="Which other sites?",
        help_text="Only the address, like example.com. One to a line.",
        lines=3,
        required=False,
        max_length=600,
    )
    wanted = ScreenedCharField(
        label="What do you need to look at, and what for?",
        help_text=f"For example: public posts that offer benefit cards for sale. {ABOUT_CLIENTS}",
        lines=3,
        error_messages={"required": "State a specific investigative purpose."},
        max_length=LONGEST_ANSWER,
    )
    task = ScreenedCharField(
        label="Which case or program task is it part of?",
        help_text="Say what your job in it is. Leave out names and case details.",
        lines=3,
        error_messages={"required": "State a specific investigative purpose."},
        max_length=LONGEST_ANSWER,
    )
    why_sign_in = ScreenedCharField(
        label="Why is it not enough to look at what is public, without signing in?",
        help_text="Anyone may view what can be seen without a login. You need no request for that.",
        lines=3,
        error_messages={"required": "State a specific investigative purpose."},
        max_length=LONGEST_ANSWER,
    )
    investigation: forms.ModelChoiceField[Investigation] = forms.ModelChoiceField(
        queryset=None,
        label="Formal investigation",
        empty_label="None",
        help_text="Those you take part in that are open.",
        required=False,
        error_messages={"invalid_choice": "Choose an open investigation that you take part in."},
    )
    case_number = ScreenedCharField(
        label="Or a case or task number",
        help_text="The number alone, such as CW-2026-0417.",
        required=False,
        max_length=LONGEST_LINE,
    )
    starts_on = DayField(label="First day", error_messages={"required": "Enter the first day."})
    ends_on = DayField(label="Last day", error_messages={"required": "Enter the last day."})
    device = ScreenedCharField(
        label="On which device?",
        help_text="The name or tag of the DHS computer or phone, such as LT-20417.",
        error_messages={"required": "Say on which device you need it."},
        max_length=LONGEST_LINE,
    )

    def __init__(
        self, data: QueryDict | None = None, *, person: User, request: AccessRequest | None = None, cancel: str
    ) -> None:
        listed = parameters.addresses()
        super().__init__(data, initial=_initial(request, listed))
        self._person, self._listed = person, listed
        self.fields["sites"].choices = [*((name, name) for name in listed), (OTHER, "Another site")]  # type: ignore[attr-defined]
        theirs = self.fields["investigation"]
        theirs.queryset = open_investigations_of(person)  # type: ignore[attr-defined]
        if not theirs.queryset.exists():  # type: ignore[attr-defined]
            del self.fields["investigation"]
            number = self.fields["case_number"]
            number.label, number.required = "Case or task number", True
            number.error_messages["required"] = "Give the number of the investigation or case this is for."
        for field in self.fields.values() if data is not None and not self.is_sent else ():
            # A draft may leave anything empty.
            field.required = False
        most = MOST_DAYS.value()
        self.fields["ends_on"].help_text = f"At most {most} days in all. Whoever decides may choose an earlier day."
        self.helper = form_helper(*_layout(self.fields, cancel))

    @property
    def is_sent(self) -> bool:
        """Whether it is to go to the chain of command now, and not only to be kept."""
        return "send" in self.data

    def clean_others(self) -> str:
        """Addresses of sites alone, in small letters, each once."""
        found = self.cleaned_data["others"].lower().replace(",", " ").split()
        if len(found) > MOST_OTHERS or not all(map(parameters.is_host, found)):
            raise ValidationError(NOT_HOSTS, code="invalid")
        return "\n".join(dict.fromkeys(found))

    def clean(self) -> dict[str, Any]:
        """What is sent is complete and may be asked for; what is only kept need not be."""
        answers: dict[str, Any] = super().clean() or {}
        if self.is_sent:
            self._ask_the_rules(answers)
        return answers

    def wish(self) -> Wish:
        """What was filled in; only for a valid form."""
        said: dict[str, Any] = {field.name: self.cleaned_data.get(field.name) for field in fields(Wish)}
        return Wish(**{**said, "sites": self._sites()})

    def _sites(self) -> list[str]:
        chosen = self.cleaned_data["sites"]
        others = self.cleaned_data["others"].split() if OTHER in chosen else []
        return [name for name in self._listed if name in chosen] + others

    def _ask_the_rules(self, answers: dict[str, Any]) -> None:
        """Have every rule speak at its field; a field that has an error already keeps that one alone."""
        said = dict(answers)
        if "sites" in said and "others" in said and not self._sites():
            self.add_error("others", "Choose at least one site.")
        for name in ("wanted", "task", "why_sign_in"):
            if name in said:
                say_at(name, self, rules.is_specific(said[name]))
        if "case_number" in said and "investigation" not in self.errors:
            case = rules.names_its_case(self._person, said.get("investigation"), said["case_number"])
            say_at("case_number", self, case)
        if "starts_on" in said:
            say_at("starts_on", self, rules.begins_in_time(said["starts_on"]))
        if "starts_on" in said and "ends_on" in said:
            say_at("ends_on", self, rules.is_short_enough(said["starts_on"], said["ends_on"]))


def _initial(request: AccessRequest | None, listed: dict[str, list[str]]) -> dict[str, Any]:
    if request is None:
        today = clock.today()
        return {"starts_on": today, "ends_on": today + timedelta(days=min(MOST_DAYS.value(), 30) - 1)}
    others = [site for site in request.sites if site not in listed]
    chosen = [site for site in request.sites if site in listed] + ([OTHER] if others else [])
    return {**vars(wish_of(request)), "sites": chosen, "others": "\n".join(others), "submission": request.submission}


def _layout(fields: dict[str, forms.Field], cancel: str) -> list[Any]:
    case = [name for name in ("investigation", "case_number") if name in fields]
    return [
        "submission",
        Section("What you need", "sites", Reveal(f"sites={OTHER}", "others")),
        Section(
            "Your purpose",
            "wanted",
            "task",
            "why_sign_in",
            hint="Access is given for a specific investigative purpose only. A sentence or two each is enough.",
        ),
        Section("What it is for", *case, hint="Give an investigation or a number; one of them is enough."),
        Section("When and where", "starts_on", "ends_on", "device"),
        Actions(
            Button("Send the request", name="send"),
            Button("Save for later", name="later", kind="secondary"),
            Link("Cancel", cancel),
        ),
    ]
