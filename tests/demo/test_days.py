"""The demonstration counts in business days, whatever day it is loaded on."""

from datetime import date

import pytest

from demo.days import business_days_before, next_due_days
from workflow.calendar import add_business_days, is_business_day

SUNDAY, WEDNESDAY, THANKSGIVING = date(2026, 11, 22), date(2026, 11, 25), date(2026, 11, 26)
DAY_AFTER, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
CHRISTMAS_EVE, NEXT_MONDAY = date(2026, 12, 24), date(2026, 12, 28)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (SUNDAY, (date(2026, 11, 23), date(2026, 11, 24))),
        (WEDNESDAY, (WEDNESDAY, DAY_AFTER)),
        (THANKSGIVING, (DAY_AFTER, MONDAY)),
        (CHRISTMAS_EVE, (NEXT_MONDAY, date(2026, 12, 29))),
    ],
)
def test_what_is_due_next_is_due_on_days_the_office_is_open(today: date, due: tuple[date, date]) -> None:
    assert next_due_days(today) == due


@pytest.mark.parametrize("today", [SUNDAY, WEDNESDAY, THANKSGIVING, MONDAY, CHRISTMAS_EVE])
@pytest.mark.parametrize("days", [1, 3, 10])
def test_so_many_business_days_before_lead_back_to_the_day_or_the_next_open_one(today: date, days: int) -> None:
    before = business_days_before(today, days)
    assert is_business_day(before)
    the_day = today if is_business_day(today) else add_business_days(today, 1)
    assert add_business_days(before, days) == the_day
