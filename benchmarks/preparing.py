"""Prepares the measurement's own database and folders, then measures; `python -m benchmarks` gives it its settings."""

import os
import shutil
import sys

import psycopg2
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseError

from benchmarks import serving
from benchmarks.client import Unexpected
from compliance_portal import assets, embedded, postgres, run
from compliance_portal.install import Trouble, say, stage
from compliance_portal.paths import VAR_DIR


def main() -> int:
    """Prepare, measure and stop again; return the exit status."""
    os.environ["PORT"] = str(serving.free_port())
    try:
        with run.only_one():
            prepare()
            call_command("measure")
    except KeyboardInterrupt:
        say("\nStopped.")
        return 1
    except (
        Trouble, Unexpected, postgres.Unavailable, ImproperlyConfigured, CommandError, DatabaseError, psycopg2.Error,
        OSError,
    ) as error:  # fmt: skip
        say(f"\n{error}")
        return 1
    return 0


def prepare() -> None:
    """An empty database under the portal's three roles; with KEEP=1 the one of the last run."""
    # What rang for a worker last time: nobody answers here.
    shutil.rmtree(VAR_DIR / "queue", ignore_errors=True)
    for folder in run.FOLDERS:
        (VAR_DIR / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    with stage("Database"):
        if not os.environ.get("KEEP"):
            _forget()
        embedded.provide()
        run.prepare_database()
    if not assets.are_collected():
        with stage("Styles and scripts"):
            assets.collect()


def _forget() -> None:
    server = postgres.Server(VAR_DIR / "postgres")
    connection = psycopg2.connect(host=server.hold(), port=postgres.PORT, user="postgres", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {embedded.DATABASE} WITH (FORCE)")
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
