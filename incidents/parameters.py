"""What the department may change about incidents without a release."""

from django.core.exceptions import ValidationError

from incidents.models import LONGEST_PLATFORM
from workflow import parameters
from workflow.text import as_read

OTHER_PLATFORM = "Another site or app"


def is_not_the_other(line: str) -> None:
    """Raise ValidationError for the choice that every report offers anyway."""
    if as_read(line).casefold() == OTHER_PLATFORM.casefold():
        raise ValidationError(f"Remove “{OTHER_PLATFORM}”: it is always added.")


PLATFORMS = parameters.lines(
    "incidents.platforms",
    "Sites and apps offered in a report, one to a line (“Another site or app” is always added)",
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
    "incidents.first_look_days", "Business days for a first look at a report", 1, most=30
)
DECISION_DAYS = parameters.number("incidents.decision_days", "Business days to decide what was found", 10, most=120)
DRAFT_DAYS = parameters.number("incidents.draft_days", "Days an unfinished report is kept", 30)
