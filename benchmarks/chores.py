"""What runs without a page: machines read the list of grants, and the night ends what has run out."""

import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from http import HTTPStatus
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access_requests.operations import ending, feeding
from benchmarks import names
from benchmarks.access_targets import holder
from benchmarks.client import Unexpected
from people.models import Role

MIB = 1024
R = TypeVar("R")
_OWN = Path("/proc/self")


@dataclass(frozen=True)
class Chore:
    """One piece of work: how many rows it dealt with, in how long, and what memory it took above what was there."""

    name: str
    size: int
    rows: int
    seconds: float
    mib: float
    queries: int = 0

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


def reading(size: int) -> Chore:
    """A machine reads the whole list, as the view makes it; the second time, when everything is warm."""
    headers = {"authorization": f"Bearer {_token()}", "host": "127.0.0.1"}
    _read(headers)
    with CaptureQueriesContext(connection) as captured:
        chore = _done(names.FEED, size, lambda: _read(headers))
    return replace(chore, queries=len(captured))


def expiry(name: str, size: int) -> Chore:
    """The night ends whatever has run out; raises Unexpected where something is left."""
    chore = _done(name, size, ending.expire)
    if ending.expire():
        raise Unexpected("Something that had run out was left in force.")
    return chore


def apart(chore: Callable[[], R]) -> R:
    """The same in a process that has done nothing yet: memory that was freed before would hide what it takes."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=django.setup) as own:
        return own.submit(chore).result()


def _done(name: str, size: int, work: Callable[[], int]) -> Chore:
    before = _reset_peak()
    began = time.monotonic()
    rows = work()
    return Chore(name, size, rows, time.monotonic() - began, _peak() - before)


def _read(headers: dict[str, str]) -> int:
    answer = Client(headers=headers).get(reverse("access_requests:feed"))
    said = answer.getvalue()
    if answer.status_code != HTTPStatus.OK:
        raise Unexpected(f"The list of grants: {answer.status_code}")
    return said.count(b'"reference"')


def _token() -> str:
    return feeding.make_token("Bench", actor=holder(Role.IT_SECURITY))[1]


def _reset_peak() -> float:
    """Forget the most memory there ever was (proc(5)); what is in use now, in MiB."""
    (_OWN / "clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    lines = dict(line.split(":", 1) for line in (_OWN / "status").read_text(encoding="ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) / MIB
