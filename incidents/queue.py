"""What the Privacy Office sees of its work at a glance: how many stand in each state, and what awaits whom."""

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q

from incidents import conflicts, rules
from incidents.choices import UNSETTLED, Status
from incidents.models import Incident
from incidents.narrowing import matching
from people.lately import Lately
from people.models import Role, User
from people.planned import Planned
from people.prepared import HERE

__all__ = ["CAP", "awaiting", "counts", "matching"]

CAP = 1000
# Each state is counted by its index alone, and the few this person is kept from are taken off: found family by family,
# since a guess of how many there are would have the whole table read. A state that held far more than are counted a
# moment ago is not counted at all, unless this person is kept from very many.
_COUNTS = """
    WITH hidden (family) AS MATERIALIZED ({hidden}),
    kept (status, number) AS MATERIALIZED (
        SELECT member.status, count(*) FROM (SELECT DISTINCT family FROM hidden) AS each_once
        CROSS JOIN LATERAL (
            SELECT i.status FROM incidents_incident i WHERE i.family = each_once.family OFFSET 0
        ) AS member
        GROUP BY member.status
    )
    SELECT state.status, CASE WHEN state.status = ANY (%s::text[]) AND state.number <= {cap} THEN {cap} ELSE
        least({cap}, (
            SELECT count(*) FROM (
                SELECT 1 FROM incidents_incident i WHERE i.status = state.status LIMIT {cap} + state.number
            ) AS capped) - state.number) END
    FROM (SELECT listed.status, coalesce(kept.number, 0) AS number
          FROM unnest(%s::text[]) AS listed (status) LEFT JOIN kept ON kept.status = listed.status) AS state
"""


def counts(user: User) -> dict[str, int]:
    """How many incidents this person sees in each state, counted up to CAP each, in one query."""
    return _of_the_office(user) if user.has_role(*rules.PRIVACY_OFFICE) else _state_by_state(user)


def _of_the_office(user: User) -> dict[str, int]:
    return dict(_counting(CAP).rows(user.pk, _FULL.value()))


@cache
def _counting(cap: int) -> Planned:
    hidden, full = conflicts.hidden_from(User(pk=HERE)), "full"
    sql = _COUNTS.format(hidden=hidden.sql, cap=cap)
    return Planned(sql, [*hidden.params, full, Status.values], asks=[HERE, full])


def _full() -> list[str]:
    """The states that hold twice as many incidents as are counted: no minute takes a thousand out of one."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDING, [Status.values, 2 * CAP, 2 * CAP])
        return [status for (status,) in cursor.fetchall()]


_HOLDING = """
    SELECT listed.status FROM unnest(%s::text[]) AS listed (status) WHERE %s = (
        SELECT count(*) FROM (SELECT 1 FROM incidents_incident i WHERE i.status = listed.status LIMIT %s) AS capped)
"""
_FULL = Lately(_full, seconds=60.0)


def _state_by_state(user: User) -> dict[str, int]:
    parts: list[str] = []
    params: list[Any] = []
    for status in Status.values:
        sql, sql_params = rules.visible_to(user).filter(status=status).values("pk")[:CAP].query.sql_with_params()
        parts.append(f"SELECT %s, count(*) FROM ({sql}) AS capped")  # noqa: S608  the ORM's own SQL
        params += [status, *sql_params]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return dict(cursor.fetchall())


def awaiting(user: User, *, most: int) -> list[Incident]:
    """The open cases this person has, and for an officer those under review, due first."""
    theirs = Q(assignee=user) & UNSETTLED
    if user.has_role(Role.PRIVACY_OFFICER):
        theirs |= Q(status=Status.UNDER_REVIEW) & ~Q(reporter=user)
    rows = rules.visible_to(user).filter(theirs)
    return list(rows.order_by("due_at", "pk")[:most])
