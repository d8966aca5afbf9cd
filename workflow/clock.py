"""The one clock that decides anything: the database's, so that no two servers disagree."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The database's time, aware, in UTC; one query unless a moment is held."""
    held = _moment.get()
    if held is not None:
        return held
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


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
