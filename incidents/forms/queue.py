"""What the queue can be narrowed by, who its cases are given to, and the name a filter is kept under."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils.safestring import SafeString

from incidents.choices import Kind, Severity, Status
from incidents.forms.casework import NOT_A_COLLEAGUE
from incidents.narrowing import ANY_STATE, ME, NOBODY, UNDECIDED_SEVERITY
from incidents.offered import Choices, Offered
from people.layout import Actions, Button, form_helper
from policies.fields import ScreenedCharField
from policies.screening import may_be_stored
from workflow.decisions import Denied
from workflow.text import refuse_hidden_characters

MOST_SELECTED = 100
LONGEST_WORDS = 200
LONGEST_QUERY = 600
FIELDS = ("q", "status", "kind", "severity", "division", "platform", "assignee", "due", "sort")
DUE = [("", "Any time"), ("overdue", "Overdue"), ("today", "Today"), ("week", "This week")]


class Counted(NamedTuple):
    """A state as the page lists it: its name, how many stand in it, the address that shows them."""

    label: str
    number: int
    query: str
    current: bool


class _Words(forms.CharField):
    """Words to look for; what cannot be seen is refused with a sentence."""

    default_error_messages = {"max_length": f"Search for at most {LONGEST_WORDS} characters."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Django's own sentence about NUL helps nobody; the check for hidden characters has a better one.
        self.validators = [refuse_hidden_characters, *self.validators[:1]]


class FilterForm(forms.Form):
    """Everything optional; a choice that does not fit counts as not asked."""

    q = _Words(label="Words or number", max_length=LONGEST_WORDS, required=False)
    status = forms.ChoiceField(
        label="State", choices=[("", "All open"), *Status.choices, (ANY_STATE, "Open and closed")], required=False
    )
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *Kind.choices], required=False)
    severity = forms.ChoiceField(
        label="Severity",
        choices=[("", "Any"), (UNDECIDED_SEVERITY, "Not decided"), *Severity.choices],
        required=False,
    )
    division = forms.ChoiceField(label="Division", required=False)
    platform = forms.ChoiceField(label="Site or app", required=False)
    assignee = forms.ChoiceField(label="Assigned to", required=False)
    due = forms.ChoiceField(label="Due", choices=DUE, required=False)
    sort = forms.ChoiceField(label="Order", choices=[("", "Due first"), ("last", "Due last")], required=False)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        choices: dict[str, list[Any]] = {
            "division": [("", "Any"), *offered.divisions],
            "platform": [("", "Any"), *((name, name) for name in offered.platforms)],
            "assignee": [("", "Anyone"), (ME, "Me"), (NOBODY, "Nobody"), *offered.colleagues],
        }
        if offered.former:
            choices["assignee"].append(("No longer in the office", list(offered.former)))
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]
        self.helper = form_helper(*FIELDS, Actions(Button("Show")), method="get")


@dataclass(frozen=True)
class Filter:
    """What an address asks of the queue: the answers that make sense, the same as an address, and the form drawn.

    A choice that does not fit counts as not asked; words that cannot be searched for stop everything.
    """

    offered: Offered
    typed: tuple[tuple[str, str], ...]
    wanted: dict[str, str]
    query: str
    drawn: SafeString
    errors: Mapping[str, Any]

    @property
    def is_stopped(self) -> bool:
        """Whether its words cannot be searched for."""
        return "q" in self.errors

    def refused(self, sentence: str) -> Filter:
        """The same with a sentence at its words."""
        form = FilterForm(dict(self.typed), offered=self.offered)
        form.add_error("q", sentence)
        return _as_filter(form, self.typed)

    def counted(self, counts: dict[str, int]) -> tuple[Counted, ...]:
        """Each state with its count and the address that shows it."""
        chosen = self.wanted.get("status", "")
        return tuple(
            Counted(label, counts.get(value, 0), f"status={value}", current=value == chosen)
            for value, label in _STATES.items()
        )


_STATES = {value: str(label) for value, label in Status.choices}


def filter_of(data: Mapping[str, Any], offered: Offered) -> Filter:
    """What an address asks; read once for the same answers and choices, and kept."""
    return _filter(tuple((name, data[name]) for name in FIELDS if data.get(name)), offered)


@lru_cache(maxsize=256)
def _filter(typed: tuple[tuple[str, str], ...], offered: Offered) -> Filter:
    return _as_filter(FilterForm(dict(typed), offered=offered), typed)


def _as_filter(form: FilterForm, typed: tuple[tuple[str, str], ...]) -> Filter:
    form.is_valid()
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    return Filter(form.offered, typed, wanted, urlencode(wanted), _rendered(form), form.errors)


class _Numbers(forms.MultipleChoiceField):
    """The numbers of cases, whichever they are: who may see which is asked case by case."""

    def valid_value(self, value: str) -> bool:
        """Whether this can be the number of a case."""
        return re.fullmatch(r"[1-9][0-9]{0,17}", value) is not None

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError for nothing, for too many and for what no page sends."""
        super().validate(value)
        if len(value) > MOST_SELECTED:
            raise forms.ValidationError(f"Select at most {MOST_SELECTED} cases at once.")


class HandOutForm(forms.Form):
    """Some cases of the list and who gets them; it stands around the table, whose rows hold its boxes."""

    incident = _Numbers(label="Cases", error_messages={"required": "Select at least one case in the list."})
    to = forms.ChoiceField(
        label="Give the selected cases to",
        error_messages={"required": "Choose who gets the selected cases.", "invalid_choice": NOT_A_COLLEAGUE},
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = colleagues
        self.fields["to"].choices = [("", "Choose a colleague"), *colleagues]  # type: ignore[attr-defined]
        self.helper = form_helper("to", Actions(Button("Assign", kind="secondary")))
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @cached_property
    def drawn(self) -> SafeString:
        """What stands below the table."""
        return _rendered(self)

    @property
    def ticked(self) -> frozenset[str]:
        """The cases that are selected, as in INC-1042."""
        return frozenset(f"INC-{number}" for number in self["incident"].value() or ()) if self.is_bound else frozenset()


@lru_cache(maxsize=4)
def nothing_selected(colleagues: Choices) -> HandOutForm:
    """The form as it stands before anything was sent; drawn before others share it, since drawing changes it."""
    form = HandOutForm(colleagues=colleagues)
    vars(form)["drawn"] = _rendered(form)
    return form


class SaveViewForm(forms.Form):
    """The name the filter on the page is kept under."""

    name = ScreenedCharField(
        label="Save this filter as", max_length=60, error_messages={"required": "Give the filter a name."}
    )

    def __init__(self, *args: Any, query: str, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query, self.words = query, words
        self.helper = form_helper("name", Actions(Button("Save", kind="secondary")))
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @cached_property
    def drawn(self) -> SafeString:
        """The fields as the page shows them."""
        return _rendered(self)

    def clean(self) -> dict[str, Any]:
        """The words are kept as well, so they are read as everything that is kept."""
        may = may_be_stored(self.words)
        if isinstance(may, Denied):
            self.add_error("name", f"The words you search for cannot be kept. {may.reason}")
        if not self.query:
            self.add_error("name", "Choose a filter first.")
        if len(self.query) > LONGEST_QUERY:
            self.add_error("name", "This filter is too long to keep. Search for fewer words.")
        return super().clean() or {}


@cache
def no_name_yet() -> SaveViewForm:
    """The form as it stands before anything was sent: the same for every filter, and drawn before others share it."""
    form = SaveViewForm(query="", words="")
    vars(form)["drawn"] = _rendered(form)
    return form


def _rendered(form: Any) -> SafeString:
    drawn: SafeString = render_crispy_form(form)
    return drawn
