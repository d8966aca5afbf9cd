"""Incidents as a Privacy Office has them after three years: most closed, one in twelve open, a few talked about."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.agency import Agency
from benchmarks.copying import Load, Row
from benchmarks.words import dice, narrative
from incidents.choices import Ground, Kind, Severity, Status, Visibility
from incidents.parameters import PLATFORMS

FIRST_ID = 1001
YEARS = timedelta(days=3 * 365)
LATE, SOON = -45, 30
LOOK = timedelta(days=1)
# Now and then someone of the Privacy Office is named, and must not see the case.
OF_THE_OFFICE_EVERY = 2_000
CLOSE_OF_BUSINESS = time(16, 30)
ZONE = ZoneInfo("America/Chicago")
# A few old cases are still open, and a few recent ones closed already: about 8 % in all are open.
RECENT, OPEN_OF_RECENT, OPEN_OF_OLD = 0.06, 0.92, 0.026
KINDS = dict(zip(Kind.values, (45, 12, 13, 8, 12, 10), strict=True))
SEVERITIES = dict(zip(Severity.values, (45, 35, 15, 5), strict=True))
OPEN = {
    Status.REPORTED: 25,
    Status.IN_TRIAGE: 30,
    Status.UNDER_REVIEW: 25,
    Status.SUBSTANTIATED: 6,
    Status.UNSUBSTANTIATED: 6,
    Status.NEAR_MISS: 4,
    Status.REOPENED: 4,
}
UNTOUCHED = {Status.REPORTED}
DECIDED = {Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS, Status.CLOSED}
INCIDENT = (
    "id status reporter_id confidential reported_at kind narrative discovered_on occurred_on platform platform_other"
    " address visibility still_live verb asked_for moved_to_personal information altered affected affected_range"
    " programmes how_found people_described people_unknown containment severity severity_reason assignee_id due_at"
    " finding ground decided_by_id decided_at closed_at"
    " division_id look_due_at looked_at"
).split()


@dataclass(frozen=True)
class Stage:
    """Which incidents are added: numbers from 0, the later ones reported later, over the three years to `now`."""

    first: int
    stop: int
    now: datetime
    agency: Agency

    def chance(self, what: str) -> random.Random:
        """The dice of one table: thrown alike in every run."""
        return dice(f"{what} {self.first}")

    def age(self, number: int) -> float:
        """How long ago, from 1 (three years) to 0 (now)."""
        return (self.stop - number) / (self.stop - self.first)

    def loads(self) -> list[Load]:
        """Everything this stage adds, table by table."""
        named = ("incident_id", "person_id", "named_by_id", "named_at")
        said = ("incident_id", "author_id", "audience", "body", "sent_at", "submission")
        done = ("incident_id", "text", "state", "settled_by_id", "settled_at")
        trail = ("at written_at actor_id action record_type record_id seq facts request_id previous_hash hash").split()
        return [
            Load("incidents_incident", tuple(INCIDENT), _incidents(self)),
            Load("incidents_involvement", named, _involvements(self)),
            Load("incidents_task", done, _tasks(self)),
            Load("incidents_message", said, _messages(self)),
            Load("audit_entry", tuple(trail), _entries(self)),
        ]


def _day(moment: datetime) -> date:
    return moment.date()


def _incidents(stage: Stage) -> Iterator[Row]:
    chance, draw = stage.chance("incidents"), _Draws(stage)
    for number in range(stage.first, stage.stop):
        reported = stage.now - YEARS * stage.age(number)
        status = draw.status(stage.age(number))
        kind, reporter = draw.kind(), chance.choice(stage.agency.staff)
        has_words = kind in {Kind.EXPOSURE, Kind.NEAR_MISS, Kind.OTHER}
        yield (
            FIRST_ID + number, status, reporter, chance.random() < 0.3, reported, kind,
            narrative(number, chance), _day(reported), _day(reported - timedelta(days=chance.randrange(5))),
            draw.platform(), "", f"https://social.example/posts/{chance.randrange(number // 2 + 1000)}",
            draw.visibility() if has_words else "", "unknown" if has_words else "",
            "requested" if kind == Kind.ASKED else "", ["login"] if kind == Kind.ASKED else [],
            "no" if kind == Kind.DHS_EMAIL else "", ["personal", "case"] if has_words else [], False,
            ["clients"] if has_words else [], "2-9" if has_words else "", [], "colleague", "", True,
            "Asked for the post to be taken down.",
            *draw.outcome(number, status, reported),
            stage.agency.division_of[reporter], reported + LOOK, None if status in UNTOUCHED else reported + LOOK / 2,
        )  # fmt: skip


class _Draws:
    """What is drawn for each incident, drawn a thousand at a time since that is ten times as fast."""

    def __init__(self, stage: Stage) -> None:
        self._chance = stage.chance("outcomes")
        self._stage = stage
        self._due = _closings(stage.now)
        self._kinds = self._of(KINDS)
        self._severities = self._of(SEVERITIES)
        self._open = self._of(OPEN)
        self._platforms = self._of(dict(zip(PLATFORMS.default, range(len(PLATFORMS.default), 0, -1), strict=True)))
        self._visibilities = self._of(dict.fromkeys(Visibility.values, 1))

    def _of(self, weights: Mapping[Any, int]) -> Iterator[str]:
        values = list(weights)
        while True:
            yield from self._chance.choices(values, list(weights.values()), k=1000)

    def kind(self) -> str:
        return next(self._kinds)

    def platform(self) -> str:
        return next(self._platforms)

    def visibility(self) -> str:
        return next(self._visibilities)

    def status(self, age: float) -> str:
        likely = OPEN_OF_RECENT if age < RECENT else OPEN_OF_OLD
        return next(self._open) if self._chance.random() < likely else Status.CLOSED

    def outcome(self, number: int, status: str, reported: datetime) -> Row:
        """Severity, who has it, when it is due and how it ended, in the order of the columns."""
        agency, decided = self._stage.agency, status in DECIDED
        due = reported + timedelta(days=14) if status == Status.CLOSED else self._chance.choice(self._due)
        if status in UNTOUCHED:
            return "", "", None, due, "", "", None, None, None
        has_it = agency.analysts[number % len(agency.analysts)]
        weighed = (next(self._severities), "By the number of people and what was shown.", has_it, due)
        if not decided:
            return *weighed, "", "", None, None, None
        ground = Ground.NO_EVIDENCE if number % 3 == 0 else ""
        officer, ended = agency.officers[number % len(agency.officers)], reported + timedelta(days=9)
        closed = ended + timedelta(days=1) if status == Status.CLOSED else None
        return *weighed, "What the report says was checked and is written down here.", ground, officer, ended, closed


def _closings(now: datetime) -> list[datetime]:
    """The moments open cases are due at: as the portal sets them, at the close of a weekday."""
    days = [now.astimezone(ZONE).date() + timedelta(days=away) for away in range(LATE, SOON)]
    return [datetime.combine(day, CLOSE_OF_BUSINESS, tzinfo=ZONE) for day in days if day.weekday() < 5]


def _involvements(stage: Stage) -> Iterator[Row]:
    chance, analysts = stage.chance("involvements"), stage.agency.analysts
    for number in range(stage.first, stage.stop):
        for person in chance.sample(stage.agency.staff, (chance.random() < 0.4) + (chance.random() < 0.1)):
            yield FIRST_ID + number, person, person, stage.now
        if number % OF_THE_OFFICE_EVERY == 1:
            # Never the one who has the case: the two have different places in the list.
            yield FIRST_ID + number, analysts[(number + 1) % len(analysts)], stage.agency.staff[0], stage.now


def _tasks(stage: Stage) -> Iterator[Row]:
    analysts = stage.agency.analysts
    for number in range(stage.first, stage.stop, 3):
        settled = (analysts[number % len(analysts)], stage.now)
        yield FIRST_ID + number, "Ask the site to take it down", "done", *settled
        yield FIRST_ID + number, "Keep a copy of what was shown", "done", *settled


def _messages(stage: Stage) -> Iterator[Row]:
    chance, analysts = stage.chance("messages"), stage.agency.analysts
    for number in range(stage.first, stage.stop):
        if chance.random() < 0.35:
            author = analysts[number % len(analysts)]
            for _ in range(chance.randint(1, 3)):
                audience = "thread" if chance.random() < 0.7 else "office"
                submission = f"{chance.getrandbits(128):032x}"
                yield FIRST_ID + number, author, audience, "Can you tell us who saw it?", stage.now, submission


_STEPS = (
    ("incident.reported", '{"kind": "exposure", "status": "reported"}'),
    ("incident.start_triage", '{"status": "in_triage"}'),
    ("incident.severity", '{"severity": "moderate"}'),
    ("incident.close", '{"status": "closed"}'),
)


def _entries(stage: Stage) -> Iterator[Row]:
    # The trigger that chains the entries is off while they are copied, so a hash is only as long as a real one.
    chance, analysts, at = stage.chance("trail"), stage.agency.analysts, stage.now.isoformat()
    for number in range(stage.first, stage.stop):
        actor, record = analysts[number % len(analysts)], str(FIRST_ID + number)
        for seq in range(1, chance.randint(3, 5)):
            action, facts = _STEPS[seq - 1]
            own, request = f"{number:060x}{seq:04}", f"{number:032x}"
            yield at, at, actor, action, "incidents.incident", record, seq, facts, request, own, own
