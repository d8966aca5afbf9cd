"""How the Privacy Office works one of the demonstration's cases, step by step until today."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from demo import stories
from incidents import lifecycle
from incidents.choices import Ground, Kind, Status, YesNo
from incidents.models import Incident, Task
from incidents.operations import casework, checklist, conversation
from incidents.severity import suggest
from people.models import User
from workflow import clock
from workflow.calendar import is_business_day
from workflow.lifecycle import Transition

# Office hours, in UTC.
OPENING, CLOSING = 14, 22
Step = Callable[[], None]


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

    def bring_to(self, status: Status, reported: datetime, *early: Step) -> None:
        """Take the steps that lead to this state within days, these early ones after triage, and leave the case there.

        Where the office has not looked at a case, the early steps are all there is.
        """
        steps = self._steps_to(status)
        self._take(reported, [*steps[:1], *early, *steps[1:]], (1, 2))

    def usual(self) -> list[Step]:
        """What nearly every case goes through."""
        return [self.triage, self.ask, self.answer, self.weigh, self.review, self.decide]

    def _steps_to(self, status: Status) -> list[Step]:
        seen, weighed = [self.triage, self.ask, self.answer], [self.triage, self.ask, self.answer, self.weigh]
        steps: dict[Status, list[Step]] = {
            Status.REPORTED: [],
            Status.IN_TRIAGE: seen,
            Status.UNDER_REVIEW: [*weighed, self.review],
            Status.SUBSTANTIATED: [*weighed, self.review, self.substantiate],
            Status.UNSUBSTANTIATED: [*weighed, self.review, self.not_substantiate],
            Status.NEAR_MISS: [*weighed, self.call_near_miss],
            Status.CLOSED: [*self.usual(), self.close],
            Status.REOPENED: [*self.usual(), self.close, self.reopen],
        }
        return steps[status]

    def _take(self, moment: datetime, steps: list[Step], hours: tuple[int, ...]) -> None:
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
        """Most reporters who signed in get a question."""
        if self.incident.reporter and self.chance.random() < 0.6:
            self.question()

    def question(self) -> None:
        """The analyst asks the reporter."""
        self.say(self.analyst, self.chance.choice(stories.QUESTIONS))

    def answer(self) -> None:
        """Most of them answer."""
        reporter = self.incident.reporter
        if reporter and self.incident.messages.exists() and self.chance.random() < 0.8:
            self.say(reporter, self.chance.choice(stories.ANSWERS))

    def weigh(self) -> None:
        """The analyst decides the severity, leaves a note, adds a task; half are done and one is not needed by now."""
        severity = suggest(self.incident).severity
        casework.decide_severity(
            self.incident, actor=self.analyst, severity=severity, reason=self.chance.choice(stories.SEVERITY_WORDS)
        )
        if self.chance.random() < 0.7:
            body = self.chance.choice(stories.NOTES)
            conversation.note(self.incident, actor=self.analyst, body=body, submission=uuid.uuid4())
        to_do = self._to_do()
        self._finish(to_do[: len(to_do) // 2])
        if self.chance.random() < 0.25:
            self._set_aside(to_do[-1:])
        if self.chance.random() < 0.3:
            checklist.add(self.incident, actor=self.analyst, text=self.chance.choice(stories.OWN_TASKS))

    def review(self) -> None:
        """On to the officer; a confidential reporter is asked for now and then."""
        casework.begin_review(self.incident, actor=self.analyst)
        if self.incident.confidential and self.chance.random() < 0.15:
            casework.unmask(self.incident, actor=self.officer, reason=stories.UNMASKED)

    def decide(self) -> None:
        """The officer decides."""
        if self.incident.kind == Kind.NEAR_MISS:
            self.call_near_miss()
        elif self.chance.random() < 0.55:
            self.substantiate()
        else:
            self.not_substantiate()

    def substantiate(self) -> None:
        """The officer finds that it happened."""
        self._decide(lifecycle.SUBSTANTIATE, self._words(stories.FINDINGS, stories.FOUND_ASKED))

    def not_substantiate(self) -> None:
        """The officer finds that it did not."""
        words = self._words(stories.NO_FINDINGS, stories.NOT_ASKED)
        self._decide(lifecycle.NOT_SUBSTANTIATE, words, Ground.NO_EVIDENCE)

    def call_near_miss(self) -> None:
        """The officer finds that it came close."""
        # That nobody gave in to it does not end a case of being asked.
        ground = Ground.NO_EVIDENCE if self.incident.kind == Kind.ASKED else Ground.NOT_EXPOSED
        self._decide(lifecycle.CALL_NEAR_MISS, self._words(stories.NEARLY, stories.NEARLY_ASKED), ground)

    def close(self) -> None:
        """The last task turns out not to be needed, the others are done; the case is contained and closed."""
        casework.reclassify(
            self.incident,
            actor=self.analyst,
            kind=Kind(self.incident.kind),
            still_live=YesNo.NO,
            moved_to_personal=YesNo.YES if self.incident.kind == Kind.DHS_EMAIL else "",
        )
        to_do = self._to_do()
        self._finish(to_do[:-1])
        self._set_aside(to_do[-1:])
        casework.close(self.incident, actor=self.analyst)

    def reopen(self) -> None:
        """A few cases come back."""
        casework.reopen(self.incident, actor=self.officer, reason=self.chance.choice(stories.REOPENED))

    def _to_do(self) -> list[Task]:
        return list(self.incident.tasks.filter(state=Task.State.OPEN).order_by("pk"))

    def _finish(self, tasks: list[Task]) -> None:
        for task in tasks:
            checklist.finish(task, actor=self.analyst)

    def _set_aside(self, tasks: list[Task]) -> None:
        for task in tasks:
            checklist.set_aside(task, actor=self.analyst, reason=self.chance.choice(stories.NOT_NEEDED))

    def _words(self, usual: tuple[str, ...], of_asking: tuple[str, ...]) -> tuple[str, ...]:
        return of_asking if self.incident.kind == Kind.ASKED else usual

    def _decide(self, transition: Transition[Incident], words: tuple[str, ...], ground: str = "") -> None:
        finding = self.chance.choice(words)
        casework.decide(self.incident, transition, actor=self.officer, finding=finding, ground=ground)

    def say(self, author: User, body: str) -> None:
        """One of the two sides of the thread writes."""
        conversation.reply(self.incident, actor=author, body=body, submission=uuid.uuid4())
