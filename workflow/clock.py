"""The one clock that decides anything: the database's, so that no two servers disagree."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from time import monotonic

from django.db import connection
from django.utils import timezone

from people.lately import Lately

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The database's time, aware, in UTC, never ahead of it; one query every ten seconds unless a moment is held."""
    held = _moment.get()
    if held is not None:
        return held
    told, at = _TOLD.value()
    return told + timedelta(seconds=monotonic() - at)


def _ask() -> tuple[datetime, float]:
    """What the database's clock says, and this process's steady clock when the answer had come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    return told, monotonic()


# For ten seconds a process trusts its own steady clock to carry on from what the database said.
_TOLD = Lately(_ask, seconds=10.0)


def today() -> date:
    """The department's calendar day (TIME_ZONE) at this moment."""
    return timezone.localtime(now()).date()


def about_now() -> datetime:
    """This server's time, or the held moment: for words like "in 3 days" on a page, never for a decision."""
    return _moment.get() or timezone.now()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment: the demo's past year, and tests."""
    token = _moment.set(moment)
    try:
        # The trail's own trigger reads this, and only believes the database's owner (the demo's loader).
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.held_at', %s, false)", [moment.isoformat()])
        yield
    finally:
        _moment.reset(token)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('portal.held_at', '', false)")
