"""Which division a person works in, and which divisions there are."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from people.lately import Lately
from people.models import Unit, User

# A hundred links is deeper than any department; a loop ends there.
_EACH = """
    WITH RECURSIVE up (unit, id, parent_id, kind, depth) AS (
        SELECT id, id, parent_id, kind, 0 FROM people_unit
        UNION ALL
        SELECT up.unit, u.id, u.parent_id, u.kind, up.depth + 1 FROM up JOIN people_unit u ON u.id = up.parent_id
        WHERE up.depth < 100 AND up.kind <> 'division'
    )
    SELECT unit, max(id) FILTER (WHERE kind = 'division') FROM up GROUP BY unit
"""


def divisions() -> QuerySet[Unit]:
    """Every division, by name."""
    return Unit.objects.filter(kind=Unit.Kind.DIVISION).order_by("name", "id")


def division_of(people: Iterable[User]) -> int | None:
    """The id of the division the first of these people belongs to who belongs to one; no query for a minute."""
    return next((found for person in people if (found := division_of_unit(person.unit_id))), None)


def division_of_unit(unit_id: int | None) -> int | None:
    """The id of the division a unit (by its id) belongs to; no query for a minute."""
    if unit_id is None:
        return None
    if unit_id not in _DIVISION_OF.value():
        _DIVISION_OF.forget()
    return _DIVISION_OF.value().get(unit_id)


def _division_of_each() -> dict[int, int | None]:
    with connection.cursor() as cursor:
        cursor.execute(_EACH)
        return dict(cursor.fetchall())


# Units move some times a year, and every report asks.
_DIVISION_OF = Lately(_division_of_each, seconds=60.0)
