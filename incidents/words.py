"""What a state means, in plain words: for the reporter, and for the person who has the case next."""

from django.utils import timezone
from django.utils.formats import date_format

from incidents import rules
from incidents.choices import DECIDED, Status
from incidents.models import Incident

UNTOLD = "We cannot share the result, because it concerns other people. Thank you for reporting it."
FOR_THE_REPORTER = {
    Status.REPORTED: ("Received", "The Privacy Office has your report and will look at it by {day}."),
    Status.IN_TRIAGE: ("Being looked at", "The Privacy Office is finding out what happened and how serious it is."),
    Status.UNDER_REVIEW: ("Under review", "A Privacy Officer is deciding what was found."),
    **dict.fromkeys(DECIDED, ("Decided", f"A Privacy Officer has decided. {UNTOLD}")),
    Status.CLOSED: ("Closed", f"The case is closed. {UNTOLD} You can still write if you learn more."),
    Status.REOPENED: ("Reopened", "The Privacy Office is looking at it again."),
}
TOGETHER = "Handled together with another report."
NEXT_FOR_THE_OFFICE = {
    Status.REPORTED: "Start triage: read the report, secure what can still be seen, decide how severe it is.",
    Status.IN_TRIAGE: "Decide the severity, ask the reporter what is missing, then begin the review.",
    Status.UNDER_REVIEW: "A Privacy Officer decides what was found.",
    Status.SUBSTANTIATED: "Close the case.",
    Status.UNSUBSTANTIATED: "Close the case.",
    Status.NEAR_MISS: "Note what can be learned, then close the case.",
    Status.CLOSED: "Nothing. A Privacy Officer can reopen the case.",
    Status.REOPENED: "Start triage again with what is new.",
    Status.MERGED: "Work goes on in {into} (state: {state}). If these are two different matters, take this report out.",
}


def for_the_reporter(incident: Incident) -> tuple[str, str]:
    """The state's short name and a sentence or two on what it means for the reporter; a merged one has the other's."""
    if incident.merged_into is not None:
        name, sentence = for_the_reporter(incident.merged_into)
        return name, f"{TOGETHER} {sentence}"
    name, sentence = FOR_THE_REPORTER[Status(incident.status)]
    return name, sentence.format(day=date_format(timezone.localtime(incident.due_at), "l, F j"))


def next_step(incident: Incident, *, tasks_left: bool) -> str:
    """What the Privacy Office does next; what stands in the way of it comes first."""
    if incident.merged_into is not None:
        into = incident.merged_into
        words = NEXT_FOR_THE_OFFICE[Status.MERGED]
        return words.format(into=into.reference, state=into.get_status_display().lower())
    if incident.status == Status.IN_TRIAGE and incident.severity:
        return "Ask the reporter what is missing, then begin the review."
    if incident.status == Status.UNDER_REVIEW and not rules.way_of_asking_is_recorded(incident):
        return f"Record how they asked, under “Update what is known”. {NEXT_FOR_THE_OFFICE[Status.UNDER_REVIEW]}"
    if incident.status in DECIDED and tasks_left:
        return "Finish the tasks, or say why they are not needed. Then close the case."
    return NEXT_FOR_THE_OFFICE[Status(incident.status)]
