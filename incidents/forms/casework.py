"""The small forms of the case page, one for each thing the Privacy Office does."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from crispy_forms.utils import render_crispy_form
from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from incidents import choices
from incidents.forms.asked import ASKED_OF, when
from incidents.models import LONGEST_TASK, Incident
from people.divisions import divisions
from people.layout import Actions, Button, Link, PeoplePicker, Reveal, Tiles, form_helper
from people.models import Unit, User
from policies.fields import ScreenedCharField

HIDDEN_FINDING = "The reporter is told that you decided, and does not see these words."
SHORTEST_REASON = 20
OVERTAKEN = "Someone changed this since you opened the page. Save again if it should be as you chose it."
NOT_A_COLLEAGUE = "This person does not work in the Privacy Office any more. Choose someone else."
NEEDS_REASON = {"required": "Give the reason in a sentence."}


class MessageForm(forms.Form):
    """Words for the thread or for a note; the hidden number makes a double click one message."""

    body = ScreenedCharField(
        label="Your message", lines=4, max_length=5000, error_messages={"required": "Write something first."}
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, url: str, label: str, button: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label, self.fields["body"].help_text = label, hint
        self.helper = form_helper("body", Actions(Button(button, kind="secondary")), action=url)


@cache
def drawn_once(*, label: str, button: str, hint: str, auto_id: str) -> SafeString:
    """The fields and the button of an empty MessageForm: always the same, so drawn once and kept.

    What differs from page to page is around them: the form's tag, its token and its number.
    """
    form = MessageForm(None, url="", label=label, button=button, hint=hint, auto_id=auto_id)
    form.helper.form_tag, form.helper.disable_csrf, form.helper.render_hidden_fields = False, True, False
    return SafeString(render_crispy_form(form))


class _CaseForm(forms.Form):
    """A form about one case that can be left without doing anything."""

    button = "Save"

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(*self.layout(), Actions(Button(self.button), Link("Back to the case", back)))

    def layout(self) -> list[Any]:
        """The fields in their order."""
        return list(self.fields)


class AssignForm(_CaseForm):
    """Who gets the case."""

    button = "Assign"
    to: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=None,
        label="Give the case to",
        empty_label="Choose a colleague",
        error_messages={"required": "Choose who gets the case.", "invalid_choice": NOT_A_COLLEAGUE},
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class SeverityForm(_CaseForm):
    """How bad a person finds it."""

    button = "Record the severity"
    severity = forms.ChoiceField(
        label="How severe is it?",
        choices=choices.Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how severe it is."},
    )
    reason = ScreenedCharField(label="Why?", lines=3, max_length=2000, error_messages=NEEDS_REASON)

    def layout(self) -> list[Any]:
        """Tiles carry a sentence that says what each level means."""
        hints = {
            "low": "Nothing confidential got out, or hardly anything.",
            "moderate": "Confidential information, few people, contained.",
            "high": "Health information, children, ten or more people, or still public.",
            "critical": "Specially protected records, or 500 people or more.",
        }
        return [Tiles("severity", hints=hints), "reason"]


class DetailsForm(_CaseForm):
    """What the Privacy Office has learned since the report; says only what was changed on the page, as it was shown."""

    shown = forms.Field(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Kind of report", choices=choices.Kind.choices, widget=forms.RadioSelect)
    verb = forms.ChoiceField(
        label="How did they ask?",
        help_text="All four ways are forbidden (II(B)). State law forbids requiring it as well.",
        choices=choices.Verb.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    still_live = forms.ChoiceField(
        label="Can it still be seen?", choices=choices.YesNo.choices, widget=forms.RadioSelect, required=False
    )
    moved_to_personal = forms.ChoiceField(
        label="Was the account moved to a personal e-mail address?",
        choices=choices.YesNo.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    division: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        queryset=None, label="Which division does it concern?", empty_label="Not known", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["division"].queryset = divisions()  # type: ignore[attr-defined]

    def layout(self) -> list[Any]:
        """What only some kinds of report ask is shown with these."""
        return [
            "kind",
            Reveal(when(ASKED_OF["verb"]), "verb"),
            Reveal(when(ASKED_OF["still_live"]), "still_live"),
            Reveal(when(ASKED_OF["moved_to_personal"]), "moved_to_personal"),
            "division",
            "shown",
        ]

    def clean_shown(self) -> dict[str, Any]:
        """What stood on the page when it was opened; what stands there now where that is not said."""
        try:
            return {**self._now, **signing.loads(self.cleaned_data["shown"] or "")}
        except signing.BadSignature:
            return self._now

    def clean(self) -> dict[str, Any]:
        """How they asked can be corrected, but what is on record is never emptied."""
        answers: dict[str, Any] = super().clean() or {}
        shown = answers.pop("shown")
        changed = {name: answer for name, answer in answers.items() if _plain(answer) != shown[name]}
        overtaken = [name for name in changed if self._now[name] not in (shown[name], _plain(changed[name]))]
        if overtaken:
            self._show_overtaken(overtaken, changed)
        return {name: answer for name, answer in changed.items() if name != "verb" or answer}

    @property
    def _now(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.initial.items() if name != "shown"}

    def _show_overtaken(self, names: list[str], changed: dict[str, Any]) -> None:
        """Say at each of these that someone else was first; keep what was chosen, and see all the rest as it is now."""
        rest = {name: "" if value is None else value for name, value in self._now.items() if name not in changed}
        self.data = {**dict(self.data.items()), **rest, "shown": self.initial["shown"]}
        for name in names:
            self.add_error(name, OVERTAKEN)


class TaskForm(_CaseForm):
    """A task of one's own."""

    button = "Add the task"
    text = ScreenedCharField(
        label="What needs to be done?",
        max_length=LONGEST_TASK,
        error_messages={"required": "Say what needs to be done."},
    )


class NotNeededForm(_CaseForm):
    """Why a task is not needed."""

    button = "Mark as not needed"
    reason = ScreenedCharField(label="Why is it not needed?", max_length=500, error_messages=NEEDS_REASON)


class NamePersonForm(_CaseForm):
    """One more employee who is involved."""

    button = "Name this person"
    person: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        queryset=None, widget=forms.HiddenInput, required=False
    )
    number = forms.CharField(
        label="Who is involved?",
        help_text="Type a name and choose the person, or enter the employee number. From then on they cannot see this"
        " case. You cannot undo this.",
        max_length=100,
        error_messages={"required": "Choose a person from the list, or enter an employee number."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.all()  # type: ignore[attr-defined]
        # Chosen from the list, a person needs no number.
        self.fields["number"].required = not self.data.get("person")

    def layout(self) -> list[Any]:
        """The picker fills in the person; without JavaScript the number does."""
        return [PeoplePicker("person", typed="number", most=1)]

    def clean(self) -> dict[str, Any]:
        """One person, found by either way."""
        answers: dict[str, Any] = super().clean() or {}
        person = answers.get("person") or User.objects.filter(employee_number=answers.get("number", "")).first()
        if person is None:
            self.add_error("number", "Choose a person from the list, or enter an employee number that exists.")
        return {**answers, "person": person}


class FindingForm(_CaseForm):
    """What was found; the ground is asked where nothing is substantiated."""

    button = "Record the decision"
    ground = forms.ChoiceField(
        label="For what reason?",
        choices=choices.Ground.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the reason that fits best."},
    )
    finding = ScreenedCharField(
        label="What was found, and on what evidence?",
        help_text=HIDDEN_FINDING,
        lines=6,
        error_messages={"required": "Say what was found, and what shows it."},
    )

    def __init__(self, *args: Any, asks_ground: bool, **kwargs: Any) -> None:
        self.asks_ground = asks_ground
        super().__init__(*args, **kwargs)
        if not asks_ground:
            del self.fields["ground"]

    def layout(self) -> list[Any]:
        """The ground first, where there is one."""
        return ["ground", "finding"] if self.asks_ground else ["finding"]


class ReasonForm(_CaseForm):
    """One reason, in words."""

    reason = ScreenedCharField(label="Why?", lines=4, max_length=2000, error_messages=NEEDS_REASON)

    def __init__(self, *args: Any, button: str, hint: str, **kwargs: Any) -> None:
        self.button = button
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint

    def clean_reason(self) -> str:
        """A reason someone else can follow is more than a word."""
        reason: str = self.cleaned_data["reason"]
        if len(reason.strip()) < SHORTEST_REASON:
            raise forms.ValidationError("Give the reason in a full sentence, so that others can follow it.")
        return reason


def details_of(incident: Incident) -> dict[str, Any]:
    """What DetailsForm starts from."""
    known = {name: getattr(incident, name) for name in DetailsForm.base_fields if name != "shown"}
    return {**known, "shown": signing.dumps({name: _plain(value) for name, value in known.items()})}


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Unit) else value
