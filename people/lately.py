"""What a process reads now and then, and keeps in between."""

from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")

_ALL: "WeakSet[Lately[Any]]" = WeakSet()


def forget_all() -> None:
    """Have everything read again at its next use."""
    for each in _ALL:
        each.forget()


class Lately(Generic[T]):
    """A value that is read again once it is this many seconds old; one pair, so that no thread sees half of it."""

    def __init__(self, read: Callable[[], T], *, seconds: float) -> None:
        self._read = read
        self._seconds = seconds
        self._kept: tuple[T, float] | None = None
        _ALL.add(self)

    def value(self) -> T:
        """The value as it was read within the last seconds."""
        kept = self._kept
        if kept is None or monotonic() - kept[1] >= self._seconds:
            kept = self._kept = (self._read(), monotonic())
        return kept[0]

    def forget(self) -> None:
        """Have it read again at its next use."""
        self._kept = None
