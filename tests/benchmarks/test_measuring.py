"""Which sizes are measured, and where the measurement keeps what is its own."""

import pytest

from benchmarks.__main__ import environment
from benchmarks.management.commands.measure import PARTS, parts, sizes
from compliance_portal.install import Trouble
from compliance_portal.paths import VAR_DIR


def test_sizes_grow_and_those_passed_already_are_left_out() -> None:
    assert sizes("100000, 10000") == [10_000, 100_000]
    assert sizes("10000,100000", held=10_200) == [100_000]
    assert sizes("10000", held=10_200) == [10_200]


def test_what_is_no_size_is_said_so() -> None:
    with pytest.raises(Trouble, match="SIZES lists numbers"):
        sizes("many")


def test_nothing_that_make_run_keeps_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/real")
    monkeypatch.setenv("VAR_DIR", str(VAR_DIR))
    told = environment()
    assert told["VAR_DIR"] == str(VAR_DIR / "bench")
    assert not {name for name in told if name.endswith(("DATABASE_URL", "BROKER_URL", "EMAIL_URL", "SECRET_KEY"))}


def test_only_names_what_is_measured() -> None:
    assert parts("") == list(PARTS.values())
    assert parts("policies") == [PARTS["policies"]]
    with pytest.raises(Trouble, match="ONLY is one of incidents, policies"):
        parts("everything")
