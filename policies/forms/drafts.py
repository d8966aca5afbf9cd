"""What writers and reviewers of a policy fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from people.forms import DayField, only_match
from people.layout import Actions, Button, Link, PeoplePicker, form_helper
from people.models import Unit, User
from policies.fields import ScreenedCharField
from policies.models.library import LONGEST_BODY, LONGEST_TITLE, NUMBER
from policies.operations.drafting import Text
from policies.screening import may_be_stored

MARKDOWN_HINT = (
    "Begin a section with ## and a clause with its label in parentheses, each in a paragraph of its own:"
    " “## II. Photographs”, “(A) …”, “(1) …”. Begin the lines of a list with a hyphen. **Bold**, *italic*."
)
OVERTAKEN = (
    "{name} saved this draft while you wrote. What you typed is still here; how theirs differs is shown above."
    " Save again to put your text in place of theirs."
)
NEEDS_WORDS = {"required": "Say what to change, in a sentence or two."}


class BodyField(ScreenedCharField):
    """The text of a policy: screened line by line, so that the line to look at can be named."""

    def validate(self, value: str) -> None:
        """Raise ValidationError with the number of the first line that may not be stored."""
        try:
            super().validate(value)
        except ValidationError as refusal:
            if refusal.code != "screened":
                raise
            raise ValidationError(f"Line {self._line(value)}: {refusal.messages[0]}", code="screened") from None

    def _line(self, value: str) -> int:
        lines = value.splitlines()
        return next((number for number, line in enumerate(lines, 1) if not may_be_stored(line)), 1)


class DraftForm(forms.Form):
    """A draft's text; `seen` is the revision this person opened."""

    title = ScreenedCharField(label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give it a title."})
    summary = ScreenedCharField(
        label="What changed in this version?",
        help_text="One or two sentences. Readers see them above the text.",
        max_length=2000,
        lines=2,
        required=False,
    )
    effective_on = DayField(
        label="Takes effect on",
        help_text="Leave empty for the day on which it is published.",
        required=False,
        widget=forms.DateInput,
    )
    body = BodyField(
        label="Text", help_text=MARKDOWN_HINT, max_length=LONGEST_BODY, lines=24, required=False, strip=False
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, back: str, preview: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsaved = {"data-unsaved": ""} if self.is_bound else {}
        self.fields["body"].widget.attrs |= {"data-preview-url": preview, "spellcheck": "true", **unsaved}
        self.helper = form_helper(
            "title",
            "summary",
            "effective_on",
            "body",
            Actions(
                Button("Save the draft"), Button("Preview", name="preview", kind="secondary"), Link("Cancel", back)
            ),
        )

    def clean_body(self) -> str:
        """Line ends as Markdown has them."""
        return re.sub(r"\r\n?", "\n", self.cleaned_data["body"])

    def text(self) -> Text:
        """The answers as the operation takes them; only for a valid form."""
        return Text(*(self.cleaned_data[name] for name in ("title", "body", "summary", "effective_on")))

    def beside(self, answers: Mapping[str, Any]) -> dict[str, str]:
        """What these answers say beside the text, each by the field's label."""
        return {str(self.fields[name].label): str(answers[name] or "") for name in ("title", "summary", "effective_on")}

    def show_overtaken(self, name: str, revision: int) -> None:
        """Say that someone else was first; what was typed stays, and saving again is meant."""
        self.data = {**dict(self.data.items()), "seen": str(revision)}
        self.add_error(None, OVERTAKEN.format(name=name))


def policy_number(typed: str) -> str:
    """The number of a policy as it is kept; raises ValidationError for anything people could not cite."""
    number = typed.strip().upper()
    if not (re.fullmatch(NUMBER, number) and re.search(r"[0-9]", number)):
        raise ValidationError("Use capital letters, digits, points and hyphens, with at least one digit: like 1021.")
    return number


class OwnerForm(forms.Form):
    """Who answers for a policy, and which division or office it belongs to."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid_choice": "This person does not work here. Choose someone who does."},
    )
    typed = forms.CharField(
        label="Who owns it?",
        help_text="Begin with a name and choose, or enter the e-mail address. The owner answers for the policy and gets"
        " questions about it.",
        max_length=254,
        error_messages={"required": "Choose who owns the policy."},
    )
    division: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="Division or office",
        help_text="Leave empty for a policy of the whole department.",
        empty_label="The whole department",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Once someone is chosen by id, nothing needs to be typed.
        self.fields["typed"].required = not self.data.get("owner")
        self.fields["owner"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        units = Unit.objects.exclude(kind=Unit.Kind.DEPARTMENT).order_by("name", "id")
        self.fields["division"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The one chosen, or the only one the typed words fit."""
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors.keys() & {"owner", "typed"} and not answers.get("owner"):
            answers["owner"] = only_match(self, answers.get("typed", ""))
        return answers


class HandOverForm(OwnerForm):
    """A policy gets another owner, division or both."""

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picker = PeoplePicker("owner", typed="typed", most=1)
        self.helper = form_helper(picker, "division", Actions(Button("Save"), Link("Cancel", back)))


class NewPolicyForm(OwnerForm):
    """The number and title of a new policy, and who owns it."""

    number = forms.CharField(
        label="Number",
        help_text="As people will cite it, like 1021 or HR-12. It cannot be changed later.",
        max_length=20,
        error_messages={"required": "Give the policy a number."},
    )
    title = ScreenedCharField(label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Give it a title."})

    field_order = ("number", "title", "owner", "typed", "division")
    button = "Begin the policy"

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].validators = []
        actions = Actions(Button(self.button), Link("Cancel", back))
        self.helper = form_helper(*self.layout(), actions)

    def layout(self) -> list[Any]:
        """What is asked, in its order."""
        return ["number", "title", PeoplePicker("owner", typed="typed", most=1), "division"]

    def clean_number(self) -> str:
        """As policies are numbered."""
        return policy_number(str(self.cleaned_data["number"]))


class ReturnForm(forms.Form):
    """What a reviewer wants changed."""

    reason = ScreenedCharField(label="What should be changed?", lines=5, max_length=5000, error_messages=NEEDS_WORDS)

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("reason", Actions(Button("Return it for changes"), Link("Cancel", back)))


class RemarkForm(forms.Form):
    """A remark on a draft."""

    body = ScreenedCharField(
        label="Your remark",
        help_text="All who write and review policies can read it.",
        lines=3,
        max_length=5000,
        error_messages={"required": "Write something first."},
    )

    def __init__(self, *args: Any, url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("body", Actions(Button("Add the remark", kind="secondary")), action=url)
