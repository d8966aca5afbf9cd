"""Whether reminders are mailed on a day; the calendar that knows holidays registers itself from above."""

from collections.abc import Callable
from datetime import date

WorkingDay = Callable[[date], bool]

_SATURDAY = 5


def monday_to_friday(day: date) -> bool:
    """Whether this is a weekday: the calendar that counts until another is registered."""
    return day.weekday() < _SATURDAY


_calendars: list[WorkingDay] = [monday_to_friday]


def register(is_working_day: WorkingDay) -> None:
    """Let this calendar decide from now on; the last one counts."""
    _calendars[:] = [is_working_day]


def registered() -> WorkingDay:
    """The calendar that decides now."""
    return _calendars[0]


def is_working_day(day: date) -> bool:
    """Whether the registered calendar calls this a working day."""
    return _calendars[0](day)
