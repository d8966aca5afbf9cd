"""The states of an incident, readable aloud: name, from where, to where, who may, the button's words."""

from incidents import rules
from incidents.choices import Status
from incidents.models import Incident
from workflow.lifecycle import Transition

START_TRIAGE = Transition[Incident](
    "start_triage",
    frozenset({Status.REPORTED, Status.REOPENED}),
    Status.IN_TRIAGE,
    rules.may_work_on,
    "Start triage",
)
BEGIN_REVIEW = Transition[Incident](
    "begin_review",
    frozenset({Status.IN_TRIAGE}),
    Status.UNDER_REVIEW,
    rules.is_ready_for_review,
    "Begin review",
)
SUBSTANTIATE = Transition[Incident](
    "substantiate",
    frozenset({Status.UNDER_REVIEW}),
    Status.SUBSTANTIATED,
    rules.may_decide,
    "Find it substantiated",
)
NOT_SUBSTANTIATE = Transition[Incident](
    "not_substantiate",
    frozenset({Status.UNDER_REVIEW}),
    Status.UNSUBSTANTIATED,
    rules.may_decide,
    "Find it unsubstantiated",
)
CALL_NEAR_MISS = Transition[Incident](
    "call_near_miss",
    frozenset({Status.IN_TRIAGE, Status.UNDER_REVIEW}),
    Status.NEAR_MISS,
    rules.may_decide,
    "Call it a near miss",
)
REVIEW_AGAIN = Transition[Incident](
    "review_again",
    frozenset({Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS}),
    Status.UNDER_REVIEW,
    rules.may_reopen,
    "Review again",
)
CLOSE = Transition[Incident](
    "close",
    frozenset({Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS}),
    Status.CLOSED,
    rules.may_close,
    "Close the case",
)
REOPEN = Transition[Incident](
    "reopen",
    frozenset({Status.CLOSED}),
    Status.REOPENED,
    rules.may_reopen,
    "Reopen the case",
)

MERGE = Transition[Incident](
    "merge",
    frozenset({Status.REPORTED, Status.IN_TRIAGE, Status.UNDER_REVIEW, Status.REOPENED}),
    Status.MERGED,
    rules.may_work_on,
    "Merge with another report",
)
UNMERGE = Transition[Incident](
    "unmerge",
    frozenset({Status.MERGED}),
    Status.REOPENED,
    rules.may_work_on,
    "Take out of the other report",
)

TABLE = (
    START_TRIAGE,
    BEGIN_REVIEW,
    SUBSTANTIATE,
    NOT_SUBSTANTIATE,
    CALL_NEAR_MISS,
    CLOSE,
    REVIEW_AGAIN,
    REOPEN,
    MERGE,
    UNMERGE,
)
