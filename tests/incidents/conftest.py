"""What the tests of incidents share beside the people of stage.py."""

import pytest
from django.core.cache import cache

from incidents import return_codes


@pytest.fixture
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes are slow on purpose, and where many are made a test waits for nothing."""
    monkeypatch.setattr(return_codes, "COST", 2**4)


@pytest.fixture
def nothing_counted_yet() -> None:
    """Limits count in the cache, which tests share."""
    cache.clear()
