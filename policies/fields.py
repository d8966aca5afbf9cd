"""The one field for anything a person writes in their own words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from policies.screening import may_be_stored
from workflow.decisions import Denied
from workflow.text import refuse_hidden_characters, says_nothing


class ScreenedCharField(forms.CharField):
    """Free text that is screened for logins, client numbers and hidden characters before anything keeps it."""

    def __init__(self, *, max_length: int = 10_000, lines: int = 1, **kwargs: Any) -> None:
        if lines > 1:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        """The typed text, or the empty text where nothing can be read in it."""
        text = super().to_python(value) or ""
        return "" if says_nothing(text) else text

    def validate(self, value: str) -> None:
        """Raise ValidationError with the words the person reads at the field."""
        super().validate(value)
        refuse_hidden_characters(value)
        decision = may_be_stored(value)
        if isinstance(decision, Denied):
            raise ValidationError(decision.reason, code="screened")
