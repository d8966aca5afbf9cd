"""Reports of one matter: some were merged, one was taken out again, and some only seem to belong together."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo import days
from demo.casefile import CaseFile
from demo.stories import Story
from demo.teller import Teller
from incidents.choices import Affected, AskedFor, Information, Kind, Range, Status, Verb, Visibility, YesNo
from incidents.models import Incident
from incidents.operations import merging
from people.models import User


@dataclass(frozen=True)
class Family:
    """What several people say of one matter, by the same web address or with the same person named."""

    kind: Kind
    platform: str
    told: tuple[str, ...]
    # One for all, or one for each where the same page is written in different ways.
    addresses: tuple[str, ...] = ("",)
    answers: dict[str, Any] = field(default_factory=dict)
    # Where the case stands into which the others were merged.
    head: Status = Status.IN_TRIAGE
    parted: bool = False

    def story(self, number: int) -> Story:
        """What one of them says."""
        address = self.addresses[number % len(self.addresses)]
        return Story(self.kind, self.told[number], self.platform, {"address": address, **self.answers})


MERGED = (
    Family(
        Kind.EXPOSURE,
        "Facebook",
        (
            "A photo of the award ceremony shows the seating plan of our clinic with the patients' full names.",
            "My aunt does not work here and could read patients' names on a plan behind the award winners.",
            "The award picture is public. The plan on the wall has names and room numbers on it.",
        ),
        ("https://www.facebook.example/heartland-clinic/photos/88214",),
        {
            "information": [Information.PHOTOGRAPH, Information.HEALTH],
            "affected": [Affected.PATIENTS],
            "affected_range": Range.TENS,
            "visibility": Visibility.PUBLIC,
            "still_live": YesNo.YES,
        },
        Status.UNDER_REVIEW,
    ),
    Family(
        Kind.ASKED,
        "Instagram",
        (
            "Our manager went from desk to desk and asked each of us to show our private profile.",
            "I was asked in front of others to open my profile. Those who said no had to say why.",
        ),
        answers={"verb": Verb.REQUESTED, "asked_for": [AskedFor.LOGIN]},
    ),
    Family(
        Kind.DHS_EMAIL,
        "Facebook",
        (
            "A candle shop online gives a state address for its orders. I think it is a colleague's.",
            "I ordered candles and the answer came from a DHS mailbox.",
        ),
        ("https://www.facebook.example/candle-cove/about",),
        head=Status.CLOSED,
    ),
    Family(
        Kind.IMPERSONATION,
        "Facebook",
        (
            "A page with our logo asks people to send a picture of their benefit card to keep their benefits.",
            "Clients were told online to send us their cards. It is not our page.",
            "The page that asks for benefit cards has answered one of our clients by name.",
        ),
        ("https://www.facebook.example/dhs-benefit-help",),
        {"visibility": Visibility.PUBLIC, "still_live": YesNo.YES},
        Status.SUBSTANTIATED,
    ),
    Family(
        Kind.NEAR_MISS,
        "Instagram",
        (
            "A coworker nearly uploaded the group photo before somebody saw the intake forms on the table.",
            "We stopped the upload of a team photo. Intake forms were lying in plain view.",
        ),
        answers={"information": [Information.PERSONAL]},
        head=Status.NEAR_MISS,
    ),
    Family(
        Kind.OTHER,
        "Reddit",
        (
            "A thread collects tips on how to find out which caseworker somebody has.",
            "Somebody lists which caseworker sits in which office. I recognize two of them.",
        ),
        ("https://www.reddit.example/r/two-rivers/comments/caseworkers",),
        {"visibility": Visibility.PUBLIC},
        Status.REPORTED,
    ),
    Family(
        Kind.EXPOSURE,
        "TikTok",
        (
            "A clip from the hallway has a client's voice in the background.",
            "In a clip from our hallway someone says a client's whole name.",
        ),
        ("https://www.tiktok.example/@hallway-days/video/41877",),
        {"information": [Information.AUDIO], "affected": [Affected.CLIENTS], "visibility": Visibility.PUBLIC},
        Status.IN_TRIAGE,
        parted=True,
    ),
)
# Nobody has merged these yet; the portal finds them by the address, however it is written.
RELATED = (
    Family(
        Kind.EXPOSURE,
        "Facebook",
        (
            "A birthday post for a resident names the medication he is on.",
            "The birthday wishes to one of our residents say what he is treated for.",
        ),
        ("https://www.facebook.example/sunny-porch/posts/3301", "http://m.facebook.example/sunny-porch/posts/3301/"),
        {"information": [Information.MEDICAL], "affected": [Affected.PATIENTS], "visibility": Visibility.GROUP},
    ),
    Family(
        Kind.EXPOSURE,
        "YouTube",
        (
            "An interview about our shelter shows the guest book for some seconds.",
            "At minute four of an interview the shelter's guest book is open, with names.",
        ),
        ("https://www.youtube.example/watch?v=shelter-talk", "https://youtube.example/watch?v=shelter-talk"),
        {"information": [Information.VIDEO], "affected": [Affected.CLIENTS], "visibility": Visibility.PUBLIC},
    ),
    Family(
        Kind.IMPERSONATION,
        "Instagram",
        (
            "An account with our seal sells appointments at the county office.",
            "Somebody offers places in our waiting line for money, under our name.",
        ),
        ("https://www.instagram.example/dhs.appointments", "instagram.example/dhs.appointments/"),
        {"visibility": Visibility.PUBLIC},
    ),
    Family(
        Kind.DHS_EMAIL,
        "LinkedIn",
        (
            "A consulting side business is signed up with a state mail address.",
            "A profile that offers tax help can be reached at an address of ours.",
        ),
        ("https://www.linkedin.example/in/delta-tax-help", "https://www.linkedin.example/in/delta-tax-help#contact"),
    ),
    Family(
        Kind.OTHER,
        "Blog or website",
        (
            "A blog quotes from an internal memo about the new phone system.",
            "Parts of a memo of ours are on a blog, without the names.",
        ),
        ("https://capitol-notes.example/phone-memo", "http://www.capitol-notes.example/phone-memo?"),
        {"visibility": Visibility.PUBLIC},
    ),
)


def tell(teller: Teller) -> None:
    """All of them, the merged ones some weeks ago and the others in these days."""
    for number, family in enumerate(MERGED):
        # What nobody has looked at, and what was taken out again, is of these days.
        back = 1 if family.head == Status.REPORTED else 2 if family.parted else 9 + 2 * number
        _tell_merged(teller, family, days.morning(days.business_days_before(teller.today, back)))
    for number, family in enumerate(RELATED):
        _tell_related(teller, family, 2 + number)


def _tell_merged(teller: Teller, family: Family, moment: datetime) -> None:
    people = _people(teller, family)
    first, *others = [
        teller.report(moment + timedelta(minutes=17 * number), family.story(number), **people[number])
        for number in range(len(family.told))
    ]
    file = teller.file_of(first)
    steps = (
        [lambda: _merge(file, others), lambda: _part(file, others)] if family.parted else [lambda: _merge(file, others)]
    )
    file.bring_to(family.head, moment + timedelta(hours=1), *steps)


def _merge(file: CaseFile, others: list[Incident]) -> None:
    for other in others:
        merging.merge(other, into=file.incident, actor=file.analyst)


def _part(file: CaseFile, others: list[Incident]) -> None:
    for other in others:
        merging.unmerge(other, actor=file.analyst)


def _tell_related(teller: Teller, family: Family, back: int) -> None:
    first = days.morning(days.business_days_before(teller.today, back))
    people = _people(teller, family)
    file = teller.tell(first, family.story(0), **people[0])
    file.bring_to(Status.IN_TRIAGE, first)
    second = days.morning(days.business_days_before(teller.today, 1), later=back)
    teller.report(second, family.story(1), **people[1])


def _people(teller: Teller, family: Family) -> list[dict[str, Any]]:
    """Who reports each of them: people of one office, who name the same person where no address tells it is one."""
    names_someone = family.addresses == ("",)
    manager, *colleagues = _a_large_office(teller)
    named = [manager] if names_someone else []
    return [
        {"reporter": reporter, "people": named, "confidential": False} for reporter in colleagues[: len(family.told)]
    ]


def _a_large_office(teller: Teller) -> list[User]:
    """The head of an office and some who work there, as chance has it."""
    heads = [each for each in teller.staff if each.unit and each.unit.head_id == each.pk and each.supervisor_id]
    offices = [
        [head, *(each for each in teller.staff if each.supervisor_id == head.pk and each.unit_id == head.unit_id)]
        for head in heads
    ]
    office = teller.chance.choice([each for each in offices if len(each) > 4])
    return [office[0], *teller.chance.sample(office[1:], k=3)]
