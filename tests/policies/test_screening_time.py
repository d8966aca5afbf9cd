"""A screen answers in time that grows with the text and no faster, whatever is typed."""

import re
import time

import pytest
from django.core.exceptions import ValidationError

from policies import fields, logins, plain_words, screening
from workflow import text

SHAPES = {
    f"{module.__name__}.{name}": shape
    for module in (logins, plain_words, screening, text)
    for name, shape in vars(module).items()
    if isinstance(shape, re.Pattern)
}
SEEDS = [
    "a", "a.", "a+", "a-", "a@a.", "aa@", "a ", "a:", "a/", "a|", "1", "1 ", "1-", "12-", "123 ", "%2F", "*", "x", ".",
    " ", "\n", "\t", "_", "é", "password", "password ", "password: ", "password\n", "password to ", "password for a ",
    "p a s s ", "pass ", "pin 1", "login name ", "user ", "user a pw ", "is ", "my user is ", "my a my ", "change a ",
    "change my password ", "ab@ab.ab:", "a.a@a-a.", "log in with a and ", "social ", "ssn 1", "ssn-", "code ", "http://",
    "a://a:", "'a' is the ", "password ( ", "token=", "the password she ",
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_no_shape_is_slow_on_a_hostile_text(name: str) -> None:
    for seed in SEEDS:
        hostile = (seed * 40_000)[:40_000]
        started = time.process_time()
        assert sum(1 for _ in SHAPES[name].finditer(hostile)) <= len(hostile) + 1
        assert time.process_time() - started < 0.2, seed


@pytest.mark.parametrize("seed", SEEDS)
def test_the_longest_text_a_field_takes_is_read_in_a_moment(seed: str) -> None:
    started = time.process_time()
    screening.may_be_stored((seed * 10_000)[:10_000])
    assert time.process_time() - started < 1


def test_a_text_too_long_for_its_field_is_refused_before_any_screen_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(typed: str) -> None:
        raise AssertionError(f"{len(typed)} characters reached the screens")

    monkeypatch.setattr(fields, "may_be_stored", unread)
    with pytest.raises(ValidationError, match=r"at most 10,000 characters \(you have 40,000\)") as refused:
        fields.ScreenedCharField().clean("a." * 20_000)
    assert refused.value.code in fields.STOPPED
