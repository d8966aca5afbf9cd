"""Tells one incident of the demonstration: who reports it, who is named, and the file of those who work on it."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from attachments import intake
from demo import details, stories
from demo.casefile import CaseFile
from demo.cast import PERSONAS
from demo.pictures import screenshot
from incidents import rules
from incidents.choices import HowFound, Kind, YesNo
from incidents.models import Incident
from incidents.operations import reporting
from people.models import Role, Unit, User
from workflow import clock

# Each picture is looked into by a process of its own, which is what takes longest here.
WITH_PICTURE = 0.05


class Teller:
    """Everybody there is, and the chance that picks among them."""

    def __init__(self, chance: random.Random, now: datetime) -> None:
        self.chance = chance
        self.now = now
        self.today = timezone.localdate(now)
        self.staff = list(User.objects.filter(grants=None).select_related("supervisor", "unit").order_by("pk"))
        self.personas = {p.slug: User.objects.get(email=p.email) for p in PERSONAS}
        # Whoever was appointed last will have left by today.
        *self.analysts, self.leaver = User.objects.filter(grants__role=Role.PRIVACY_ANALYST).order_by("pk")
        self.officers = list(User.objects.filter(grants__role=Role.PRIVACY_OFFICER).order_by("pk"))

    def tell(self, moment: datetime, story: stories.Story, **known: Any) -> CaseFile:
        """Someone reports this; the file of those who will work on it. `known` is as for `report`."""
        return self.file_of(self.report(moment, story, **known))

    def file_of(self, incident: Incident, *, analyst: User | None = None) -> CaseFile:
        """The file of an analyst and an officer who may work on this, the personas more often than others."""
        impartial = set(rules.staff_concerned(incident))
        analysts = [self.personas["privacy-analyst"], *self.analysts]
        officers = [self.personas["privacy-officer"], *self.officers]
        found = analyst or self.chance.choice([each for each in analysts if each in impartial])
        officer = self.chance.choice([each for each in officers if each in impartial])
        return CaseFile(incident, found, officer, self.chance, self.now)

    def report(
        self,
        moment: datetime,
        story: stories.Story,
        *,
        reporter: User | None = None,
        people: Sequence[User] | None = None,
        **facts: Any,
    ) -> Incident:
        """Someone reports this; whoever and whatever is not given is left to chance."""
        reporter = reporter or self._reporter()
        named = self._involved(story.kind, reporter) if people is None else people
        with clock.held_at(moment):
            draft = reporting.open_draft(author=reporter)
            if self.chance.random() < WITH_PICTURE:
                picture = screenshot(self.chance)
                intake.receive(picture, actor=reporter, record_type=reporting.DRAFT_RECORD, record_id=str(draft.pk))
            told = {**self._facts(moment, story), **facts}
            return reporting.file_report(draft, actor=reporter, facts=told, people=named)

    def someone_of(self, division: Unit) -> User:
        """Somebody who works in this division or one of its offices."""
        return self.chance.choice(
            [each for each in self.staff if each.unit and division.pk in (each.unit_id, each.unit.parent_id)]
        )

    def _facts(self, moment: datetime, story: stories.Story) -> dict[str, Any]:
        found = moment.date() - timedelta(days=self.chance.choice([0, 0, 0, 1, 2, 6]))
        return {
            "kind": story.kind,
            "narrative": story.narrative + details.sentence(self.chance),
            "platform": story.platform,
            "address": details.web_address(story.kind, story.platform, self.chance),
            "confidential": self.chance.random() < 0.3,
            "discovered_on": found,
            "occurred_on": found - timedelta(days=self.chance.choice([0, 1, 3, 20, 200])),
            "still_live": self.chance.choice(YesNo.values),
            "how_found": self.chance.choice(HowFound.values),
            "containment": self.chance.choice(stories.CONTAINED),
            **story.answers,
        }

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
        return []
