"""Loads the demonstration: the agency, and a year of incidents told through the portal's own operations."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, product

from django.db import connection, transaction
from tqdm import tqdm

from demo import access, days, deadlines, families, investigations, library, office, outsiders, past, refused, stories
from demo.agency import Agency
from demo.teller import Teller
from incidents import parameters
from incidents.choices import Kind, Status
from incidents.models import Incident
from people.divisions import divisions
from people.models import User
from policies.models import Document
from workflow import clock
from workflow.calendar import is_business_day

BY_CHANCE = 110
DAYS_BACK = 365
# The last weeks are fuller, so that cases stand in every state today.
BUSY_DAYS = 24
SEED = 4002
# Business days since the report, where a case is told to stand in a certain state.
SINCE = {Status.REPORTED: 1, Status.IN_TRIAGE: 4, Status.REOPENED: 5}
SINCE_OTHERWISE = 8


def load(*, progress: bool) -> str:
    """Fill an empty portal, all or nothing; returns one sentence on what is there now."""
    chance = random.Random(SEED)  # noqa: S311  the same agency every time, no secret
    with transaction.atomic():
        Agency(chance).build()
        year = Year(chance, clock.now())
        for moment in tqdm(list(year.moments()), desc="Demonstration", unit="incident", disable=not progress):
            year.tell(moment)
        year.round_off()
        library.tell(year.teller)
        investigations.tell(year.teller)
        access.tell(year.teller)
        past.settle(connection)
        # What was owed long ago is not rung for now; the sweep finds what is still to be sent.
        connection.run_on_commit.clear()
    people, incidents, policies = (model.objects.count() for model in (User, Incident, Document))
    return f"The demonstration has {people} people, {incidents} incidents and {policies} policies."


class Year:
    """A year of incidents, each as old as its moment and as far along as its age makes likely."""

    def __init__(self, chance: random.Random, now: datetime) -> None:
        self.chance = chance
        self.now = now
        self.teller = Teller(chance, now)

    def moments(self) -> Iterator[datetime]:
        """When each incident is reported: office hours of business days, the oldest first."""
        found: list[datetime] = []
        while len(found) < BY_CHANCE:
            back = DAYS_BACK if self.chance.random() < 0.6 else BUSY_DAYS
            moment = self.now - timedelta(days=self.chance.random() * back, hours=2)
            moment = moment.replace(hour=self.chance.randint(13, 21), minute=self.chance.randint(0, 59))
            if moment < self.now and is_business_day(moment.date()):
                found.append(moment)
        yield from sorted(found)

    def tell(self, moment: datetime) -> None:
        """One incident from its report to wherever it stands today."""
        self.teller.tell(moment, self.chance.choice(stories.STORIES)).work(moment)

    def round_off(self) -> None:
        """What chance leaves out and a visitor looks for."""
        families.tell(self.teller)
        outsiders.tell(self.teller)
        deadlines.tell(self.teller)
        office.tell(self.teller)
        office.everywhere(self.teller, divisions(), [*parameters.PLATFORMS.value(), parameters.OTHER_PLATFORM])
        self._fill_in()
        office.settle(self.teller)
        refused.tell(self.chance)

    def _fill_in(self) -> None:
        """A case of every kind in every state where there is none; what is merged has been told already."""
        there = set(Incident.objects.values_list("kind", "status"))
        missing = [each for each in product(Kind, Status) if each not in there and each[1] != Status.MERGED]
        told = {kind: cycle([story for story in stories.STORIES if story.kind == kind]) for kind in Kind}
        for number, (kind, status) in enumerate(missing):
            back = SINCE.get(status, SINCE_OTHERWISE)
            moment = days.morning(days.business_days_before(self.teller.today, back), later=number)
            self.teller.tell(moment, next(told[kind])).bring_to(status, moment)
