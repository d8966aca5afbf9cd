"""About 300 people in a tree that looks like a human-services department."""

import random
from collections.abc import Iterator
from itertools import count

from django.contrib.auth.hashers import make_password

from demo.cast import MORE_ROLES, PERSONAS, Persona, played_by
from demo.names import FIRST, LAST
from people.models import RoleGrant, Unit, User

DIVISION, OFFICE = Unit.Kind.DIVISION, Unit.Kind.OFFICE
# code, name, kind, parent, title of the head, title of the staff, how many
UNITS = (
    ("DHS", "Department of Human Services", Unit.Kind.DEPARTMENT, None, "Secretary", "Executive assistant", 2),
    ("PRIV", "Privacy Office", OFFICE, "OCC", "Privacy Officer", "Privacy specialist", 1),
    ("OCC", "Office of Chief Counsel", OFFICE, "DHS", "Chief counsel", "Paralegal", 5),
    (
        "OCCE",
        "Office of Communications and Community Engagement",
        OFFICE,
        "DHS",
        "Chief communications officer",
        "Writer",
        2,
    ),
    ("IAF", "Internal Affairs and Fraud", OFFICE, "DHS", "Chief of investigations", "Investigator", 6),
    ("AUD", "Internal Audit", OFFICE, "DHS", "Chief auditor", "Audit analyst", 3),
    ("HR", "Human Resources", OFFICE, "DHS", "Chief of human resources", "HR generalist", 8),
    ("OIT", "Office of Information Technology", OFFICE, "DHS", "Chief information officer", "Systems analyst", 10),
    ("SEC", "IT Security", OFFICE, "OIT", "Chief information security officer", "Security analyst", 3),
    ("DCO", "Division of County Operations", DIVISION, "DHS", "Director of County Operations", "Program manager", 4),
    (
        "DCO-PUL",
        "Pulaski County Office",
        OFFICE,
        "DCO",
        "County office supervisor",
        "Program eligibility specialist",
        16,
    ),
    ("DCO-BEN", "Benton County Office", OFFICE, "DCO", "County administrator", "Program eligibility specialist", 11),
    ("DCO-SEB", "Sebastian County Office", OFFICE, "DCO", "County administrator", "Program eligibility specialist", 9),
    ("DCO-CRA", "Craighead County Office", OFFICE, "DCO", "County administrator", "Program eligibility specialist", 9),
    ("DCO-JEF", "Jefferson County Office", OFFICE, "DCO", "County administrator", "Program eligibility specialist", 8),
    (
        "DCFS",
        "Division of Children and Family Services",
        DIVISION,
        "DHS",
        "Director of Children and Family Services",
        "Policy analyst",
        4,
    ),
    ("DCFS-A1", "Area 1 field office", OFFICE, "DCFS", "Area director", "Family service worker", 15),
    ("DCFS-A5", "Area 5 field office", OFFICE, "DCFS", "Area director", "Family service worker", 13),
    ("DCFS-ADO", "Adoptions and foster care", OFFICE, "DCFS", "Program administrator", "Foster care specialist", 11),
    (
        "DAABHS",
        "Division of Aging, Adult and Behavioral Health",
        DIVISION,
        "DHS",
        "Director of Aging and Behavioral Health",
        "Program specialist",
        4,
    ),
    ("DAABHS-ASH", "State hospital", OFFICE, "DAABHS", "Hospital administrator", "Registered nurse", 18),
    ("DAABHS-APS", "Adult protective services", OFFICE, "DAABHS", "Program administrator", "Adult services worker", 10),
    (
        "DDS",
        "Division of Developmental Disabilities Services",
        DIVISION,
        "DHS",
        "Director of Developmental Disabilities",
        "Program specialist",
        4,
    ),
    ("DDS-CON", "Conway human development center", OFFICE, "DDS", "Superintendent", "Residential care technician", 18),
    (
        "DDS-ARK",
        "Arkadelphia human development center",
        OFFICE,
        "DDS",
        "Superintendent",
        "Residential care technician",
        11,
    ),
    ("DMS", "Division of Medical Services", DIVISION, "DHS", "Medicaid director", "Medicaid analyst", 7),
    ("DMS-PRO", "Provider enrollment", OFFICE, "DMS", "Program administrator", "Enrollment specialist", 9),
    (
        "DPSQA",
        "Division of Provider Services and Quality Assurance",
        DIVISION,
        "DHS",
        "Director of Quality Assurance",
        "Surveyor",
        11,
    ),
    (
        "DYS",
        "Division of Youth Services",
        DIVISION,
        "DHS",
        "Director of Youth Services",
        "Juvenile program specialist",
        9,
    ),
)
COUNTIES = {
    "DCO-BEN": "Benton",
    "DCO-SEB": "Sebastian",
    "DCO-CRA": "Craighead",
    "DCO-JEF": "Jefferson",
    "DCFS-A1": "Washington",
    "DDS-CON": "Faulkner",
    "DDS-ARK": "Clark",
}

# Where an office is large, one of its staff leads some of the others, and their requests take one step more.
LEADS = {"DCFS-A1": "Family service supervisor", "DAABHS-ASH": "Nurse manager"}
REPORT_TO_THE_HEAD = 8


class Agency:
    """The department being filled: units by code, people with unusable passwords, numbers that never repeat."""

    def __init__(self, chance: random.Random) -> None:
        self.units: dict[str, Unit] = {}
        self.heads: dict[str, User] = {}
        self._names = _names(chance)
        self._numbers = count(100200, 7)

    def build(self) -> None:
        """Every unit with its head, personas and staff, then the roles."""
        ordered = sorted(UNITS, key=lambda unit: _depth(unit[0]))
        for code, name, kind, parent, title, _, _ in ordered:
            above = self.units[parent] if parent else None
            self.units[code] = Unit.objects.create(code=code, name=name, kind=kind, parent=above)
            self._appoint(code, title, parent)
        for code, _, _, _, _, title, size in ordered:
            self._staff(code, title, size)
        self._roles()

    def _appoint(self, code: str, title: str, parent: str | None) -> None:
        persona = next((p for p in PERSONAS if p.unit == code and p.heads), None)
        above = self.heads[parent] if parent else None
        head = self._employ(code, title, above, persona)
        self.heads[code] = head
        Unit.objects.filter(pk=self.units[code].pk).update(head=head)

    def _staff(self, code: str, title: str, size: int) -> None:
        for persona in PERSONAS:
            if persona.unit == code and not persona.heads:
                superior = played_by(persona.reports_to) if persona.reports_to else self.heads[code]
                self._employ(code, persona.title, superior, persona)
        first = self._employ(code, LEADS.get(code, title), self.heads[code])
        for number in range(1, size):
            led = code in LEADS and number >= REPORT_TO_THE_HEAD
            self._employ(code, title, first if led else self.heads[code])

    def _employ(self, code: str, title: str, above: User | None, persona: Persona | None = None) -> User:
        name = persona.name if persona else next(self._names)
        return User.objects.create(
            email=persona.email if persona else f"{name.lower().replace(' ', '.')}@dhs.example",
            name=name,
            employee_number=str(next(self._numbers)),
            title=title,
            county=COUNTIES.get(code, "Pulaski"),
            unit=self.units[code],
            supervisor=above,
            password=make_password(None),
        )

    def _roles(self) -> None:
        secretary = self.heads["DHS"]
        for persona in PERSONAS:
            if persona.role:
                user = User.objects.get(email=persona.email)
                RoleGrant.objects.create(user=user, role=persona.role, office=persona.office, granted_by=secretary)
        for title, code, role, size in MORE_ROLES:
            for _ in range(size):
                person = self._employ(code, title, self.heads[code])
                RoleGrant.objects.create(user=person, role=role, granted_by=secretary)


def _depth(code: str) -> int:
    parents = {unit[0]: unit[3] for unit in UNITS}
    depth, above = 0, parents[code]
    while above:
        depth, above = depth + 1, parents[above]
    return depth


def _names(chance: random.Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    yield from pairs
