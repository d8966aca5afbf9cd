"""Business days of an Arkansas state office: weekdays without the state's holidays."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.core.exceptions import ValidationError
from django.utils import timezone

from workflow import parameters

CLOSE_OF_BUSINESS = time(16, 30)


def is_a_day(line: str) -> None:
    """Raise ValidationError unless this is a day of this century, written YYYY-MM-DD."""
    wrong = ValidationError(f"“{line}” is no day. Write it like 2026-12-31.")
    if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", line):
        raise wrong
    try:
        date.fromisoformat(line)
    except ValueError:
        raise wrong from None


CLOSED_DAYS = parameters.lines(
    "calendar.closed_days",
    "Extra days on which state offices are closed",
    default=[],
    group=parameters.TIMES,
    hint="Closed by proclamation, written like 2026-12-31. State holidays are known already.",
    check=is_a_day,
)


@cache
def _holidays(year: int) -> frozenset[date]:
    # Ark. Code 1-5-101 adds Christmas Eve to the days the library knows for the state.
    return frozenset(holidays.country_holidays("US", subdiv="AR", years=year)) | {date(year, 12, 24)}


def is_business_day(day: date, closed: Collection[str] = ()) -> bool:
    """Whether state offices are open on this day; `closed` lists further days as ISO dates."""
    return day.weekday() < 5 and day not in _holidays(day.year) and day.isoformat() not in closed


def is_open(day: date) -> bool:
    """Whether state offices are open on this day, the closed days of the settings included; one query."""
    return is_business_day(day, CLOSED_DAYS.value())


def add_business_days(start: date, days: int, closed: Collection[str] = ()) -> date:
    """The business day that is this many business days after a day, which itself never counts."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_business_day(day, closed)
    return day


def due_after(start: datetime, days: int) -> datetime:
    """The close of business (department's time) this many business days after a moment."""
    day = add_business_days(timezone.localtime(start).date(), days, CLOSED_DAYS.value())
    return datetime.combine(day, CLOSE_OF_BUSINESS, tzinfo=timezone.get_default_timezone())
