"""Times in words a person reads at a glance: "due in 3 days", "2 hours ago", "Nov. 27, 2026 at 5 p.m."."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils import dateformat, timezone

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def exact(moment: date | datetime) -> str:
    """The moment itself, in the department's time: "Nov. 27, 2026 at 5 p.m.", or the day alone for a date."""
    if not isinstance(moment, datetime):
        return _day(moment, "N j, Y")
    here = timezone.localtime(moment)
    return f"{_day(here.date(), 'N j, Y')} at {_time_of_day(here.hour, here.minute)}"


def in_full(moment: date | datetime) -> str:
    """The moment with its weekday and time zone, for the text that shows on hover."""
    if not isinstance(moment, datetime):
        return _day(moment, "l, F j, Y")
    here = timezone.localtime(moment)
    return f"{_day(here.date(), 'l, F j, Y')} at {_time_of_day(here.hour, here.minute)} {here.tzname()}"


# A page shows dozens of times and few different days, and Django's formatting takes longer than the rest of a row.
@lru_cache(maxsize=4096)
def _day(day: date, form: str) -> str:
    return dateformat.format(day, form)


@lru_cache(maxsize=1440)
def _time_of_day(hour: int, minute: int) -> str:
    return dateformat.time_format(time(hour, minute), "P")


def due(moment: date | datetime, now: datetime) -> str:
    """When something is due, by the calendar: "due today", "due in 3 days", "overdue by 2 days"."""
    days = _days_between(now, moment)
    if is_past(moment, now):
        return f"overdue by {_count(-days, 'day') if days else _hours(now, moment)}"
    if days == 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {days} days"


def is_past(moment: date | datetime, now: datetime) -> bool:
    """Whether a due moment has gone by; a day is over when it ends."""
    return moment < now if isinstance(moment, datetime) else moment < timezone.localtime(now).date()


def is_soon(moment: date | datetime, now: datetime) -> bool:
    """Whether something is due today or tomorrow."""
    return _days_between(now, moment) <= 1


def ago(moment: datetime, now: datetime) -> str:
    """How long ago something happened: "just now", "2 hours ago", "3 days ago"; nothing once a month has passed."""
    passed = now - moment
    if passed < _MINUTE:
        return "just now" if passed > -_MINUTE else ""
    if passed < _HOUR:
        return f"{_count(passed // _MINUTE, 'minute')} ago"
    days = -_days_between(now, moment)
    if days == 0 or passed < 12 * _HOUR:
        return f"{_count(passed // _HOUR, 'hour')} ago"
    return "yesterday" if days == 1 else f"{days} days ago" if days <= 30 else ""


def _days_between(now: datetime, moment: date | datetime) -> int:
    day = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return (day - timezone.localtime(now).date()).days


def _hours(now: datetime, moment: date | datetime) -> str:
    passed = now - moment if isinstance(moment, datetime) else timedelta()
    return _count(passed // _HOUR, "hour") if passed >= _HOUR else _count(max(passed // _MINUTE, 1), "minute")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
