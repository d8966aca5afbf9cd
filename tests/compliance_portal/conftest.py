"""Places for whole installations."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of its own that another account may be let into; pytest closes its own to everyone else."""
    with tempfile.TemporaryDirectory(prefix="portal-place-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
