"""Workers and pages in processes of their own, as in use: the only way to kill one honestly."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def environment(folder: Path, *, broker: str, **more: str) -> dict[str, str]:
    """What another process needs to work on this test's database, with everything else in a folder of its own."""
    return {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "VAR_DIR": str(folder),
        "CELERY_BROKER_URL": broker,
        "MAIL_CLAIM_SECONDS": "2",
        "SWEEP_SECONDS": "1",
        "LOG_LEVEL": "ERROR",
        **more,
    }


def _database_url() -> str:
    """The address the portal was given, with this test's database in place of the portal's."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


class Worker:
    """A Celery worker with its beat and one child; killing it takes the whole family at once."""

    def __init__(self, surroundings: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "celery", "-A", "compliance_portal", "worker", "--beat"]
        self._process = subprocess.Popen(
            [*command, "--concurrency=1", "--loglevel=ERROR", "--without-gossip", "--without-mingle"],
            env=dict(surroundings),
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL, to the worker, its child and its beat."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None


@contextmanager
def worker(surroundings: Mapping[str, str]) -> Iterator[Worker]:
    """A worker that is gone by the end of the test."""
    started = Worker(surroundings)
    try:
        yield started
    finally:
        started.kill()


def in_another_process(code: str, surroundings: Mapping[str, str]) -> str:
    """What the code prints, run with the portal loaded, as a page's process would run it."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env={**surroundings, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
