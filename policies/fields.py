"""Fields that take what a person types: words that may be kept, plain numbers, days that can be."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from policies.screening import may_be_stored
from workflow import clock
from workflow.decisions import Denied
from workflow.refusals import note
from workflow.text import holds_hidden_characters, refuse_hidden_characters, says_nothing

STOPPED = frozenset({"screened", "hidden", "too_long"})


class _Copied:
    """A field of which every form quickly gets a copy of its own: Django's way takes longer than reading the answers.

    What it shares with the others, such as its choices, is only ever replaced, never changed.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        field: Any = _twin(self)
        memo[id(self)] = field
        field.widget = _twin(field.widget)
        field.widget.attrs = dict(field.widget.attrs)
        field.error_messages, field.validators = dict(field.error_messages), list(field.validators)
        return field


def _twin(thing: Any) -> Any:
    twin = object.__new__(type(thing))
    vars(twin).update(vars(thing))
    return twin


class ScreenedCharField(_Copied, forms.CharField):
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
        self._refuse_over_long(value)
        refuse_hidden_characters(value)
        decision = may_be_stored(value)
        if isinstance(decision, Denied):
            note(decision)
            raise ValidationError(decision.reason, code="screened")

    def _refuse_over_long(self, value: str) -> None:
        if self.max_length is not None and len(value) > self.max_length:
            words = f"Write at most {self.max_length:,} characters (you have {len(value):,})."
            raise ValidationError(words, code="too_long")


class ChoiceField(_Copied, forms.ChoiceField):
    """One of some choices."""


class ChoicesField(_Copied, forms.MultipleChoiceField):
    """Any number of some choices."""


class PlainIntegerField(_Copied, forms.IntegerField):
    """A whole number in plain digits; commas between thousands are fine, 1_000, 1e3 and other scripts are not."""

    def to_python(self, value: Any) -> int | None:
        """The number, or None where nothing was typed; raises ValidationError."""
        text = str(value or "").strip().replace(",", "")
        if text and not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValidationError("Enter a whole number in digits, like 12.", code="invalid")
        return int(text) if text else None


class PastDateField(_Copied, forms.DateField):
    """A day that has already come, not before 2000, written YYYY-MM-DD as the browser's date field sends it."""

    default_error_messages = {"invalid": "Enter a date that exists, like 2026-03-31."}

    def to_python(self, value: Any) -> date | None:
        """The day, or None where nothing was typed; raises ValidationError."""
        if isinstance(value, str) and value.strip() and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def validate(self, value: date | None) -> None:
        """Raise ValidationError for a day still to come or absurdly long ago."""
        super().validate(value)
        if value is not None and value.year < 2000:
            raise ValidationError("Enter a date in the year 2000 or later.", code="too_old")
        if value is not None and value > clock.today():
            raise ValidationError("This day is still to come. Enter today or an earlier day.", code="future")


def may_be_kept(answer: Any) -> bool:
    """Whether a choice, date, id or number, valid or not, is fit to be stored: short, visible and screened."""
    items = answer if isinstance(answer, list) else [answer]
    return all(item is None or isinstance(item, bool) or _is_short_and_clean(item) for item in items)


def _is_short_and_clean(item: Any) -> bool:
    is_short = isinstance(item, str) and len(item) <= 100
    return is_short and not holds_hidden_characters(item) and bool(may_be_stored(item))
