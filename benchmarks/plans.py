"""How the database finds what access requests ask for: which indexes a plan uses, and which tables it reads whole."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.test.utils import CaptureQueriesContext

from access_requests import rules, shelf
from access_requests.models import AccessRequest, Turn
from access_requests.operations import ending, turns
from benchmarks import names
from benchmarks.access_targets import visitors
from people.keyset import SIZE

_INDEX = re.compile(r"Index (?:Only )?Scan(?: Backward)? (?:using|on) (\w+)")
_WHOLE = re.compile(r"Seq Scan on (access_requests_\w+)")
# Both hold what waits and nothing else; one is in order of time.
_WAITING = ("access_turn_due", "access_is_one_persons_turn")
# Beside these, the hour and the settings are read now and then.
_ABOUT_ACCESS = re.compile(r"SELECT .*access_requests_", re.DOTALL)
_TOOK = re.compile(r"Execution Time: ([\d.]+) ms")
_READ = re.compile(r"Buffers: shared hit=(\d+)(?: read=(\d+))?")


@dataclass(frozen=True)
class Plan:
    """One question: the indexes that are for it, those its plan used, the tables it read whole, ms and pages read."""

    name: str
    own: tuple[str, ...]
    used: tuple[str, ...]
    whole: tuple[str, ...]
    ms: float
    pages: int

    @property
    def by_index(self) -> bool:
        """Whether it was found as it should be."""
        return not self.whole and not set(self.own).isdisjoint(self.used)


@dataclass(frozen=True)
class Question:
    """Something that is asked of the database, as the so-manieth of the questions put."""

    name: str
    own: tuple[str, ...]
    ask: Callable[[], object]
    place: int = 0


def all_of_them() -> list[Plan]:
    """Every question explained as the database answers it now."""
    return [explained(question) for question in questions()]


def questions() -> Iterator[Question]:
    """What is asked, and the index that is for it; what the clock does finds nothing to do."""
    who = visitors()
    decisions = rules.turns_of(who[names.AWAITING]).filter(kind=Turn.Kind.DECISION)
    yield Question(names.AWAITING, ("access_awaits",), lambda: list(decisions[: shelf.MOST]))
    mine = shelf.asked_by(who[names.MINE]).order_by("-created_at", "-pk")
    yield Question(names.MINE, ("access_of_requester",), lambda: list(mine[: SIZE + 1]))
    sent = rules.visible_to(who[names.REGISTER]).filter(submitted_at__isnull=False)
    newest = sent.order_by("-submitted_at", "-pk")
    yield Question(names.REGISTER, ("access_newest",), lambda: list(newest[: SIZE + 1]))
    # A state that hardly any is in, which nobody should look for among all the others.
    over = newest.filter(status=AccessRequest.Status.WITHDRAWN)
    yield Question("Register, those in a rare state", ("access_by_status",), lambda: list(over[: SIZE + 1]))
    security = who[names.SECURITY]
    yield Question("To set up", ("access_to_grant",), lambda: list(shelf.to_grant(security)[: shelf.MOST]))
    yield Question("To remove", ("access_to_remove",), lambda: list(shelf.to_remove(security)[: shelf.MOST]))
    yield Question("Expiry: in force", ("access_runs_out",), ending.expire)
    yield Question("Expiry: still asked for", ("access_too_late",), ending.expire, place=1)
    yield Question("Turns due or misplaced", _WAITING, turns.move_on_all)


def explained(question: Question) -> Plan:
    """Its plan, as the database carries it out now."""
    with CaptureQueriesContext(connection) as captured:
        question.ask()
    put = [query["sql"] for query in captured.captured_queries if _ABOUT_ACCESS.match(query["sql"])]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {put[question.place]}")
        told = "\n".join(line for (line,) in cursor.fetchall())
    used, whole = dict.fromkeys(_INDEX.findall(told)), dict.fromkeys(_WHOLE.findall(told))
    took, read = _TOOK.search(told), _READ.search(told)
    pages = sum(int(each or 0) for each in read.groups()) if read else 0
    return Plan(question.name, question.own, tuple(used), tuple(whole), float(took[1]) if took else 0.0, pages)
