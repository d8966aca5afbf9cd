"""Runs the portal's commands on the tests' databases, as the one who installs the portal does."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections


class Demonstration(NamedTuple):
    """A database with the demonstration in it, and the folder where its files are."""

    database: str
    folder: Path


def demo_name() -> str:
    """The name of the database beside the tests' own that is kept for the demonstration."""
    return f"{connections['owner'].settings_dict['NAME']}_demo"


def copy_database(name: str, copy: str) -> None:
    """Make a database with the same tables, rows and sequences; nobody else may be connected to the first meanwhile."""
    for alias in connections:
        connections[alias].close()
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')


def address(variable: str, database: str) -> str:
    """The address in this variable of the environment, with another database."""
    return urlsplit(os.environ[variable])._replace(path=f"/{database}").geturl()


def manage(command: str, folder: Path, *, url: str = "OWNER_DATABASE_URL", database: str = "", **more: str) -> str:
    """Run one command on the tests' database or another, as its owner unless told otherwise; return all it says."""
    where = address(url, database or connection.settings_dict["NAME"])
    surroundings = {**os.environ, "DATABASE_URL": where, "VAR_DIR": str(folder), **more}
    ran = subprocess.run(
        [sys.executable, "manage.py", command],
        env=surroundings,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr
