"""Components are drawn from the sources, whether or not static files were collected."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def static_files_from_the_sources(settings: Settings) -> None:
    """A static file's address is its own name."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
