"""Fields refuse what cannot be meant and keep what can."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from policies.fields import PastDateField, PlainIntegerField, ScreenedCharField

pytestmark = pytest.mark.django_db
At = Callable[[str], AbstractContextManager[None]]


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "safe\u202eevil", "\u2066x", "a\x85b"])
def test_hidden_characters_are_refused_with_words(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"Remove the|Null characters"):
        ScreenedCharField().clean(typed)


def test_text_in_which_nothing_can_be_read_counts_as_empty() -> None:
    with pytest.raises(ValidationError, match="required"):
        ScreenedCharField().clean("\u200b \ufeff")
    assert ScreenedCharField(required=False).clean("\u200b") == ""


def test_line_breaks_and_accents_stay() -> None:
    assert ScreenedCharField().clean("José\r\nwrote 👍") == "José\r\nwrote 👍"


def test_a_text_over_the_limit_says_how_long_it_is() -> None:
    with pytest.raises(ValidationError, match="at most 10 characters"):
        ScreenedCharField(max_length=10).clean("x" * 11)


@pytest.mark.parametrize("typed", ["1_000", "1e3", "１２", "٣", "-1", "1.5", "0x10", "9999999999"])
def test_a_number_that_is_not_plain_digits_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PlainIntegerField(min_value=1).clean(typed)


@pytest.mark.parametrize(("typed", "meant"), [("12", 12), ("1,200", 1200), (" 7 ", 7)])
def test_a_number_in_plain_digits_is_read(typed: str, meant: int) -> None:
    assert PlainIntegerField().clean(typed) == meant


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "1999-12-31", "20260301", "03/01/2026", "２０２６-03-01", "0001-01-01"]
)
def test_a_day_that_cannot_be_meant_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        PastDateField().clean(typed)


def test_today_counts_as_past_until_midnight_in_arkansas(at: At) -> None:
    field: Any = PastDateField()
    with at("2026-11-25 23:30"):
        assert field.clean("2026-11-25").day == 25
        with pytest.raises(ValidationError, match="still to come"):
            field.clean("2026-11-26")


def test_the_field_shows_as_a_textarea_where_several_lines_are_wanted() -> None:
    assert isinstance(ScreenedCharField(lines=4).widget, forms.Textarea)
