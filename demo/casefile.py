"""How the Privacy Office works one of the demonstration's cases, step by step until today."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from demo import stories
from incidents import lifecycle
from incidents.choices import Ground, Kind, YesNo
from incidents.models import Incident
from incidents.operations import casework, conversation
from incidents.severity import suggest
from people.models import User
from workflow import clock
from workflow.calendar import is_business_day
from workflow.lifecycle import Transition

# Office hours, in UTC.
OPENING, CLOSING = 14, 22


class CaseFile:
    """One incident, the analyst and the officer who have it, and the time that passes between their steps."""

    def __init__(self, incident: Incident, analyst: User, officer: User, chance: random.Random, now: datetime) -> None:
        self.incident = incident
        self.analyst = analyst
        self.officer = officer
        self.chance = chance
        self.now = now

    def work(self, reported: datetime) -> None:
        """Take step after step, each some hours or days after the one before, for as long as the past lasts."""
        again = [self.reopen, self.triage, self.review, self.decide, self.close] if self.chance.random() < 0.08 else []
        self._take(reported, [*self.usual(), self.close, *again], (2, 5, 20, 26, 50, 75, 120))

    def work_quickly(self, reported: datetime, *last: Callable[[], None]) -> None:
        """Take the usual steps within days, then these, and leave the case there."""
        self._take(reported, [*self.usual(), *last], (1, 2))

    def usual(self) -> list[Callable[[], None]]:
        """What nearly every case goes through."""
        return [self.triage, self.ask, self.answer, self.weigh, self.review, self.decide]

    def _take(self, moment: datetime, steps: list[Callable[[], None]], hours: tuple[int, ...]) -> None:
        for step in steps:
            moment = self._later(moment, self.chance.choice(hours))
            if moment >= self.now:
                return
            with clock.held_at(moment):
                step()

    def _later(self, moment: datetime, hours: int) -> datetime:
        moment += timedelta(hours=hours)
        if not OPENING <= moment.hour < CLOSING:
            moment = (moment + timedelta(hours=24 - CLOSING)).replace(hour=OPENING + self.chance.randint(0, 6))
        while not is_business_day(moment.date()):
            moment += timedelta(days=1)
        return moment

    def triage(self) -> None:
        """The analyst takes the case up."""
        casework.start_triage(self.incident, actor=self.analyst)

    def ask(self) -> None:
        """Most reporters get a question."""
        if self.chance.random() < 0.6:
            self._say(self.analyst, self.chance.choice(stories.QUESTIONS))

    def answer(self) -> None:
        """Most of them answer."""
        if self.incident.messages.exists() and self.chance.random() < 0.8:
            self._say(self.incident.reporter, self.chance.choice(stories.ANSWERS))

    def weigh(self) -> None:
        """The analyst decides the severity and leaves a note."""
        severity = suggest(self.incident).severity
        casework.decide_severity(
            self.incident, actor=self.analyst, severity=severity, reason=self.chance.choice(stories.SEVERITY_WORDS)
        )
        if self.chance.random() < 0.7:
            body = self.chance.choice(stories.NOTES)
            conversation.note(self.incident, actor=self.analyst, body=body, submission=uuid.uuid4())

    def review(self) -> None:
        """On to the officer; a confidential reporter is asked for now and then."""
        casework.begin_review(self.incident, actor=self.analyst)
        if self.incident.confidential and self.chance.random() < 0.15:
            casework.unmask(self.incident, actor=self.officer, reason=stories.UNMASKED)

    def decide(self) -> None:
        """The officer decides."""
        if self.incident.kind == Kind.NEAR_MISS:
            self._decide(lifecycle.CALL_NEAR_MISS, stories.NO_FINDINGS, Ground.NOT_EXPOSED)
        elif self.chance.random() < 0.55:
            self._decide(lifecycle.SUBSTANTIATE, stories.FINDINGS)
        else:
            self._decide(lifecycle.NOT_SUBSTANTIATE, stories.NO_FINDINGS, Ground.NO_EVIDENCE)

    def close(self) -> None:
        """The case is contained and closed."""
        casework.reclassify(
            self.incident,
            actor=self.analyst,
            kind=Kind(self.incident.kind),
            still_live=YesNo.NO,
            moved_to_personal=YesNo.YES if self.incident.kind == Kind.DHS_EMAIL else "",
        )
        casework.close(self.incident, actor=self.analyst)

    def reopen(self) -> None:
        """A few cases come back."""
        casework.reopen(self.incident, actor=self.officer, reason=self.chance.choice(stories.REOPENED))

    def _decide(self, transition: Transition[Incident], words: tuple[str, ...], ground: str = "") -> None:
        finding = self.chance.choice(words)
        casework.decide(self.incident, transition, actor=self.officer, finding=finding, ground=ground)

    def _say(self, author: User, body: str) -> None:
        conversation.reply(self.incident, actor=author, body=body, submission=uuid.uuid4())
