"""About 7,000 people in a believable tree: divisions, offices in every county, teams, and the Privacy Office."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.copying import Load
from benchmarks.words import COUNTIES, dice
from demo.names import FIRST, LAST
from people.models import Role, Unit

PEOPLE = 7_000
TEAM = 9
DIVISIONS = (
    "County Operations",
    "Children and Family Services",
    "Aging, Adult and Behavioral Health",
    "Developmental Disabilities Services",
    "Medical Services",
    "Provider Services and Quality Assurance",
    "Youth Services",
    "Chief Counsel",
    "Finance and Administration",
    "Information Technology",
)
FIELD_OFFICES = 8
OFFICERS, ANALYSTS, LAWYERS = 3, 9, 3
JOINED = datetime.fromisoformat("2020-01-06 08:00+00:00")
USERS = "id password email name employee_number title county unit_id supervisor_id is_active joined_at"


@dataclass
class Agency:
    """The rows of the directory, and who in it has which part."""

    units: list[tuple[Any, ...]] = field(default_factory=list)
    users: list[tuple[Any, ...]] = field(default_factory=list)
    heads: dict[int, int] = field(default_factory=dict)
    grants: list[tuple[int, str]] = field(default_factory=list)
    staff: list[int] = field(default_factory=list)
    division_of: dict[int, int] = field(default_factory=dict)

    @property
    def officers(self) -> list[int]:
        """The ids of the Privacy Officers."""
        return [user for user, role in self.grants if role == Role.PRIVACY_OFFICER]

    @property
    def analysts(self) -> list[int]:
        """The ids of the privacy analysts."""
        return [user for user, role in self.grants if role == Role.PRIVACY_ANALYST]

    def loads(self) -> list[Load]:
        """The rows as COPY takes them."""
        secretary = self.heads[1]
        units = [(*unit, self.heads[unit[0]]) for unit in self.units]
        grants = [(user, role, "", secretary, JOINED) for user, role in self.grants]
        return [
            Load("people_unit", ("id", "code", "name", "kind", "parent_id", "head_id"), units),
            Load("people_user", tuple(USERS.split()), self.users),
            Load("people_rolegrant", ("user_id", "role", "office", "granted_by_id", "granted_at"), grants),
        ]


def built(people: int = PEOPLE) -> Agency:
    """The department with about so many people; the same ones every time."""
    agency, chance = Agency(), dice("agency")
    top = _unit(agency, "Department of Human Services", Unit.Kind.DEPARTMENT, None)
    _employ(agency, chance, top, None, "Secretary", heads=True)
    for division in DIVISIONS:
        place = _unit(agency, f"Division of {division}", Unit.Kind.DIVISION, top)
        _employ(agency, chance, place, agency.heads[top], "Director", heads=True)
    _privacy_office(agency, chance)
    offices = _offices(agency, chance)
    while len(agency.users) < people:
        _team(agency, chance, offices[len(agency.users) // TEAM % len(offices)])
    return agency


def _offices(agency: Agency, chance: random.Random) -> list[int]:
    names = [(2, f"{county} County Office") for county in COUNTIES]
    fields = [(division, f"Field office {number + 1}") for division in range(3, 12) for number in range(FIELD_OFFICES)]
    offices = []
    for division, name in [*names, *fields]:
        offices.append(_unit(agency, name, Unit.Kind.OFFICE, division))
        _employ(agency, chance, offices[-1], agency.heads[division], "Office administrator", heads=True)
    return offices


def _privacy_office(agency: Agency, chance: random.Random) -> None:
    counsel = DIVISIONS.index("Chief Counsel") + 2
    place = _unit(agency, "Privacy Office", Unit.Kind.OFFICE, counsel)
    head = _employ(agency, chance, place, agency.heads[counsel], "Privacy Officer", heads=True)
    agency.grants.append((head, Role.PRIVACY_OFFICER))
    for role, unit, size in (
        (Role.PRIVACY_OFFICER, place, OFFICERS - 1),
        (Role.PRIVACY_ANALYST, place, ANALYSTS),
        (Role.COUNSEL, counsel, LAWYERS),
    ):
        for _ in range(size):
            agency.grants.append((_employ(agency, chance, unit, agency.heads[unit], role.label), role))


def _team(agency: Agency, chance: random.Random, office: int) -> None:
    supervisor = _employ(agency, chance, office, agency.heads[office], "Supervisor")
    members = [_employ(agency, chance, office, supervisor, "Program specialist") for _ in range(TEAM - 1)]
    agency.staff += [supervisor, *members]


def _unit(agency: Agency, name: str, kind: str, parent: int | None) -> int:
    number = len(agency.units) + 1
    agency.units.append((number, f"U{number:03}", name, kind, parent))
    return number


def _employ(
    agency: Agency, chance: random.Random, unit: int, above: int | None, title: str, *, heads: bool = False
) -> int:
    number = len(agency.users) + 1
    first, last = chance.choice(FIRST), chance.choice(LAST)
    email = f"{first}.{last}.{number}@dhs.example".lower()
    county = COUNTIES[unit % len(COUNTIES)]
    agency.users.append(
        (number, "!", email, f"{first} {last}", f"E{number:06}", title, county, unit, above, True, JOINED)
    )
    *_, kind, parent = agency.units[unit - 1]
    # Whoever works in an office belongs to the division above it.
    agency.division_of[number] = parent if kind == Unit.Kind.OFFICE else unit
    if heads:
        agency.heads[unit] = number
    return number
