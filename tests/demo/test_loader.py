"""The demonstration is loaded only where it is on, and only by the database's owner."""

from pathlib import Path

import pytest

from people.models import User
from tests.demo.commands import manage

pytestmark = pytest.mark.django_db(transaction=True)


def test_without_demo_nothing_is_loaded(tmp_path: Path) -> None:
    assert "The demonstration is off" in manage("load_demo", tmp_path, DEMO="0", EXTRA_APPS="demo")
    assert not User.objects.exists()


def test_only_the_owner_loads(tmp_path: Path) -> None:
    assert "Only the database's owner" in manage("load_demo", tmp_path, url="DATABASE_URL", DEMO="1")
    assert not User.objects.exists()
