"""Waiting for something another process does."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


def eventually(seen: Callable[[], T], *, within: float) -> T:
    """What `seen` returns as soon as it is true; fails once that many seconds have passed."""
    deadline = monotonic() + within
    pause = Event()
    while not (found := seen()):
        assert monotonic() < deadline, f"Not seen within {within} seconds; last seen: {found!r}"
        pause.wait(0.05)
    return found
