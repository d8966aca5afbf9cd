"""Loads the demonstration: the agency, and a year of incidents told through the portal's own operations."""

import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image, ImageDraw
from tqdm import tqdm

from attachments import intake
from demo import past, stories
from demo.agency import Agency
from demo.casefile import OPENING, CaseFile
from demo.cast import PERSONAS
from incidents import rules
from incidents.choices import HowFound, Kind, YesNo
from incidents.models import Incident
from incidents.operations import reporting
from people.models import Role, User
from workflow import clock
from workflow.calendar import is_business_day

INCIDENTS = 196
DAYS_BACK = 365
# The last weeks are fuller, so that cases stand in every state today.
BUSY_DAYS = 24
SEED = 4002


def load(*, progress: bool) -> str:
    """Fill an empty portal, all or nothing; returns one sentence on what is there now."""
    chance = random.Random(SEED)  # noqa: S311  the same agency every time, no secret
    with transaction.atomic():
        Agency(chance).build()
        year = Year(chance, clock.now())
        for moment in tqdm(list(year.moments()), desc="Demonstration", unit="incident", disable=not progress):
            year.tell(moment)
        year.round_off()
        past.settle(connection)
        # What was owed long ago is not rung for now; the sweep finds what is still to be sent.
        connection.run_on_commit.clear()
    return f"The demonstration has {User.objects.count()} people and {Incident.objects.count()} incidents."


class Year:
    """A year of incidents, each as old as its moment and as far along as its age makes likely."""

    def __init__(self, chance: random.Random, now: datetime) -> None:
        self.chance = chance
        self.now = now
        self.staff = list(User.objects.filter(grants=None).order_by("pk"))
        self.personas = {p.slug: User.objects.get(email=p.email) for p in PERSONAS}
        self.analysts = list(User.objects.filter(grants__role=Role.PRIVACY_ANALYST).order_by("pk"))
        self.officers = list(User.objects.filter(grants__role=Role.PRIVACY_OFFICER).order_by("pk"))

    def moments(self) -> Iterator[datetime]:
        """When each incident is reported: office hours of business days, the oldest first."""
        found: list[datetime] = []
        while len(found) < INCIDENTS:
            back = DAYS_BACK if self.chance.random() < 0.6 else BUSY_DAYS
            moment = self.now - timedelta(days=self.chance.random() * back, hours=2)
            moment = moment.replace(hour=self.chance.randint(13, 21), minute=self.chance.randint(0, 59))
            if moment < self.now and is_business_day(moment.date()):
                found.append(moment)
        yield from sorted(found)

    def tell(self, moment: datetime) -> None:
        """One incident from its report to wherever it stands today."""
        if file := self._case(moment, self.chance.choice(stories.STORIES)):
            file.work(moment)

    def round_off(self) -> None:
        """A few cases in the states chance seldom leaves one in."""
        moment = (self.now - timedelta(days=9)).replace(hour=OPENING)
        near_misses = [story for story in stories.STORIES if story.kind == Kind.NEAR_MISS]
        for story in (*near_misses, stories.STORIES[0], stories.STORIES[3]):
            if file := self._case(moment, story):
                last = [] if story in near_misses else [file.close, file.reopen]
                file.work_quickly(moment, *last)

    def _case(self, moment: datetime, story: stories.Story) -> CaseFile | None:
        """Someone reports this; the file of those who work on it, or None while nobody impartial has it."""
        with clock.held_at(moment):
            incident = self._report(moment, story)
        analyst = self.chance.choice([self.personas["privacy-analyst"], *self.analysts])
        officer = self.chance.choice([self.personas["privacy-officer"], *self.officers])
        if not {analyst, officer} <= set(rules.staff_concerned(incident)):
            return None
        return CaseFile(incident, analyst, officer, self.chance, self.now)

    def _report(self, moment: datetime, story: stories.Story) -> Incident:
        reporter = self._reporter()
        draft = reporting.open_draft(author=reporter)
        if self.chance.random() < 0.3:
            picture = _screenshot(self.chance)
            intake.receive(picture, actor=reporter, record_type=reporting.DRAFT_RECORD, record_id=str(draft.pk))
        found = moment.date() - timedelta(days=self.chance.choice([0, 0, 0, 1, 2, 6]))
        facts = {
            "kind": story.kind,
            "narrative": story.narrative,
            "platform": story.platform,
            "confidential": self.chance.random() < 0.3,
            "discovered_on": found,
            "occurred_on": found - timedelta(days=self.chance.choice([0, 1, 3, 20, 200])),
            "still_live": self.chance.choice(YesNo.values),
            "how_found": self.chance.choice(HowFound.values),
            "containment": self.chance.choice(stories.CONTAINED),
            **story.answers,
        }
        return reporting.file_report(draft, actor=reporter, facts=facts, people=self._involved(story.kind, reporter))

    def _reporter(self) -> User:
        if self.chance.random() < 0.12:
            return self.personas[self.chance.choice(["employee", "supervisor", "employee"])]
        return self.chance.choice(self.staff)

    def _involved(self, kind: Kind, reporter: User) -> list[User]:
        if kind == Kind.ASKED and reporter.supervisor:
            return [reporter.supervisor]
        if kind in {Kind.EXPOSURE, Kind.DHS_EMAIL} and self.chance.random() < 0.6:
            colleagues = [p for p in self.staff if p.unit_id == reporter.unit_id and p != reporter]
            return self.chance.sample(colleagues, k=min(1, len(colleagues)))
        if self.chance.random() < 0.02:
            return [self.personas["privacy-analyst"]]
        return []


def _screenshot(chance: random.Random) -> SimpleUploadedFile:
    """A picture that looks like a post, with nothing in it."""
    picture = Image.new("RGB", (640, 420), "#f0f2f5")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((40, 30, 600, 390), 12, fill="white", outline="#d0d3d9")
    pen.ellipse((60, 50, 110, 100), fill=f"hsl({chance.randint(0, 359)},45%,60%)")
    for line, width in enumerate((160, 90)):
        pen.rounded_rectangle((125, 58 + 22 * line, 125 + width, 70 + 22 * line), 5, fill="#c7ccd4")
    pen.rectangle((60, 125, 580, 330), fill=f"hsl({chance.randint(0, 359)},30%,75%)")
    for line in range(2):
        pen.rounded_rectangle((60, 345 + 18 * line, chance.randint(300, 560), 355 + 18 * line), 5, fill="#d7dbe1")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return SimpleUploadedFile("screenshot-of-the-post.png", file.getvalue(), "image/png")
