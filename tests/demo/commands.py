"""Runs the portal's commands on the tests' database, as the one who installs the portal does."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def manage(command: str, folder: Path, *, url: str = "OWNER_DATABASE_URL", **more: str) -> str:
    """Run one command on this test's database, as its owner unless told otherwise, and return all it says."""
    address = urlsplit(os.environ[url])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    surroundings = {**os.environ, "DATABASE_URL": address, "VAR_DIR": str(folder), **more}
    ran = subprocess.run(
        [sys.executable, "manage.py", command],
        env=surroundings,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr
