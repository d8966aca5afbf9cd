"""The demonstration, loaded once for the tests that only look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests.demo.commands import manage

# The first test of a module waits for the demonstration to be loaded.
SECONDS = 300


@pytest.fixture(scope="module")
def told(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Path]:
    """The folder of a demonstration that stands in the database for the whole module, then nothing."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        said = manage("load_demo", folder, DEMO="1")
        assert "The demonstration has" in said, said
    yield folder
    with django_db_blocker.unblock():
        call_command("flush", interactive=False)
