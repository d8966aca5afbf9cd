"""Requests for access as a department has them: most granted and in force, some still asked for, some over.

The team that is measured has the same requests at any number of others, so what its pages cost more is the others'.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from access_requests.models import Turn
from benchmarks.agency import JOINED, TEAM, Agency
from benchmarks.copying import Load, Row
from people.models import Role

FIRST_ID = 1001
IT_SECURITY = 4
# Of sixteen requests ten are in force.
PATTERN = ("active",) * 10 + ("submitted",) * 2 + ("approved", "ending") + ("ended",) * 2
IN_FORCE, EVERY = 10, len(PATTERN)
OWN, WAITING, CASES = 30, 12, 3
AGE, LASTS, DAY = timedelta(days=80), timedelta(days=89), timedelta(days=1)
LISTED = ("Facebook", "Instagram", "LinkedIn", "Nextdoor", "Reddit", "Snapchat", "TikTok", "X", "YouTube")
CLOSED, UNGRANTED = Turn.Outcome.APPROVED, ("submitted", "approved")
REQUEST = (
    "id requester_id unit_id status created_at submitted_at round submission sites wanted task why_sign_in case_number"
    " starts_on ends_on device granted_sites until granted_by_id granted_at provided_on provided_what provided_where"
    " review_on ended_at end_reason end_words removal_due_at removed_by_id removed_at removed_on removed_where"
)
TURN = "request_id round kind person_id why under_id since due_at outcome closed_at code words until sites"
ENTRY = "at written_at actor_id action record_type record_id seq facts request_id previous_hash hash"


@dataclass(frozen=True)
class Asked:
    """One request before it is written out: its place among all, who asks, and how it stands."""

    number: int
    requester: int
    status: str
    case: str


@dataclass(frozen=True)
class Grants:
    """So many grants in force and what goes with them, the same ones every time but for the moment."""

    size: int
    now: datetime
    agency: Agency

    @cached_property
    def above(self) -> dict[int, int]:
        """The superior of each person."""
        return {user[0]: user[8] for user in self.agency.users}

    @cached_property
    def unit_of(self) -> dict[int, int]:
        """Where each person works."""
        return {user[0]: user[7] for user in self.agency.users}

    @property
    def security(self) -> list[int]:
        """The ids of IT Security: people who ask for nothing themselves."""
        return self.agency.staff[-IT_SECURITY:]

    def loads(self) -> list[Load]:
        """Everything there is of them, table by table."""
        granted = [(user, Role.IT_SECURITY, "", 1, JOINED) for user in self.security]
        return [
            Load("people_rolegrant", ("user_id", "role", "office", "granted_by_id", "granted_at"), granted),
            Load("access_requests_accessrequest", tuple(REQUEST.split()), self._requests()),
            Load("access_requests_turn", tuple(TURN.split()), self._turns()),
            Load("audit_entry", tuple(ENTRY.split()), self._entries()),
        ]

    def asked(self) -> Iterator[Asked]:
        """Every request, those of the measured team last."""
        others = self.agency.staff[TEAM:-IT_SECURITY]
        many = self.size * EVERY // IN_FORCE
        for number in range(many):
            # Neighbours in time work in different teams.
            yield Asked(number, others[number * 131 % len(others)], PATTERN[number % EVERY], f"CW-{number:06}")
        team = self.agency.staff[1:TEAM]
        for own in range(OWN):
            yield Asked(many + own, team[0], "ended", f"CW-own-{own}")
        for place in range(WAITING):
            yield Asked(many + OWN + place, team[place % len(team)], "submitted", f"CW-team-{place % CASES}")

    def sent_at(self, asked: Asked) -> datetime:
        """When it was sent: over eighty days until yesterday, so that every grant has begun and still lasts."""
        return self.now - DAY - AGE * (1 - asked.number / (self.size * EVERY // IN_FORCE + OWN + WAITING))

    def chain(self, requester: int) -> list[int]:
        """The three who decide about it: supervisor, head of the office, director of the division."""
        first = self.above[requester]
        second = self.above[first]
        return [first, second, self.above[second]]

    def _requests(self) -> Iterator[Row]:
        for asked in self.asked():
            sent = self.sent_at(asked)
            first, last = sent.date(), (sent + LASTS).date()
            sites = [LISTED[asked.number % len(LISTED)], LISTED[(asked.number + 4) % len(LISTED)]]
            yield (
                FIRST_ID + asked.number, asked.requester, self.unit_of[asked.requester], asked.status, sent, sent, 1,
                f"{asked.number:032x}", sites, "Look at posts that offer benefit cards for sale.",
                "I check reports of card fraud in this case.", "The group shows its posts to members only.",
                asked.case, first, last, f"DHS-{asked.number:06}", sites, last, *self._granted(asked, sent),
                *self._ended(asked, sent),
            )  # fmt: skip

    def _granted(self, asked: Asked, sent: datetime) -> Row:
        if asked.status in UNGRANTED:
            return None, None, None, "", "", None
        by = self.security[asked.number % IT_SECURITY]
        # Later than any review is asked for while it is measured.
        review = (self.now + LASTS).date()
        return by, sent + DAY / 2, sent.date(), "A rule of the proxy", "proxy-1", review

    def _ended(self, asked: Asked, sent: datetime) -> Row:
        ended = sent + DAY / 2 if asked.status in {"ending", "ended"} else None
        removed = ended if asked.status == "ended" else None
        by = self.security[asked.number % IT_SECURITY] if removed else None
        reason, due = ("purpose_over", self.now + DAY) if ended else ("", None)
        where = "proxy-1" if removed else ""
        return ended, reason, "", due, by, removed, removed.date() if removed else None, where

    def _turns(self) -> Iterator[Row]:
        for asked in self.asked():
            sent, number, last = self.sent_at(asked), FIRST_ID + asked.number, None
            first, *_ = chain = self.chain(asked.requester)
            if asked.status == "submitted":
                due = self.now + DAY * (1 + asked.number % 4)
                yield number, 1, "decision", first, "Supervisor.", first, sent, due, "", None, "", "", last, []
                continue
            last = (sent + LASTS).date()
            for person in chain:
                told = (CLOSED, sent + DAY / 4, "", "It fits the case.", last, ["Facebook"])
                yield number, 1, "decision", person, "Next above.", first, sent, sent + DAY * 3, *told

    def _entries(self) -> Iterator[Row]:
        # The trigger that chains the entries is off while they are copied, so a hash is only as long as a real one.
        kind = "access_requests.accessrequest"
        for asked in self.asked():
            at, record = self.sent_at(asked), str(FIRST_ID + asked.number)
            steps = ["submit"] if asked.status in UNGRANTED else ["submit", "grant"]
            for seq, step in enumerate(steps, start=1):
                own, request = f"ac{asked.number:058x}{seq:04}", f"{asked.number:032x}"
                facts = f'{{"status": "{asked.status}"}}'
                action = f"accessrequest.{step}"
                yield at, at, asked.requester, action, kind, record, seq, facts, request, own, own
