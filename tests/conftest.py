"""What every test stands on: the embedded database under the portal's own roles, and personas."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from compliance_portal import assets
from people import lately
from workflow import clock

At = Callable[[str], AbstractContextManager[None]]
CENTRAL = ZoneInfo("America/Chicago")


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Make and migrate the test database as its owner, then let the portal's restricted role use it."""
    with django_db_blocker.unblock():
        owner = connections["owner"]
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = owner.settings_dict["NAME"]
        call_command("database_roles", "--apply", verbosity=0)
        call_command("createcachetable", "portal_cache", database="owner", verbosity=0)
        call_command("database_roles", "--apply", verbosity=0)
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        owner.creation.destroy_test_db(owner.settings_dict["TEST"].get("ORIGINAL", "portal"), verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def collected_assets() -> None:
    """Pages name their styles and scripts by contents, as in service: one that is missing fails the test."""
    if not assets.are_collected():
        assets.collect()


@pytest.fixture
def at() -> At:
    """Hold the clock at a moment of the department's time, as in `with at("2026-11-25 10:00"):`."""

    def hold(moment: str) -> AbstractContextManager[None]:
        return clock.held_at(datetime.fromisoformat(moment).replace(tzinfo=CENTRAL))

    return hold


@pytest.fixture(autouse=True)
def everything_read_anew() -> None:
    """No test sees the settings, divisions and times that the one before it had read."""
    lately.forget_all()


@pytest.fixture(autouse=True)
def private_storage(tmp_path: Path, settings: Settings) -> None:
    """Each test keeps its own evidence files."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "evidence"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
