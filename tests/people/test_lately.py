"""What a process reads now and then: kept for as long as it says, and no longer."""

import pytest

from people import lately


def test_a_value_is_kept_until_its_time_is_over_and_then_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(lately, "monotonic", lambda: clock[0])
    read = iter(["first", "second"])
    kept = lately.Lately(lambda: next(read), seconds=2.0)
    assert kept.value() == "first"
    clock[0] = 101.999
    assert kept.value() == "first"
    clock[0] = 102.0
    assert kept.value() == "second"


def test_what_was_forgotten_is_read_again_at_once() -> None:
    read = iter(["first", "second"])
    kept = lately.Lately(lambda: next(read), seconds=60.0)
    assert kept.value() == "first"
    kept.forget()
    assert kept.value() == "second"
