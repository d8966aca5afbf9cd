"""What one types about a question: the question, its answer, and both as everyone reads them."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from people.layout import Actions, Button, Link, form_helper
from policies import rules
from policies.fields import ScreenedCharField
from policies.inquiries import Recipients
from policies.models import Question
from policies.models.questions import LONGEST_ANSWER, LONGEST_QUESTION
from policies.routing import Step
from workflow.decisions import Denied

NOBODY = "Nobody in the portal can answer it then. Ask the communications office (OCCE)."
CHANGED = (
    "Since you opened this page, the person who would get your question has changed. Read above, and send it again."
)
ABOUT_CLIENTS = "Do not name a client. Never enter a password."


class AskForm(forms.Form):
    """The question; whether it concerns the supervisor; and who the page said would get it."""

    body = ScreenedCharField(
        label="Your question",
        help_text=ABOUT_CLIENTS,
        lines=5,
        max_length=LONGEST_QUESTION,
        error_messages={"required": "Write your question."},
    )
    concerns = forms.BooleanField(label="My question concerns my supervisor", required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: QueryDict | None = None, *, recipients: Recipients, back: str) -> None:
        self._recipients, self._seen = recipients, data and data.get("shown", "")
        if data is not None:
            # What the page says now is what the next attempt has seen.
            data = data.copy()
            data["shown"] = recipients.as_shown
        super().__init__(data, initial={"shown": recipients.as_shown})
        self.fields["concerns"].help_text = _instead(recipients)
        if recipients.supervisor is None:
            del self.fields["concerns"]
        fields = [name for name in ("shown", "submission", "body", "concerns") if name in self.fields]
        self.helper = form_helper(*fields, Actions(Button("Send the question"), Link("Back to the policy", back)))

    def clean(self) -> dict[str, Any]:
        """Someone gets it, and it is who the page said."""
        answers: dict[str, Any] = super().clean() or {}
        if self._seen != self._recipients.as_shown:
            raise ValidationError(CHANGED, code="changed")
        if self.step() is None:
            self.add_error("concerns" if "concerns" in self.fields else None, ValidationError(NOBODY, code="nobody"))
        return answers

    def step(self) -> Step | None:
        """Who gets the question as it was filled in."""
        return self._recipients.concerning if self.cleaned_data.get("concerns") else self._recipients.usual


def _instead(recipients: Recipients) -> str:
    """What ticking the box does, in a sentence."""
    if recipients.concerning is None:
        return NOBODY
    step = recipients.concerning
    kept_out = f"{recipients.supervisor} never sees it, and neither does whoever stands in for them."
    return f"Then {step.person}, {step.title}, gets it instead. {kept_out}"


class AnswerForm(forms.Form):
    """The answer."""

    body = ScreenedCharField(
        label="Your answer",
        help_text="It cannot be changed once it is sent. Do not name a client.",
        lines=6,
        max_length=LONGEST_ANSWER,
        error_messages={"required": "Write your answer."},
    )

    def __init__(self, data: QueryDict | None = None, *, action: str) -> None:
        super().__init__(data)
        self.helper = form_helper("body", Actions(Button("Send the answer")), action=action)


class PublishForm(forms.Form):
    """Question and answer as everyone reads them."""

    asked = ScreenedCharField(
        label="The question",
        lines=4,
        max_length=LONGEST_QUESTION,
        error_messages={"required": "Write the question as everyone reads it."},
    )
    answered = ScreenedCharField(
        label="The answer",
        lines=6,
        max_length=LONGEST_ANSWER,
        error_messages={"required": "Write the answer as everyone reads it."},
    )

    def __init__(self, data: QueryDict | None = None, *, question: Question, back: str) -> None:
        super().__init__(data, initial={"asked": question.body, "answered": question.answer})
        self._question = question
        self.helper = form_helper("asked", "answered", Actions(Button("Publish"), Link("Back to the question", back)))

    def clean_asked(self) -> str:
        """Names nobody."""
        return self._without_names("asked")

    def clean_answered(self) -> str:
        """Names nobody."""
        return self._without_names("answered")

    def _without_names(self, name: str) -> str:
        said: str = self.cleaned_data[name]
        decision = rules.names_nobody(said, self._question)
        if isinstance(decision, Denied):
            raise ValidationError(decision.reason, code="named")
        return said
