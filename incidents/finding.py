"""One page of the queue, found at the same cost among ten thousand incidents and a million.

What fits is looked for in due order first: what many incidents have is soon found there. What few have is found through
the one index of words and facets instead, which a walk could miss for long. Only where neither ends is the walk long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from incidents import choices, narrowing
from incidents.models import Incident
from people.keyset import SIZE, Page, Stretch, page_read
from people.models import User
from people.planned import Planned
from people.prepared import HERE, somebody

PAGE = SIZE + 1
ORDER = ("due_at", "pk")
# So many rows in due order are looked at before anything else, and fewer where each one's words are read.
NEAR, NEAR_WITH_WORDS = 10_000, 1000
# So many are taken from the index of words and facets to be put in order; of more than these, a long walk finds a page.
FEW, FAR = 5000, 30_000
_KINDS, _STATES, _SEVERITIES = (
    {value: str(label) for value, label in each.choices} for each in (choices.Kind, choices.Status, choices.Severity)
)

_SHOWN = """
    SELECT i.id, i.kind, i.status, i.severity, i.due_at, a.name
    FROM ({found}) AS found (id) JOIN incidents_incident i ON i.id = found.id
    LEFT JOIN people_user a ON a.id = i.assignee_id
"""
_NOTE = "SELECT NULL::bigint, ({number})::text, '', '', NULL::timestamptz, ({words})::text"
_FITTING = f"SELECT id FROM walk WHERE fits LIMIT {PAGE}"  # noqa: S608  a constant
# A statement ends as soon as it has a page, so its last line is only worked out where there is none.
_WALK = f"""
    WITH walk (id, fits) AS MATERIALIZED ({{walk}})
    ({_NOTE.format(number="0", words="{tree}")})
    UNION ALL ({_SHOWN.format(found=_FITTING)})
    UNION ALL ({_NOTE.format(number="count(*)", words="''")} FROM walk)
    LIMIT {PAGE + 1}
"""
_CANDIDATES = "SELECT incidents_incident.id FROM incidents_incident WHERE {conditions}"
_FOUND = f"""
    WITH candidate (id) AS MATERIALIZED ({{candidates}} LIMIT {FEW + 1})
    ({_SHOWN.format(found="{page}")})
    UNION ALL ({_NOTE.format(number="count(*)", words="''")} FROM candidate)
"""
# What is beneath the condition on the count is not begun while it does not hold.
_FAR = f"""
    WITH walk (id, fits) AS MATERIALIZED ({{walk}}),
    met (id) AS MATERIALIZED ({_FITTING}),
    candidate (id) AS MATERIALIZED ({{candidates}})
    ({_SHOWN.format(found="SELECT id FROM met")})
    UNION ALL (SELECT * FROM ({_SHOWN.format(found="{page}")}) AS sought WHERE (SELECT count(*) FROM met) < {PAGE})
"""  # noqa: S608  put together from constants
# The index of words and facets is the only one that serves the candidates; this leaves no other way to them than
# reading the whole table, whatever the statistics say, and does not outlast the statement.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;"


# As an array, for of a list of rows the database might think that reading all others is the shorter way.
_AMONG_CANDIDATES = RawSQL(
    "incidents_incident.id = ANY(ARRAY(SELECT candidate.id FROM candidate))", [], output_field=BooleanField()
)


class Unsearchable(Exception):
    """These words cannot be searched for; carries the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the queue shows of one incident, and no more."""

    pk: int
    kind: str
    status: str
    severity: str
    due_at: datetime
    assignee: str | None

    @property
    def reference(self) -> str:
        """The number people quote."""
        return f"INC-{self.pk}"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return _KINDS[self.kind]

    @property
    def state(self) -> str:
        """The state in words."""
        return _STATES[self.status]

    @property
    def state_tag(self) -> str:
        """How the page marks the state."""
        return choices.STATUS_TAGS[choices.Status(self.status)]

    @property
    def severity_label(self) -> str:
        """The severity in words, empty while nobody has decided."""
        return _SEVERITIES.get(self.severity, "")

    @property
    def severity_tag(self) -> str:
        """How the page marks the severity."""
        return choices.SEVERITY_TAGS[choices.Severity(self.severity)]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do about it by itself."""
        return self.status in {choices.Status.CLOSED, choices.Status.MERGED}

    @property
    def awaits_decision(self) -> bool:
        """Whether the due date still counts."""
        return self.status in choices.UNDECIDED


def page(user: User, wanted: dict[str, Any], query: Mapping[str, Any]) -> Page[Row]:
    """The page of the queue an address asks for; Unsearchable where its words find nothing or everything."""
    search = _Search(user, wanted)
    return page_read(query, order=ORDER, newest_first=wanted.get("sort") == "last", read=search.read)


class _Search:
    """One search: what every row is held against, and how the index is asked for it."""

    def __init__(self, user: User, wanted: dict[str, Any], between: narrowing.Bounds | None = None) -> None:
        self.user, self.wanted = user, wanted
        self.words = "" if narrowing.number_in(wanted) else wanted.get("q", "")
        self.between = between or narrowing.bounds(wanted)

    def read(self, stretch: Stretch) -> list[Row]:
        """The first PAGE rows from there on that fit, in their order; up to three queries."""
        near = NEAR_WITH_WORDS if self.words else NEAR
        rows, walked = self._near(stretch, near)
        if len(rows) < PAGE and walked == near:
            rows, found = self._by_index(stretch)
            if found > FEW:
                rows = self._far(stretch)
        return sorted(rows, key=lambda row: (row.due_at, row.pk), reverse=not stretch.upwards)[:PAGE]

    def _near(self, stretch: Stretch, most: int) -> tuple[list[Row], int]:
        if self.wanted.get("q"):
            (_, _, _, _, _, first), *told = _told(*self.near(stretch, most))
            _require_searchable(first)
        else:
            goes_on, asked = stretch.start is not None, tuple(sorted(self.wanted.items()))
            planned = _planned(self.user.roles, asked, goes_on, stretch.upwards, most)
            _, *told = planned.rows(self.user.pk, *(stretch.start or (None, None)), *self.between)
        return _rows(told), _noted(told)

    def near(self, stretch: Stretch, most: int) -> tuple[str, list[Any]]:
        """The statement that walks so many rows at most, and its values."""
        walk, params = self._walk(stretch, most)
        tree = "querytree(websearch_to_tsquery(%s, %s))" if self.words else "'no words'"
        return _WALK.format(walk=walk, tree=tree), [*params, *([narrowing.LANGUAGE, self.words] if self.words else [])]

    def _by_index(self, stretch: Stretch) -> tuple[list[Row], int]:
        candidates, params = self._candidates()
        chosen, chosen_params = _chosen(self._ordered(stretch))
        sql = _BY_INDEX + _FOUND.format(candidates=candidates, page=chosen)
        told = _told(sql, [*params, *chosen_params])
        return _rows(told), _noted(told)

    def _far(self, stretch: Stretch) -> list[Row]:
        walk, params = self._walk(stretch, FAR)
        candidates, more = self._candidates()
        chosen, chosen_params = _chosen(self._ordered(stretch))
        told = _told(_FAR.format(walk=walk, candidates=candidates, page=chosen), [*params, *more, *chosen_params])
        return list({row.pk: row for row in _rows(told)}.values())

    def _ordered(self, stretch: Stretch) -> QuerySet[Incident]:
        return stretch.of(narrowing.scope(self.user, self.wanted, self.between), ORDER)

    def _walk(self, stretch: Stretch, most: int) -> tuple[str, tuple[Any, ...]]:
        by_number = narrowing.number_in(self.wanted)
        asked = Q() if by_number else narrowing.fits(self.user, self.wanted)
        fits = ExpressionWrapper(asked, BooleanField()) if asked else Value(value=True)
        rows = narrowing.with_words(self._ordered(stretch)).annotate(fits=fits).values_list("pk", "fits")
        return rows[: most if asked else PAGE].query.sql_with_params()

    def _candidates(self) -> tuple[str, list[Any]]:
        facets = narrowing.facets(self.user, self.wanted)
        conditions: list[str] = ["facets @> %s::text[]"] if facets else []
        params: list[Any] = [facets] if facets else []
        if self.words:
            conditions.append("words @@ websearch_to_tsquery(%s, %s)")
            params += [narrowing.LANGUAGE, self.words]
        return _CANDIDATES.format(conditions=" AND ".join(conditions)), params


# Stand for whoever asks, the place where the page begins, and the days: what differs from one look to the next.
_STAND_INS = (
    HERE, datetime(1901, 1, 1, 1, 1, 1, 1, tzinfo=UTC), HERE - 1,
    datetime(1902, 2, 2, 2, 2, 2, 2, tzinfo=UTC), datetime(1903, 3, 3, 3, 3, 3, 3, tzinfo=UTC),
)  # fmt: skip


@lru_cache(maxsize=256)
def _planned(
    roles: frozenset[str], wanted: tuple[tuple[str, str], ...], goes_on: bool, upwards: bool, most: int
) -> Planned:
    """The walk of everyone with these roles who asks for this; each asks it with values of their own."""
    _, moment, number, *between = _STAND_INS
    search = _Search(somebody(roles), dict(wanted), (between[0], between[1]))
    sql, params = search.near(Stretch((moment, number) if goes_on else None, upwards), most)
    return Planned(sql, params, asks=_STAND_INS)


def _chosen(ordered: QuerySet[Incident]) -> tuple[str, tuple[Any, ...]]:
    return ordered.filter(_AMONG_CANDIDATES).values_list("pk")[:PAGE].query.sql_with_params()


def _told(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        told: list[tuple[Any, ...]] = cursor.fetchall()
    return told


def _rows(told: list[tuple[Any, ...]]) -> list[Row]:
    return [Row(*each) for each in told if each[0] is not None]


def _noted(told: list[tuple[Any, ...]]) -> int:
    """The count at the end, or as good as none where the statement had its page before it got there."""
    return int(told[-1][1]) if told and told[-1][0] is None else 0


def _require_searchable(tree: str) -> None:
    if not tree:
        raise Unsearchable("Only very common words. Add one that stands out.")
    if tree == "T":
        raise Unsearchable("Add a word that must be there, not only words that must not.")
