"""Business days as a state office of Arkansas counts them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.personas import employee
from workflow import calendar
from workflow.models import Setting

CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 25), 1, date(2026, 11, 27)),  # across Thanksgiving
        (date(2026, 11, 24), 5, date(2026, 12, 2)),
        (date(2026, 12, 22), 5, date(2026, 12, 31)),  # across 24 and 25 December
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # New Year's Day, then a weekend
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap year
        (date(2026, 7, 2), 1, date(2026, 7, 6)),  # Independence Day observed on Friday
    ],
)
def test_holidays_and_weekends_do_not_count(start: date, days: int, due: date) -> None:
    assert calendar.add_business_days(start, days) == due


@pytest.mark.django_db
def test_due_is_the_close_of_business_in_arkansas_whatever_the_hour_in_utc() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=CENTRAL)
    assert calendar.due_after(late, 1) == datetime(2026, 11, 25, 16, 30, tzinfo=CENTRAL)


@pytest.mark.django_db
def test_a_day_the_governor_closes_offices_does_not_count_once_an_administrator_enters_it() -> None:
    Setting.objects.create(name="calendar.closed_days", value=["2026-11-27"], changed_by=employee())
    thanksgiving_eve = datetime(2026, 11, 25, 10, 0, tzinfo=CENTRAL)
    assert calendar.due_after(thanksgiving_eve, 1).date() == date(2026, 11, 30)
