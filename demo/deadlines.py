"""Cases on both sides of their targets: due today and tomorrow, overdue, and looked at too late."""

from demo import days, stories
from demo.teller import Teller
from incidents import parameters
from incidents.choices import Kind, Status
from workflow.calendar import is_business_day

# Business days since the report. Nobody has looked at the first; the others wait for a decision.
FORGOTTEN = (3, 5, 8, 14)
STUCK = ((12, Status.IN_TRIAGE), (14, Status.UNDER_REVIEW), (17, Status.UNDER_REVIEW))
LOOKED_AT_LATE = (7, 9)
LATE_BY = 4
ASIDE = (Kind.ASKED, Kind.NEAR_MISS)


def tell(teller: Teller) -> None:
    """All of them, counted from today."""
    for number, back in enumerate(FORGOTTEN):
        _tell(teller, back, Status.REPORTED, later=number)
    for number, (back, status) in enumerate(STUCK):
        _tell(teller, back, status, later=number)
    for back in LOOKED_AT_LATE:
        _tell_looked_at_late(teller, back)
    for day in days.next_due_days(teller.today):
        for number, status in enumerate((Status.IN_TRIAGE, Status.UNDER_REVIEW)):
            reported = days.business_days_before(day, parameters.DECISION_DAYS.value())
            file = teller.tell(days.morning(reported, later=number), _story(teller), confidential=False)
            file.bring_to(status, days.morning(reported, later=number))
    if is_business_day(teller.today):
        _tell(teller, 1, Status.REPORTED, later=40)


def _tell(teller: Teller, back: int, status: Status, *, later: int) -> None:
    moment = days.morning(days.business_days_before(teller.today, back), later=later)
    teller.tell(moment, _story(teller)).bring_to(status, moment)


def _tell_looked_at_late(teller: Teller, back: int) -> None:
    reported = days.morning(days.business_days_before(teller.today, back))
    looked = days.morning(days.business_days_before(teller.today, back - LATE_BY))
    teller.tell(reported, _story(teller)).bring_to(Status.IN_TRIAGE, looked)


def _story(teller: Teller) -> stories.Story:
    return teller.chance.choice([story for story in stories.STORIES if story.kind not in ASIDE])
