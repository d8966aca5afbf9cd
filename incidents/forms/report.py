"""The report itself: three answers are required, the rest appears only as it applies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse

from attachments.forms import EvidenceField
from attachments.models import Attachment
from incidents import choices, parameters, rules
from incidents.forms import asked
from incidents.forms.naming import ChosenPeopleField, people_in
from incidents.models import Draft, Incident
from people.layout import Actions, Button, Link, PeoplePicker, Reveal, Section, Tiles, Upload, form_helper
from people.models import User
from policies.fields import (
    STOPPED,
    ChoiceField,
    ChoicesField,
    PastDateField,
    PlainIntegerField,
    ScreenedCharField,
    may_be_kept,
)
from policies.screening import holds_no_login
from workflow.decisions import Denied
from workflow.refusals import note, say_at

NAMED, CONFIDENTIAL = "named", "confidential"
CONFIDENTIALITY = ((NAMED, "Yes, use my name"), (CONFIDENTIAL, "No, keep my name confidential"))
CONFIDENTIALITY_HINTS = {
    NAMED: "The Privacy Office sees your name. If you were asked for your account, DHS lawyers see it too.",
    CONFIDENTIAL: "We hide your name. A Privacy Officer can open it, but must write down why, and you are told.",
}

# What nobody but the reporter ever writes: two reports that agree in it are one.
WORDS = ("narrative", "containment", "address")


def _choose(options: type[Any], label: str, **kwargs: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=options.choices, widget=forms.RadioSelect, required=False, **kwargs)


def _choose_any(options: type[Any], label: str, **kwargs: Any) -> ChoicesField:
    widget = forms.CheckboxSelectMultiple
    return ChoicesField(label=label, choices=options.choices, widget=widget, required=False, **kwargs)


class ReportForm(forms.Form):
    """What an employee tells the Privacy Office."""

    draft = forms.UUIDField(widget=forms.HiddenInput)
    narrative = ScreenedCharField(
        label="What happened?",
        help_text="Describe it without names, numbers or case details of a client. Never enter a password.",
        lines=7,
        error_messages={"required": "Say in a sentence or two what happened."},
    )
    discovered_on = PastDateField(
        label="When did you find out?",
        help_text="Today, or the day you first saw or heard of it.",
        error_messages={"required": "Enter the day you found out."},
    )
    confidential = ChoiceField(
        label="May the Privacy Office see your name?",
        choices=CONFIDENTIALITY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the Privacy Office may see your name."},
    )
    kind = _choose(choices.Kind, "What kind of report is it?")
    verb = _choose(choices.Verb, "How did they ask?")
    asked_for = _choose_any(choices.AskedFor, "What did they want you to do?")
    moved_to_personal = _choose(choices.YesNo, "Has the account been moved to a personal e-mail address?")
    platform = ChoiceField(label="Where was it?", required=False)
    platform_other = ScreenedCharField(label="Which site or app?", required=False, max_length=100)
    address = ScreenedCharField(
        label="Web address of the post or account",
        help_text="Copy it from the browser's address bar, for example https://example.com/post/1.",
        required=False,
        max_length=2000,
    )
    visibility = _choose(choices.Visibility, "Who could see it?")
    still_live = _choose(choices.YesNo, "Can it still be seen?")
    information = _choose_any(choices.Information, "What kind of information was it?")
    altered = forms.BooleanField(
        label="A picture or recording was blurred or altered",
        help_text="It is still confidential, even then.",
        required=False,
    )
    affected = _choose_any(choices.Affected, "Whose information was it?")
    affected_count = PlainIntegerField(label="How many people, if you know?", required=False, min_value=1)
    affected_range = _choose(choices.Range, "Or roughly how many?")
    programmes = _choose_any(choices.Programme, "Does it concern any of these programs?")
    occurred_on = PastDateField(
        label="When did it happen?", help_text="Leave it empty if you do not know.", required=False
    )
    how_found = _choose(choices.HowFound, "How did you find out?")
    people = ChosenPeopleField(queryset=User.objects.filter(is_active=True))
    people_described = ScreenedCharField(
        label="Which employees were involved?",
        help_text="Type a name and choose the person, or type the whole name, e-mail address or employee number."
        " Separate people by commas. Whoever is found in the directory will never see this report.",
        required=False,
        max_length=500,
    )
    people_unknown = forms.BooleanField(label="I do not know who was involved", required=False)
    evidence = EvidenceField(label="Screenshots or other evidence", required=False)
    containment = ScreenedCharField(
        label="What has been done about it so far?",
        help_text="For example: asked for the post to be taken down.",
        lines=3,
        required=False,
    )

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {**draft.answers, "draft": draft.pk})
        super().__init__(*args, **kwargs)
        self.kept_before: dict[str, Any] = draft.answers
        names = [*parameters.PLATFORMS.value(), parameters.OTHER_PLATFORM]
        self.fields["platform"].choices = [("", "Choose a site or app"), *((n, n) for n in names)]  # type: ignore[attr-defined]

    def lay_out(self, *, files: Iterable[Attachment], version: str) -> None:
        """Make ready to be shown, with the files kept so far and the state of the draft they stand in."""
        self.helper = _layout(files)
        self.helper.attrs["data-saved-at"] = version

    def clean_evidence(self) -> Any:
        """File names are screened like any other words."""
        files = self.cleaned_data["evidence"] or []
        for file in files:
            decision = holds_no_login(file.name)
            if isinstance(decision, Denied):
                note(decision)
                raise forms.ValidationError(decision.reason, code="screened")
        return files

    def clean(self) -> dict[str, Any]:
        """Answers that must agree with each other."""
        answers: dict[str, Any] = super().clean() or {}
        named = rules.platform_is_named(
            answers.get("platform", ""), answers.get("platform_other", ""), other_label=parameters.OTHER_PLATFORM
        )
        if "platform_other" not in self.errors:
            say_at("platform_other", self, named)
        happened, found = answers.get("occurred_on"), answers.get("discovered_on")
        if happened and found and happened > found:
            self.add_error("occurred_on", "It cannot have happened after you found out. Check both dates.")
        if answers.get("affected_count"):
            answers["affected_range"] = ""
        return answers if self.errors else {**answers, **_people_in(answers)}

    def facts(self) -> dict[str, Any]:
        """The answers as the incident keeps them; only for a valid form."""
        apart = {"draft", "people", "evidence", "confidential", "kind"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        facts["confidential"] = self.cleaned_data["confidential"] == CONFIDENTIAL
        facts["kind"] = self.cleaned_data["kind"] or choices.Kind.OTHER
        return {**facts, **asked.not_asked(self.cleaned_data["kind"])}

    def says_what(self, incident: Incident) -> bool:
        """Whether the words typed are those this incident was reported with."""
        return all(self.cleaned_data.get(name) == getattr(incident, name) for name in WORDS)

    def needs_mending_to_be_kept(self) -> bool:
        """Whether something typed is not kept in the draft; if so, only that is left as an error."""
        for name in set(self.errors) - {"evidence"}:
            if not self.stopped(name):
                del self.errors[name]
        return bool(self.errors)

    def keepable(self) -> dict[str, Any]:
        """What a draft may store: what was typed and, where a screen stopped that, what the draft had before."""
        typed = {name: self._typed(name) for name in self.fields if name not in {"draft", "evidence"}}
        fit = {name: value for name, value in typed.items() if not self.stopped(name) and self._may_keep(name, value)}
        return {**{name: self.kept_before[name] for name in typed if name in self.kept_before}, **fit}

    def _typed(self, name: str) -> Any:
        field, value = self.fields[name], self[name].value()
        return field.to_python(value) if isinstance(field, ScreenedCharField) else value

    def _may_keep(self, name: str, value: Any) -> bool:
        return isinstance(self.fields[name], ScreenedCharField) or may_be_kept(value)

    def stopped(self, name: str) -> list[str]:
        """The sentences with which the screens stopped this field; not what is merely missing or malformed."""
        found = self.errors.as_data().get(name, []) if isinstance(self.fields[name], ScreenedCharField) else []
        return [message for error in found if error.code in STOPPED for message in error.messages]


def _people_in(answers: dict[str, Any]) -> dict[str, Any]:
    """The people chosen and those whose whole name, address or number was typed; the words about nobody known stay."""
    people, unknown = people_in(answers["people_described"], chosen=answers["people"])
    return {"people": people, "people_described": unknown}


def _layout(files: Iterable[Attachment]) -> FormHelper:
    return form_helper(
        "narrative",
        "discovered_on",
        Tiles("confidential", hints=CONFIDENTIALITY_HINTS),
        *_optional(files),
        Actions(
            Button("Send the report"),
            Button("Save and finish later", name="later", kind="secondary"),
            Button("Delete this draft", kind="quiet", formaction=reverse("incidents:report_discard")),
            Link("Leave for now", reverse("worklist:home")),
        ),
        autosave_url=reverse("incidents:report_save"),
        css_id="report",
    )


_ANY_KIND = "kind=" + "|".join(choices.Kind.values)


def _optional(files: Iterable[Attachment]) -> list[Any]:
    return [
        _about_the_kind(),
        Reveal(asked.when(asked.WITH_INFORMATION), _about_the_information()),
        _about_the_rest(files),
    ]


def _about_the_kind() -> Section:
    return Section(
        "If you know more",
        "kind",
        Reveal("kind=asked", "verb", "asked_for"),
        Reveal("kind=dhs_email", "moved_to_personal"),
        Reveal(
            _ANY_KIND,
            "platform",
            Reveal(f"platform={parameters.OTHER_PLATFORM}", "platform_other"),
            "address",
        ),
        Reveal(asked.when(asked.IN_SIGHT), "visibility", "still_live"),
        hint="Everything from here on is optional. Leave out what you do not know.",
        css_id="more",
    )


def _about_the_information() -> Section:
    return Section(
        "Whose information, and how much",
        "information",
        Reveal("information=photograph|video|audio", "altered"),
        "affected",
        Reveal("affected=clients|patients|minors|partners|employees", "affected_count", "affected_range"),
        "programmes",
    )


def _about_the_rest(files: Iterable[Attachment]) -> Section:
    upload, remove = reverse("incidents:report_upload"), reverse("incidents:report_remove")
    return Section(
        "People, evidence and first steps",
        Reveal(_ANY_KIND, "occurred_on", "how_found"),
        PeoplePicker("people", typed="people_described"),
        "people_unknown",
        Upload("evidence", upload_url=upload, remove_url=remove, files=files),
        "containment",
    )
