"""What people fill in who do not sign in: the report, the code's receipt, the code, a message, a lost code."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.urls import reverse

from attachments.forms import EvidenceField
from incidents import choices, parameters, rules
from incidents.choices import Kind
from incidents.forms import asked
from incidents.forms.naming import people_in
from incidents.operations.outside import fresh_ticket
from people.layout import Actions, Button, Link, Reveal, Section, Tiles, form_helper
from policies.fields import PastDateField, ScreenedCharField
from workflow.refusals import say_at

MOST_FILES = 3
_NUMBER = re.compile(r"(?:INC\s*-?\s*)?([1-9][0-9]{0,17})", re.IGNORECASE | re.ASCII)
OPENS_NOTHING = "This code opens nothing. Check the 16 digits."
KINDS = (
    (Kind.ASKED, "I was asked for my account"),
    (Kind.EXPOSURE, "I saw confidential information online"),
)
KIND_HINTS: dict[str, str] = {
    Kind.ASKED: "Someone from DHS wanted my login, a look at my account, my contacts, or to be added to them.",
    Kind.EXPOSURE: "A post, picture, video or message shows something private about people DHS serves or employs.",
}
# Only one of the two questions is answered by each report.
SEEN_ONLY = ("platform", "platform_other", "address")
FILES_HINT = (
    "Up to three pictures or documents. A photo can give away your name or the place where it was taken. A screenshot"
    " is safer."
)


class Ticket(forms.CharField):
    """The hidden number that makes a double click one report; one that is missing or forged is replaced."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=fresh_ticket)
        # A forged one is no reason to lose what was typed, so nothing about it is ever wrong.
        self.validators = []

    def clean(self, value: Any) -> str:
        """The ticket, or another one."""
        typed = str(value or "")
        return typed if re.fullmatch(r"[A-Za-z0-9_-]{32,64}", typed) else fresh_ticket()


class OutsideReportForm(forms.Form):
    """What somebody tells the Privacy Office without signing in."""

    ticket = Ticket()
    kind = forms.ChoiceField(
        label="What do you want to report?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to report."},
    )
    narrative = ScreenedCharField(
        label="What happened?",
        help_text="In your own words. Leave out what would tell who a client is, and never enter a password.",
        lines=6,
        error_messages={"required": "Say in a sentence or two what happened."},
    )
    discovered_on = PastDateField(
        label="When was it?",
        help_text="The day you were asked, or the day you saw it. Your best guess is fine.",
        error_messages={"required": "Enter the day. Your best guess is fine."},
    )
    verb = forms.ChoiceField(
        label="How did they ask?",
        choices=choices.Verb.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they asked."},
    )
    asked_for = forms.MultipleChoiceField(
        label="What did they want you to do?",
        choices=choices.AskedFor.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    address = ScreenedCharField(
        label="Web address",
        help_text="Copy it from the browser's address bar, if you can.",
        required=False,
        max_length=2000,
    )
    platform = forms.ChoiceField(label="Which site or app was it on?", required=False)
    platform_other = ScreenedCharField(label="Name of the site or app", required=False, max_length=100)
    still_live = forms.ChoiceField(
        label="Can it still be seen?", choices=choices.YesNo.choices, widget=forms.RadioSelect, required=False
    )
    information = forms.MultipleChoiceField(
        label="What kind of information is it?",
        choices=choices.Information.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    people_described = ScreenedCharField(
        label="Who was it, if you know?",
        help_text="Who asked you, or who posted it. Whole names help us keep these people away from your report."
        " Put a comma between two names.",
        required=False,
        max_length=500,
    )
    outsider = forms.ChoiceField(
        label="Who are you?",
        help_text="No name is needed. We ask because the law treats applicants and employees differently.",
        choices=choices.Outsider.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the one that fits best."},
    )
    evidence = EvidenceField(label="Screenshots or other files", help_text=FILES_HINT, required=False, most=MOST_FILES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Shown, it is asked of whoever was asked; of others the answer is nobody's business.
        self.fields["verb"].required = not self.is_bound or self.data.get("kind") == Kind.ASKED
        names = [*parameters.PLATFORMS.value(), parameters.OTHER_PLATFORM]
        self.fields["platform"].choices = [("", "Choose a site or app"), *((n, n) for n in names)]  # type: ignore[attr-defined]
        self.helper = form_helper(
            Tiles("kind", hints=KIND_HINTS),
            "narrative",
            "discovered_on",
            Reveal(f"kind={Kind.ASKED}", Section("If you were asked for your account", "verb", "asked_for")),
            Reveal(f"kind={Kind.EXPOSURE}", _what_was_seen()),
            Section("A little more", "people_described", "outsider", "evidence"),
            Actions(Button("Send the report")),
            css_id="report",
        )

    def clean(self) -> dict[str, Any]:
        """Answers that must agree with each other."""
        answers: dict[str, Any] = super().clean() or {}
        named = rules.platform_is_named(
            answers.get("platform", ""), answers.get("platform_other", ""), other_label=parameters.OTHER_PLATFORM
        )
        if answers.get("kind") == Kind.EXPOSURE and "platform_other" not in self.errors:
            say_at("platform_other", self, named)
        if self.errors:
            return answers
        people, unknown = people_in(answers["people_described"])
        return {**answers, "people": people, "people_described": unknown}

    def facts(self) -> dict[str, Any]:
        """The answers as the incident keeps them; only for a valid form."""
        apart = {"ticket", "people", "evidence"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        unseen = dict.fromkeys(SEEN_ONLY, "") if facts["kind"] == Kind.ASKED else {}
        return {**facts, **asked.not_asked(facts["kind"]), **unseen}


def _what_was_seen() -> Section:
    other = Reveal(f"platform={parameters.OTHER_PLATFORM}", "platform_other")
    return Section("If you saw something online", "platform", other, "address", "still_live", "information")


class SavedForm(forms.Form):
    """The one way on from the page that shows a code."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    saved = forms.BooleanField(
        label="I have saved this code",
        error_messages={"required": "Write the code down first, then tick this box. We cannot show it again."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper("saved", Actions(Button("Continue")), action=reverse("report:saved"))


class CodeForm(forms.Form):
    """Sixteen digits; and the message that was typed when a visit had come to its end."""

    code = forms.CharField(
        label="Your 16-digit code",
        help_text="Spaces and hyphens do not matter.",
        error_messages={"required": OPENS_NOTHING},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    body = forms.CharField(
        label="What you wrote", help_text="You can send it once the code has opened your report.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget = forms.Textarea(attrs={"rows": 4})
        for field in self.fields.values():
            # Whatever is typed here, there is one answer to a code that opens nothing.
            field.validators = []
        kept = ["body"] if self["body"].value() else []
        if not kept:
            del self.fields["body"]
        self.helper = form_helper(
            "code",
            *kept,
            Actions(Button("Open my report"), Link("I have lost my code", reverse("report:lost"))),
            action=reverse("report:come_back"),
        )


class WriteForm(forms.Form):
    """A message from whoever came back with the code."""

    ticket = Ticket()
    body = ScreenedCharField(
        label="Write to the Privacy Office",
        help_text="Leave out what would tell who a client is, and never enter a password.",
        lines=4,
        max_length=5000,
        error_messages={"required": "Write something first. If you add a file, say what it shows."},
    )
    evidence = EvidenceField(label="Add files", help_text=FILES_HINT, required=False, most=MOST_FILES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "body", "evidence", Actions(Button("Send")), action=reverse("report:write"), css_id="write"
        )


class LostForm(forms.Form):
    """What somebody says about a report whose code they do not have."""

    ticket = Ticket()
    number = forms.CharField(
        label="Number of the report",
        help_text="It looks like INC-1042, and was shown above the code.",
        error_messages={"required": "Enter the number, like INC-1042."},
    )
    words = ScreenedCharField(
        label="What do you want to tell the Privacy Office?",
        help_text="Leave out what would tell who a client is, and never enter a password.",
        lines=5,
        max_length=5000,
        error_messages={"required": "Write what you want to tell them."},
    )
    contact = ScreenedCharField(
        label="How can they reach you?",
        help_text="For example a phone number. If you leave it empty you stay unknown, and they cannot answer you.",
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].validators = []
        self.helper = form_helper("number", "words", "contact", Actions(Button("Send")))

    def clean_number(self) -> int:
        """The number in INC-1042, with or without its letters."""
        found = re.fullmatch(
            r"(?:INC\s*-?\s*)?([1-9][0-9]{0,17})", self.cleaned_data["number"], re.IGNORECASE | re.ASCII
        )
        if found is None:
            raise forms.ValidationError("Enter the number as it was shown to you, like INC-1042.")
        return int(found[1])

    def told(self) -> str:
        """Everything said, as the office reads it; only for a valid form."""
        contact = self.cleaned_data["contact"]
        return f"{self.cleaned_data['words']}\n\nHow to reach them: {contact or 'they did not say'}"
