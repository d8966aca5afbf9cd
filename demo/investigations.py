"""The formal investigations of the demonstration, of each office, some still open; all made up."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from demo import days
from demo.teller import Teller
from investigations import operations
from investigations.models import Investigation, Office
from people.models import Role, Unit, User
from people.operations import grant_role
from workflow import clock

Allegation = Investigation.Allegation


@dataclass(frozen=True)
class Told:
    """One investigation: who opened it so many business days ago, who joined, and what came of it and when."""

    prefix: str
    office: Office
    allegation: Allegation
    opener: str
    back: int
    members: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    closed_back: int = 0
    outcome: str = ""


# Whoever heads IT Security investigates for the Security Office; no persona does.
SECURITY_HEAD = "head of IT Security"
TOLD = (
    Told(
        "IA",
        Office.INTERNAL_AFFAIRS,
        Allegation.STATE_LAW,
        "investigator",
        190,
        ("employee", "counsel"),
        closed_back=120,
        outcome="The allegation was not borne out. No action is taken.",
    ),
    Told(
        "PO",
        Office.PRIVACY,
        Allegation.FEDERAL_LAW,
        "privacy-officer",
        150,
        ("privacy-analyst", "counsel"),
        closed_back=95,
        outcome="A federal privacy rule was broken. The people concerned were told, and staff were trained.",
    ),
    Told(
        "SO",
        Office.SECURITY,
        Allegation.DHS_POLICY,
        SECURITY_HEAD,
        88,
        ("it-security",),
        closed_back=60,
        outcome="A device was used against policy. It was wiped, and its user was reminded of the rules.",
    ),
    Told("IA", Office.INTERNAL_AFFAIRS, Allegation.DHS_POLICY, "investigator", 34, ("counsel",), ("counsel",)),
    Told("SO", Office.SECURITY, Allegation.REGULATION, SECURITY_HEAD, 21, ("it-security",)),
    Told("PO", Office.PRIVACY, Allegation.REGULATION, "privacy-officer", 15, ("privacy-analyst", "investigator")),
    Told("IA", Office.INTERNAL_AFFAIRS, Allegation.STATE_LAW, "investigator", 6, ("employee", "it-security")),
)


def tell(teller: Teller) -> None:
    """Every investigation from its opening to wherever it stands today, the oldest first."""
    people = {**teller.personas, SECURITY_HEAD: _security_head(teller)}
    for number, told in enumerate(TOLD, start=11):
        investigation = _opened(teller, told, number, people)
        for member in _joined(teller, told, investigation, people):
            if member in told.left:
                _leaves(teller, told, investigation, people[member])
        if told.closed_back:
            with clock.held_at(days.morning(days.business_days_before(teller.today, told.closed_back))):
                operations.close(investigation, actor=people[told.opener], outcome=told.outcome)


def _security_head(teller: Teller) -> User:
    head = Unit.objects.select_related("head").get(code="SEC").head
    if head is None:
        raise LookupError(SECURITY_HEAD)
    grant_role(head, Role.INVESTIGATOR, actor=teller.personas["administrator"], office=Office.SECURITY)
    # The roles known of a person are kept with them; this one has one more now.
    return User.objects.get(pk=head.pk)


def _opened(teller: Teller, told: Told, number: int, people: dict[str, User]) -> Investigation:
    day = days.business_days_before(teller.today, told.back)
    with clock.held_at(days.morning(day)):
        return operations.open_investigation(
            f"{told.prefix}-{day.year}-{number:03}",
            actor=people[told.opener],
            office=told.office,
            allegation=told.allegation,
            submission=uuid.UUID(int=number),
        )


def _joined(teller: Teller, told: Told, investigation: Investigation, people: dict[str, User]) -> Iterator[str]:
    """The members in their order, a day after the opening."""
    for later, slug in enumerate(told.members):
        with clock.held_at(days.morning(days.business_days_before(teller.today, told.back - 1), later=later)):
            operations.add_member(investigation, people[slug], actor=people[told.opener])
        yield slug


def _leaves(teller: Teller, told: Told, investigation: Investigation, person: User) -> None:
    """Taken out again three days after they joined."""
    with clock.held_at(days.morning(days.business_days_before(teller.today, told.back - 4))):
        member = investigation.members.get(person=person, removed_at=None)
        operations.remove_member(member, actor=investigation.opened_by)
