"""What the tests of each folder may cost, and why single ones may take longer; a larger budget needs a reason here."""

from typing import NamedTuple


class Budget(NamedTuple):
    """Seconds of Python's CPU time, children included, and of waiting, on two cores."""

    cpu: float
    wall: float


# How long the yardstick of tests/costs.py takes on the machine these budgets were measured on.
YARDSTICK_SECONDS = 0.005
BUDGETS: dict[str, Budget] = {}
SLOW: dict[str, str] = {}
