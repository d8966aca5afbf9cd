"""How much the portal holds under each clause: every feature says what counts, and nothing is counted past a cap."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from people.lately import Lately
from policies.clauses import Clause
from workflow import clock

CAP = 1000
Rows = Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Figure:
    """One count under a clause, up to CAP."""

    label: str
    count: int

    @property
    def is_capped(self) -> bool:
        """Whether there may be more."""
        return self.count >= CAP


@dataclass(frozen=True)
class Counted:
    """What was there at a moment, clause by clause, in the order in which it was registered."""

    at: datetime
    figures: tuple[tuple[Clause, Figure], ...]

    def under(self, clause: Clause) -> tuple[Figure, ...]:
        """The figures of one clause."""
        return tuple(figure for its, figure in self.figures if its == clause)


_registered: dict[tuple[Clause, str], Rows] = {}


def register(clause: Clause, label: str, rows: Rows) -> None:
    """Have the register count these rows under a clause; the table needs an index that finds the first CAP of them."""
    _registered[clause, label] = rows


def lately() -> Counted:
    """The counts as they were within the last minute; one query for all of them."""
    return _LATELY.value()


def _count() -> Counted:
    at = clock.now()
    if not _registered:
        return Counted(at, ())
    sql, params = zip(*_parts(), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql), [each for its in params for each in its])
        counts = dict(cursor.fetchall())
    told = enumerate(_registered)
    return Counted(at, tuple((clause, Figure(label, counts[place])) for place, (clause, label) in told))


def _parts() -> Iterator[tuple[str, tuple[Any, ...]]]:
    for place, rows in enumerate(_registered.values()):
        sql, params = rows().order_by().values("pk")[:CAP].query.sql_with_params()
        yield f"SELECT %s, count(*) FROM ({sql}) AS capped", (place, *params)  # noqa: S608  the ORM's own SQL


_LATELY = Lately(_count, seconds=60.0)
