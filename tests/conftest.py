"""What every test stands on: the embedded database under the portal's own roles, and personas."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import count
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connections
from django.test.client import ClientHandler
from django.test.signals import setting_changed
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from compliance_portal import assets
from people import lately
from tests.demo.commands import Demonstration, copy_database, demo_name, manage
from workflow import clock

# What needs the demonstration stays together, so that it is loaded once and one portal runs.
WITH_THE_DEMONSTRATION = ("tests/browser/", "tests/demo/")
At = Callable[[str], AbstractContextManager[None]]
CENTRAL = ZoneInfo("America/Chicago")
_number = count(1)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Give each process whole files, so that what a module makes for its tests is made once."""
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = _kept_together
    return scheduler


def _kept_together(nodeid: str) -> str:
    return "demonstration" if nodeid.startswith(WITH_THE_DEMONSTRATION) else nodeid.partition("::")[0]


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
        copy_database(owner.settings_dict["NAME"], demo_name())
    yield
    with django_db_blocker.unblock():
        connections["default"].close()
        owner.creation.destroy_test_db(owner.settings_dict["TEST"].get("ORIGINAL", "portal"), verbosity=0)


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets a module commit one world for tests that leave it as it is; afterwards the tables are empty again."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", interactive=False)


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration, loaded once for all who look at it or go on from a copy of it."""
    place = Demonstration(demo_name(), tmp_path_factory.mktemp("demonstration"))
    said = manage("load_demo", place.folder, database=place.database, DEMO="1")
    assert "The demonstration has" in said, said
    return place


@pytest.fixture(scope="session", autouse=True)
def collected_assets() -> None:
    """Pages name their styles and scripts by contents, as in service: one that is missing fails the test."""
    if not assets.are_collected():
        assets.collect()


@pytest.fixture(scope="session", autouse=True)
def one_middleware_chain() -> Iterator[None]:
    """Build the middleware once for all clients, and anew after a changed setting: it takes longer than most tests."""
    build, built = ClientHandler.load_middleware, dict[str, object]()
    parts = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")

    def load(handler: ClientHandler, is_async: bool = False) -> None:
        if not built:
            build(handler, is_async)
            built.update({part: getattr(handler, part) for part in parts})
        vars(handler).update(built)

    def forget(**_changed: object) -> None:
        built.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield
    setting_changed.disconnect(forget)


@pytest.fixture
def at() -> At:
    """Hold the clock at a moment of the department's time, as in `with at("2026-11-25 10:00"):`."""

    def hold(moment: str) -> AbstractContextManager[None]:
        return clock.held_at(datetime.fromisoformat(moment).replace(tzinfo=CENTRAL))

    return hold


@pytest.fixture(autouse=True)
def everything_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings, divisions and times that the one before it had read, nor has to read its own twice."""
    lately.forget_all()
    now = monotonic()
    monkeypatch.setattr(lately, "monotonic", lambda: now)


@pytest.fixture(autouse=True)
def private_storage(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test keeps its own evidence files; the folder is there from the first file on."""
    location = tmp_path_factory.getbasetemp() / "evidence" / str(next(_number))
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=location))
    return location
