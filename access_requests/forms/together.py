"""Forms about several requests: one decision for like requests, and the table of a periodic review."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from access_requests import rules
from access_requests.forms.deciding import DECISIONS, RETURN
from access_requests.models import AccessRequest, Turn
from access_requests.models.request import LONGEST_ANSWER
from people.layout import Actions, Button, Link, Reveal, form_helper
from policies.fields import ChoiceField, ScreenedCharField
from workflow.refusals import say_at

KEEP, REVOKE = "keep", "revoke"


class TogetherForm(forms.Form):
    """One decision and one reason for several requests that serve the same case."""

    id = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)
    decision = ChoiceField(
        label="Your decision about each of them",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    code = ChoiceField(
        label="Why do you return them?", choices=[("", "Choose a reason"), *Turn.Code.choices], required=False
    )
    words = ScreenedCharField(
        label="Your reason",
        help_text="It goes to each requester. Do not name a client. Never enter a password.",
        lines=3,
        max_length=LONGEST_ANSWER,
        error_messages={"required": "Give your reason, in a sentence or two."},
    )

    def __init__(self, data: QueryDict | None = None, *, requests: list[AccessRequest]) -> None:
        numbers = [str(each.pk) for each in requests]
        super().__init__(data, initial={"id": numbers})
        self._requests = requests
        self.fields["id"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]
        self.helper = form_helper(
            "id",
            "decision",
            Reveal(f"decision={RETURN}", "code"),
            "words",
            Actions(Button("Decide about all of them"), Link("Cancel", reverse("access_requests:awaiting"))),
        )

    def clean(self) -> dict[str, Any]:
        """Only like requests are decided together; what is returned has a coded reason."""
        answers: dict[str, Any] = super().clean() or {}
        say_at("decision", self, rules.are_alike(self._requests))
        if answers.get("decision") == RETURN and not answers.get("code"):
            self.add_error("code", "Choose a reason.")
        return answers


class ReviewForm(forms.Form):
    """For each access in force: keep it, revoke it with a reason, or leave it for later."""

    def __init__(self, data: QueryDict | None = None, *, turns: list[Turn]) -> None:
        super().__init__(data)
        self.turns = turns
        for turn in turns:
            self.fields[f"answer_{turn.pk}"] = ChoiceField(
                label=f"{turn.request.reference}: keep or revoke?",
                choices=[("", "Decide later"), (KEEP, "Keep"), (REVOKE, "Revoke")],
                required=False,
            )
            self.fields[f"words_{turn.pk}"] = ScreenedCharField(
                label=f"{turn.request.reference}: why revoke it?", required=False, max_length=LONGEST_ANSWER
            )

    def rows(self) -> list[tuple[Turn, Any, Any]]:
        """Each turn with its two fields, for the table."""
        return [(turn, self[f"answer_{turn.pk}"], self[f"words_{turn.pk}"]) for turn in self.turns]

    def clean(self) -> dict[str, Any]:
        """Whoever revokes says why."""
        answers: dict[str, Any] = super().clean() or {}
        for turn in self.turns:
            name = f"words_{turn.pk}"
            if answers.get(f"answer_{turn.pk}") == REVOKE and not answers.get(name) and name not in self.errors:
                self.add_error(name, "Say why, in a sentence or two.")
        return answers

    def answers(self) -> Iterator[tuple[AccessRequest, str, str]]:
        """What was answered, with the reason; only for a valid form."""
        for turn in self.turns:
            if answer := self.cleaned_data[f"answer_{turn.pk}"]:
                yield turn.request, answer, self.cleaned_data[f"words_{turn.pk}"]
