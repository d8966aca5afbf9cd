"""The clause register: what each clause demands, what carries it out, and what became of it lately. Changes nothing."""

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from policies import clauses, figures, tally
from policies.charter import CHARTER, Charter
from policies.clauses import Clause
from policies.figures import Counted, Figure
from policies.refusal_words import Rule, sentences
from workflow import clock


class Part(Enum):
    """The parts of the policy, by how the ids of their clauses begin, and what follows from other law."""

    I = "I. Purpose"  # noqa: E741  the policy's own number
    II = "II. Social media"
    III = "III. Communications"
    L = "Statutory duties"

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"part-{self.name.lower()}"


@dataclass(frozen=True)
class Enforcer:
    """One function that carries a clause out: where it stands and what it promises."""

    module: str
    function: str
    promise: str

    @property
    def name(self) -> str:
        """Where to find it."""
        return f"{self.module}.{self.function}"


@dataclass(frozen=True)
class Row:
    """Everything the register says of one clause; `refusals` counts those of the last 90 days."""

    clause: Clause
    charter: Charter
    enforcers: tuple[Enforcer, ...]
    refused_with: tuple[str, ...]
    refusals: int
    records: tuple[Figure, ...]

    @property
    def part(self) -> Part:
        """The part of the policy it belongs to."""
        return Part[self.clause.partition("_")[0]]

    @property
    def is_enforced(self) -> bool:
        """Whether anything in the portal carries it out."""
        return bool(self.enforcers)


@dataclass(frozen=True)
class Register:
    """Every clause in the policy's order, as of a moment; records are counted a little before it."""

    at: datetime
    counted_at: datetime
    rows: tuple[Row, ...]

    @property
    def enforced(self) -> tuple[Row, ...]:
        """The clauses that are carried out."""
        return tuple(row for row in self.rows if row.is_enforced)

    @property
    def awaited(self) -> tuple[Row, ...]:
        """The clauses that are not built yet."""
        return tuple(row for row in self.rows if not row.is_enforced)

    @property
    def parts(self) -> tuple[tuple[Part, tuple[Row, ...]], ...]:
        """The same part by part."""
        return tuple((part, tuple(row for row in self.rows if row.part == part)) for part in Part)


def read() -> Register:
    """The register at this moment; two queries, one of them once a minute."""
    counted, refusals = figures.lately(), tally.of_the_last_days()
    rows = tuple(_row(clause, counted, refusals.get(clause, 0)) for clause in Clause)
    return Register(clock.now(), counted.at, rows)


def _row(clause: Clause, counted: Counted, refusals: int) -> Row:
    rules = clauses.REGISTER.get(clause, [])
    enforcers = tuple(Enforcer(rule.__module__, rule.__qualname__, _promise(rule)) for rule in rules)
    return Row(clause, CHARTER[clause], enforcers, _refused_with(rules), refusals, counted.under(clause))


def _promise(rule: Rule) -> str:
    """The first sentence or two of what a function says of itself, on one line."""
    return " ".join((inspect.getdoc(rule) or "").split("\n\n")[0].split())


def _refused_with(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for rule in rules for sentence in sentences(rule)))
