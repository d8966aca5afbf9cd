"""The demonstration, loaded once for whoever looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.demo.commands import Demonstration

# The first test of a run waits for the demonstration to be loaded.
SECONDS = 300


@pytest.fixture(scope="module")
def told(demonstration: Demonstration, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """The folder of the demonstration, whose database is the tests' own for the whole module; they only look at it."""
    of_the_tests = connections["owner"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        _turn_to(demonstration.database)
    yield demonstration.folder
    with django_db_blocker.unblock():
        _turn_to(of_the_tests)


def _turn_to(database: str) -> None:
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = database
