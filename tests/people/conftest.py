"""Who the people tests speak of, and the list they take over."""

from functools import partial
from pathlib import Path

import pytest
from django.core.cache import cache

from people import changes
from people.models import Role, User
from tests.people.personnel import Heard, Write, written
from tests.personas import employee, unit


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes lines into a file as the personnel system would."""
    return partial(written, tmp_path)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What a higher floor would hear of."""
    told: Heard = []
    monkeypatch.setattr(changes, "_listeners", [])
    changes.register(lambda event, _actor, _user, facts: told.append((event, facts)))
    return told


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    """Rate limits count in the cache, which tests share."""
    cache.clear()


@pytest.fixture
def sam() -> User:
    """A supervisor."""
    return employee("Sam Supervisor")


@pytest.fixture
def erin(sam: User) -> User:
    """An employee under Sam."""
    return employee(supervisor=sam, unit=unit("PUL", name="Pulaski office", parent=unit("DHS")), title="Caseworker")


@pytest.fixture
def ada() -> User:
    """The administrator."""
    return employee("Ada Administrator", roles=(Role.ADMINISTRATOR,))
