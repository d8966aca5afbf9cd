"""Moments of the demonstration, counted in business days from today, whatever day that is."""

from datetime import UTC, date, datetime, time, timedelta

from workflow.calendar import add_business_days, is_business_day

# In the department's time, a morning; in UTC, what it is called here.
MORNING = time(15)


def business_days_before(day: date, days: int) -> date:
    """The latest business day that is this many business days before a day."""
    found = day
    while days > 0 or not is_business_day(found):
        found -= timedelta(days=1)
        days -= is_business_day(found)
    return found


def morning(day: date, *, later: int = 0) -> datetime:
    """The morning of a day, some minutes later."""
    return datetime.combine(day, MORNING, tzinfo=UTC) + timedelta(minutes=later)


def next_due_days(today: date) -> tuple[date, date]:
    """The two business days whose close comes next: today where the office is open, and the one after."""
    first = today if is_business_day(today) else add_business_days(today, 1)
    return first, add_business_days(first, 1)
