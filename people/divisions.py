"""Which division a person works in, and which divisions there are."""

from collections.abc import Iterable

from django.db.models import QuerySet

from people.models import Unit, User
from people.planned import Planned

# A hundred links is deeper than any department; a loop ends there.
_ABOVE = Planned(
    """
    WITH RECURSIVE up (id, parent_id, kind, depth) AS (
        SELECT id, parent_id, kind, 0 FROM people_unit WHERE id = %s
        UNION ALL
        SELECT u.id, u.parent_id, u.kind, up.depth + 1 FROM up JOIN people_unit u ON u.id = up.parent_id
        WHERE up.depth < 100
    )
    SELECT id FROM up WHERE kind = 'division' ORDER BY depth LIMIT 1
    """,
    ["unit"],
    asks=["unit"],
)


def divisions() -> QuerySet[Unit]:
    """Every division, by name."""
    return Unit.objects.filter(kind=Unit.Kind.DIVISION).order_by("name", "id")


def division_of(people: Iterable[User]) -> int | None:
    """The id of the division the first of these people belongs to who belongs to one; a query for each asked."""
    return next((found for person in people if (found := _division(person.unit_id))), None)


def _division(unit_id: int | None) -> int | None:
    if unit_id is None:
        return None
    found = _ABOVE.rows(unit_id)
    return found[0][0] if found else None
