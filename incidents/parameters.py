"""What the department may change about incidents without a release."""

from django.core.exceptions import ValidationError

from incidents.choices import Kind
from incidents.models import LONGEST_PLATFORM, LONGEST_TASK
from workflow import parameters
from workflow.text import as_read

OTHER_PLATFORM = "Another site or app"


def is_not_the_other(line: str) -> None:
    """Raise ValidationError for the choice that every report offers anyway."""
    if as_read(line).casefold() == OTHER_PLATFORM.casefold():
        raise ValidationError(f"Remove “{OTHER_PLATFORM}”: it is always added.")


PLATFORMS = parameters.lines(
    "incidents.platforms",
    "Sites and apps to choose from",
    group="Reports",
    hint=f"“{OTHER_PLATFORM}” is always added.",
    default=[
        "Facebook",
        "Instagram",
        "TikTok",
        "YouTube",
        "X (Twitter)",
        "LinkedIn",
        "Snapchat",
        "Reddit",
        "Nextdoor",
        "Text or chat message",
        "Personal e-mail",
        "Blog or website",
    ],
    longest=LONGEST_PLATFORM,
    check=is_not_the_other,
)
FIRST_LOOK_DAYS = parameters.number(
    "incidents.first_look_days", "Business days for a first look at a report", 1, group=parameters.TIMES, most=30
)
DECISION_DAYS = parameters.number(
    "incidents.decision_days", "Business days to decide what was found", 10, group=parameters.TIMES, most=120
)
DRAFT_DAYS = parameters.number("incidents.draft_days", "Days an unfinished report is kept", 30, group=parameters.TIMES)

_TO_DO = {
    Kind.EXPOSURE: [
        "Save a copy of what can be seen",
        "Ask for the post to be taken down",
        "Find out whose information it is",
        "Find out who could see it, and for how long",
        "Check that it can no longer be seen",
    ],
    Kind.ASKED: [
        "Record how they asked: required, asked, suggested or left no choice",
        "Tell the person that they did not have to do it",
        "Find out what was handed over or changed",
        "Have whatever was handed over changed or undone",
        "Talk with counsel about Ark. Code 11-2-124",
    ],
    Kind.DHS_EMAIL: [
        "Ask the owner to move the account to a personal e-mail",
        "Check that the account no longer uses the DHS e-mail",
        "Ask whether DHS information was posted from the account",
    ],
    Kind.IMPERSONATION: [
        "Save a copy of the account",
        "Ask OCCE whether the account is an official one",
        "Report the account to the site",
        "Find out whether anyone sent it information",
    ],
    Kind.NEAR_MISS: [
        "Check that nothing got out",
        "Note what kept it from getting out",
        "Agree on what will be done differently",
    ],
    Kind.OTHER: [
        "Find out what the policy says about it",
        "Save a copy of what can be seen",
    ],
}
CHECKLISTS = {
    kind: parameters.lines(
        f"incidents.checklist.{kind}",
        kind.label,
        default=to_do,
        group="Tasks that each kind of case starts with",
        longest=LONGEST_TASK,
    )
    for kind, to_do in _TO_DO.items()
}
