"""The Privacy Office itself: cases that concern its own people, one who left, and the filters two of them keep."""

from collections.abc import Iterable

from demo import days, stories
from demo.stories import Story
from demo.teller import Teller
from incidents.choices import AskedFor, Information, Kind, Programme, Status, Verb, Visibility
from incidents.operations import desk
from people.models import Unit, User
from people.operations import deactivate
from workflow import clock

# Business days ago, and how far the one who left had come.
LEFT_BEHIND = (
    (15, Status.UNDER_REVIEW),
    (13, Status.IN_TRIAGE),
    (11, Status.SUBSTANTIATED),
    (8, Status.IN_TRIAGE),
    (7, Status.IN_TRIAGE),
)
VIEWS = {
    "privacy-analyst": (
        ("Overdue and unassigned", "assignee=nobody&due=overdue"),
        ("My cases in triage", "status=in_triage&assignee=me"),
    ),
    "privacy-officer": (
        ("Facebook, high severity", "severity=high&platform=Facebook"),
        ("Awaiting a decision", "status=under_review"),
    ),
}
OF_THE_ANALYST = Story(
    Kind.EXPOSURE,
    "A picture of the Privacy Office's farewell party is online, and a case is open on Ana Delgado's screen.",
    "Facebook",
    {"information": [Information.PHOTOGRAPH, Information.CASE], "visibility": Visibility.PUBLIC},
)
OF_THE_OFFICER = Story(
    Kind.ASKED,
    "Our head of office asked all of us to follow the office's new account from our own.",
    "LinkedIn",
    {"verb": Verb.REQUESTED, "asked_for": [AskedFor.ADD]},
)
BY_THE_ANALYST = Story(
    Kind.IMPERSONATION,
    "An account with my name and the department's seal answers questions about privacy. It is not mine.",
    "X (Twitter)",
    {"visibility": Visibility.PUBLIC},
)
OF_THE_SUPERVISOR = Story(
    Kind.ASKED,
    "Before my review I was told that it looks better if I open my profile to the office for a week.",
    "Facebook",
    {"verb": Verb.SUGGESTED, "asked_for": [AskedFor.PRIVACY]},
)
OF_TREATMENT = next(story for story in stories.STORIES if Programme.SUD in story.answers.get("programmes", ()))


def tell(teller: Teller) -> None:
    """What concerns the cast, so that each of them finds something they do not see, and what one who left had."""
    cast = teller.personas
    specialist = next(each for each in teller.staff if each.supervisor == cast["privacy-officer"])
    _tell(teller, 6, OF_THE_ANALYST, reporter=specialist, people=[cast["privacy-analyst"]])
    _tell(teller, 9, OF_THE_OFFICER, reporter=specialist, people=[cast["privacy-officer"]])
    _tell(teller, 5, BY_THE_ANALYST, reporter=cast["privacy-analyst"], people=[])
    _tell(teller, 3, OF_THE_SUPERVISOR, reporter=cast["employee"], people=[cast["supervisor"]])
    usual = [story for story in stories.STORIES if story.kind in {Kind.EXPOSURE, Kind.IMPERSONATION}]
    for back, status in LEFT_BEHIND:
        _tell_held(teller, back, status, teller.chance.choice(usual), teller.leaver)
    for officer in teller.officers:
        _tell_held(teller, 4, Status.UNDER_REVIEW, OF_TREATMENT, officer)


def everywhere(teller: Teller, divisions: Iterable[Unit], sites: Iterable[str]) -> None:
    """An open case on every site, from one division after the other."""
    states = (Status.IN_TRIAGE, Status.UNDER_REVIEW, Status.SUBSTANTIATED)
    listed = list(divisions)
    for number, site in enumerate(sites):
        story = next(story for story in stories.STORIES if story.platform == site)
        moment = days.morning(days.business_days_before(teller.today, 5), later=number)
        reporter = teller.someone_of(listed[number % len(listed)])
        file = teller.tell(moment, story, reporter=reporter, confidential=False)
        file.bring_to(states[number % len(states)], moment)


def settle(teller: Teller) -> None:
    """Somebody leaves the office, and two who stay keep filters."""
    with clock.held_at(days.morning(days.business_days_before(teller.today, 2))):
        for slug, views in VIEWS.items():
            for name, query in views:
                desk.save_view(actor=teller.personas[slug], name=name, query=query)
        deactivate(teller.leaver, actor=teller.personas["administrator"])


def _tell(teller: Teller, back: int, story: Story, *, reporter: User, people: list[User]) -> None:
    moment = days.morning(days.business_days_before(teller.today, back))
    file = teller.tell(moment, story, reporter=reporter, people=people, confidential=False)
    file.bring_to(Status.IN_TRIAGE, moment, file.question)


def _tell_held(teller: Teller, back: int, status: Status, story: Story, holder: User) -> None:
    moment = days.morning(days.business_days_before(teller.today, back))
    incident = teller.report(moment, story)
    teller.file_of(incident, analyst=holder).bring_to(status, moment)
