"""What a state means, in plain words: for the reporter, and for the person who has the case next."""

from incidents.choices import Status
from incidents.models import Incident

FOR_THE_REPORTER = {
    Status.REPORTED: ("Received", "The Privacy Office has your report and will look at it within {days}."),
    Status.IN_TRIAGE: ("Being looked at", "The Privacy Office is finding out what happened and how serious it is."),
    Status.UNDER_REVIEW: ("Under review", "A Privacy Officer is deciding what was found."),
    Status.SUBSTANTIATED: ("Decided", "A Privacy Officer has decided. The last steps are under way."),
    Status.UNSUBSTANTIATED: ("Decided", "A Privacy Officer has decided. The last steps are under way."),
    Status.NEAR_MISS: ("Decided", "A Privacy Officer has decided. The last steps are under way."),
    Status.CLOSED: ("Closed", "Nothing more is needed from you. You can still write if you learn more."),
    Status.REOPENED: ("Reopened", "The Privacy Office is looking at it again."),
}
NEXT_FOR_THE_OFFICE = {
    Status.REPORTED: "Start triage: read the report, secure what can still be seen, decide how severe it is.",
    Status.IN_TRIAGE: "Decide the severity, ask the reporter what is missing, then begin the review.",
    Status.UNDER_REVIEW: "A Privacy Officer decides what was found.",
    Status.SUBSTANTIATED: "Finish what remains to be done, then close the case.",
    Status.UNSUBSTANTIATED: "Close the case.",
    Status.NEAR_MISS: "Note what can be learned, then close the case.",
    Status.CLOSED: "Nothing. A Privacy Officer can reopen the case.",
    Status.REOPENED: "Start triage again with what is new.",
}


def for_the_reporter(incident: Incident, *, first_look_days: int) -> tuple[str, str]:
    """The state's short name and one sentence on what it means for the reporter."""
    name, sentence = FOR_THE_REPORTER[Status(incident.status)]
    days = "1 business day" if first_look_days == 1 else f"{first_look_days} business days"
    return name, sentence.format(days=days)


def next_step(incident: Incident) -> str:
    """What the Privacy Office does next."""
    return NEXT_FOR_THE_OFFICE[Status(incident.status)]
