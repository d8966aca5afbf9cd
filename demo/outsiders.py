"""Reports made without signing in, one of which any visitor can open with its code."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from attachments import intake
from demo import days
from demo.casefile import CaseFile
from demo.pictures import screenshot
from demo.teller import Teller
from incidents import return_codes
from incidents.choices import AskedFor, Information, Kind, Outsider, Status, Verb, YesNo
from incidents.models import PublicReport
from incidents.operations import outside
from incidents.operations.reporting import INCIDENT_RECORD
from people.models import User
from workflow import clock

# Stands for no form that was ever sent. The code that belongs to it depends on a key made when the portal is set up.
WELL_KNOWN = "the report that visitors of the demonstration open"


@dataclass(frozen=True)
class Outside:
    """What somebody unknown reports, and what is said afterwards: by the office first, then in turns."""

    kind: Kind
    outsider: Outsider
    narrative: str
    back: int
    status: Status
    talk: tuple[str, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    # What somebody wrote who did not have the code.
    without_code: str = ""
    names_head_of: str = ""
    with_picture: bool = False
    ticket: str = ""


REPORTS = (
    Outside(
        Kind.ASKED,
        Outsider.APPLICANT,
        "At the end of my interview I was to open my profile on their computer and scroll down while two of them read.",
        4,
        Status.IN_TRIAGE,
        (
            "Thank you for telling us. You did not have to do this. Do you remember what they said it was for?",
            "They said they do it with everyone who works with children.",
            "That helps. Did you sign in yourself, or did they ask you to tell them how?",
        ),
        {"verb": Verb.REQUIRED, "asked_for": [AskedFor.LOGIN]},
        ticket=WELL_KNOWN,
    ),
    Outside(
        Kind.ASKED,
        Outsider.APPLICANT,
        "The recruiter wrote that my application moves faster once we are connected online.",
        24,
        Status.CLOSED,
        (
            "Did the recruiter write this by mail or on the site itself?",
            "On the site. I said that I would rather not, and never heard back.",
            "Your application will be looked at by someone else. Thank you for speaking up.",
            "Thank you. I was invited to an interview yesterday.",
        ),
        {"verb": Verb.REQUESTED, "asked_for": [AskedFor.ADD]},
    ),
    Outside(
        Kind.ASKED,
        Outsider.EMPLOYEE,
        "Our superintendent had me make my account public before the inspection. I am afraid to say who I am.",
        8,
        Status.UNDER_REVIEW,
        (
            "Nobody above you sees this report. Were others told to do the same?",
            "At least two more on my shift. Please do not call the center about it.",
        ),
        {"verb": Verb.REQUIRED, "asked_for": [AskedFor.PRIVACY]},
        names_head_of="DDS-CON",
    ),
    Outside(
        Kind.ASKED,
        Outsider.EMPLOYEE,
        "It was suggested that I go through my contacts and say which of them are clients.",
        30,
        Status.UNSUBSTANTIATED,
        ("When was this, and was it written down anywhere?", "In a hallway. It may have been meant as a joke."),
        {"verb": Verb.SUGGESTED, "asked_for": [AskedFor.CONTACTS]},
    ),
    Outside(
        Kind.ASKED,
        Outsider.APPLICANT,
        "The form online would not go on until I had typed in the names of all my accounts.",
        6,
        Status.IN_TRIAGE,
        facts={"verb": Verb.CAUSED, "asked_for": [AskedFor.LOGIN]},
        without_code="I lost the paper with my code. The form has been changed since: the question is gone."
        "\n\nHow to reach them: 501-555-0142, after five",
    ),
    Outside(
        Kind.EXPOSURE,
        Outsider.OTHER,
        "A nurse posts jokes about a patient on her ward. I knew at once who was meant: it is my grandfather.",
        15,
        Status.SUBSTANTIATED,
        (
            "We are sorry. Can you still see the posts?",
            "Two of the three are gone. The third is still up.",
            "The third one was taken down this morning.",
        ),
        {
            "platform": "Facebook",
            "address": "https://www.facebook.example/night-shift-stories/posts/771",
            "still_live": YesNo.YES,
            "information": [Information.HEALTH],
        },
    ),
    Outside(
        Kind.EXPOSURE,
        Outsider.OTHER,
        "In our neighborhood group someone asks for furniture for a family and tells why the children were taken away.",
        5,
        Status.IN_TRIAGE,
        ("Thank you. Is the group open to anyone, or does one have to be let in?", "One has to be a neighbor."),
        {
            "platform": "Nextdoor",
            "address": "https://nextdoor.example/p/furniture4410",
            "still_live": YesNo.YES,
            "information": [Information.PERSONAL, Information.CASE],
        },
    ),
    Outside(
        Kind.EXPOSURE,
        Outsider.OTHER,
        "A dance video was filmed in your hallway. The name plates next to the doors can be read.",
        1,
        Status.REPORTED,
        facts={
            "platform": "TikTok",
            "address": "https://www.tiktok.example/@lunch-break/video/90211",
            "still_live": YesNo.YES,
            "information": [Information.VIDEO],
        },
    ),
    Outside(
        Kind.EXPOSURE,
        Outsider.EMPLOYEE,
        "A coworker keeps photos of case folders on an account that many of us follow. I took a screenshot.",
        11,
        Status.UNDER_REVIEW,
        facts={
            "platform": "Snapchat",
            "still_live": YesNo.UNKNOWN,
            "information": [Information.PHOTOGRAPH, Information.CASE],
            "people_described": "Somebody of the afternoon shift",
        },
        with_picture=True,
    ),
    Outside(
        Kind.EXPOSURE,
        Outsider.OTHER,
        "A list of families who get firewood was in the minutes of our club, and the minutes are online.",
        40,
        Status.CLOSED,
        ("Who put the list into the minutes, do you know?", "Our treasurer, by mistake. He has taken it out."),
        {
            "platform": "Blog or website",
            "address": "https://saline-woodcutters.example/minutes/march",
            "still_live": YesNo.NO,
            "information": [Information.PERSONAL],
        },
    ),
)
# Somebody who lost a code and the number as well.
NO_SUCH_NUMBER = (77, "I wrote to you in spring about my son's picture. It is online again.")


def code() -> list[str]:
    """The code of the well-known report in groups of digits; empty where the demonstration was not loaded."""
    is_there = outside.sent_with(WELL_KNOWN) is not None
    return return_codes.in_groups(return_codes.code_for(WELL_KNOWN)) if is_there else []


def tell(teller: Teller) -> None:
    """All of these reports, and what a lost code led to."""
    for number, told in enumerate(REPORTS):
        moment = days.morning(days.business_days_before(teller.today, told.back), later=11 * number)
        report = _reported(teller, told, moment)
        file = teller.file_of(report.incident)
        file.bring_to(told.status, moment, *_steps(file, report, told))
    with clock.held_at(days.morning(days.business_days_before(teller.today, 2))):
        number, words = NO_SUCH_NUMBER
        outside.tell_without_code(number, words=words, ticket=outside.fresh_ticket())


def _reported(teller: Teller, told: Outside, moment: datetime) -> PublicReport:
    people = _named(teller, told)
    facts = {
        "kind": told.kind,
        "outsider": told.outsider,
        "narrative": told.narrative,
        "discovered_on": moment.date(),
        **told.facts,
    }
    with clock.held_at(moment):
        report, _ = outside.file_report(told.ticket or outside.fresh_ticket(), facts=facts, people=people)
        if told.with_picture:
            picture, number = screenshot(teller.chance), str(report.incident_id)
            intake.receive(picture, actor=None, record_type=INCIDENT_RECORD, record_id=number)
        outside.confirm_saved(report)
    return report


def _named(teller: Teller, told: Outside) -> list[User]:
    offices = [(each, each.unit) for each in teller.staff if each.unit]
    return [each for each, unit in offices if unit.code == told.names_head_of and unit.head_id == each.pk]


def _steps(file: CaseFile, report: PublicReport, told: Outside) -> list[Callable[[], None]]:
    steps = [_said(file, report, words, by_office=turn % 2 == 0) for turn, words in enumerate(told.talk)]
    return [*steps, _without_code(report, told.without_code)] if told.without_code else steps


def _said(file: CaseFile, report: PublicReport, words: str, *, by_office: bool) -> Callable[[], None]:
    def say() -> None:
        if by_office:
            file.say(file.analyst, words)
        else:
            outside.reply(report, body=words, ticket=outside.fresh_ticket())

    return say


def _without_code(report: PublicReport, words: str) -> Callable[[], None]:
    def tell_the_office() -> None:
        outside.tell_without_code(report.incident_id, words=words, ticket=outside.fresh_ticket())

    return tell_the_office
