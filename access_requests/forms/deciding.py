"""What those who decide, review, grant and end access fill in."""

from typing import Any

from django import forms
from django.http import QueryDict

from access_requests import rules
from access_requests.models import AccessRequest, Turn
from access_requests.models.request import LONGEST_ANSWER, LONGEST_LINE
from people.forms import DayField
from people.layout import Actions, Button, Link, Reveal, form_helper
from policies.fields import ChoiceField, ChoicesField, ScreenedCharField
from workflow import clock
from workflow.refusals import say_at

APPROVE, RETURN, DECLINE = "approve", "return", "decline"
DECISIONS = ((APPROVE, "Approve"), (RETURN, "Return for changes"), (DECLINE, "Decline"))
NOT_YET = "This day is still to come. Enter today or an earlier day."


def _reason(
    label: str, required: str, hint: str = "Do not name a client. Never enter a password."
) -> ScreenedCharField:
    messages = {"required": required}
    return ScreenedCharField(label=label, help_text=hint, lines=3, max_length=LONGEST_ANSWER, error_messages=messages)


class DecideForm(forms.Form):
    """Approve, for less where that is enough; return for a coded reason; decline. A no comes with words."""

    decision = ChoiceField(
        label="Your decision",
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide."},
    )
    until = DayField(label="Approve until", required=False, help_text="You may choose an earlier day, not a later one.")
    sites = ChoicesField(label="Approve for", widget=forms.CheckboxSelectMultiple, required=False)
    code = ChoiceField(
        label="Why do you return it?", choices=[("", "Choose a reason"), *Turn.Code.choices], required=False
    )
    words = _reason("Your words to the requester", "Say why.")

    def __init__(self, data: QueryDict | None = None, *, request: AccessRequest, action: str) -> None:
        super().__init__(data, initial={"until": request.until, "sites": request.granted_sites})
        self._request = request
        self.fields["sites"].choices = [(site, site) for site in request.granted_sites]  # type: ignore[attr-defined]
        self.fields["words"].required = False
        self.helper = form_helper(
            "decision",
            Reveal(f"decision={APPROVE}", "until", "sites"),
            Reveal(f"decision={RETURN}", "code"),
            "words",
            Actions(Button("Send the decision")),
            action=action,
            css_id="decide",
        )

    def clean(self) -> dict[str, Any]:
        """An approval narrows and never widens; a no has its reason."""
        answers: dict[str, Any] = super().clean() or {}
        decision = answers.get("decision")
        if decision == APPROVE and not self.errors:
            until = answers["until"] or self._request.until
            narrowed = rules.only_narrows(self._request, until, answers["sites"])
            say_at("until" if answers["sites"] else "sites", self, narrowed)
        if decision == RETURN and not answers.get("code"):
            self.add_error("code", "Choose a reason.")
        if decision in {RETURN, DECLINE} and not answers.get("words") and "words" not in self.errors:
            self.add_error("words", "Say why, in a sentence or two.")
        return answers


class GrantForm(forms.Form):
    """What IT Security set up, where, and on which day."""

    what = ScreenedCharField(
        label="What did you set up?",
        help_text="For example: proxy group “social-inv” for this person and device.",
        max_length=LONGEST_LINE,
        error_messages={"required": "Say what you set up."},
    )
    where = ScreenedCharField(
        label="Where?",
        help_text="The proxy, firewall or device.",
        max_length=LONGEST_LINE,
        error_messages={"required": "Say where you set it up."},
    )
    on = DayField(label="On which day?", error_messages={"required": "Enter the day."})

    def __init__(self, data: QueryDict | None = None, *, action: str) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.helper = form_helper("what", "where", "on", Actions(Button("Confirm the grant")), action=action)

    def clean_on(self) -> Any:
        """Not a day still to come."""
        return _past(self.cleaned_data["on"])


class RemoveForm(forms.Form):
    """Where IT Security removed access, and on which day."""

    where = ScreenedCharField(
        label="Where did you remove it?",
        help_text="The proxy, firewall or device.",
        max_length=LONGEST_LINE,
        error_messages={"required": "Say where you removed it."},
    )
    on = DayField(label="On which day?", error_messages={"required": "Enter the day."})

    def __init__(self, data: QueryDict | None = None, *, action: str) -> None:
        super().__init__(data, initial={"on": clock.today()})
        self.helper = form_helper("where", "on", Actions(Button("Confirm the removal")), action=action)

    def clean_on(self) -> Any:
        """Not a day still to come."""
        return _past(self.cleaned_data["on"])


class RevokeForm(forms.Form):
    """Why access is revoked."""

    words = _reason("Why do you revoke it?", "Say why, in a sentence or two.")

    def __init__(self, data: QueryDict | None = None, *, action: str, back: str) -> None:
        super().__init__(data)
        self.helper = form_helper(
            "words",
            Actions(Button("Revoke the access", kind="danger"), Link("Back to the request", back)),
            action=action,
        )


def _past(day: Any) -> Any:
    if day > clock.today():
        raise forms.ValidationError(NOT_YET, code="future")
    return day
