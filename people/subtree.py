"""Everyone beneath a person in the chain of command, as a condition a query can use."""

from django.db.models.expressions import RawSQL

from people.models import User

_BELOW = """
    WITH RECURSIVE below (id) AS (
        SELECT id FROM people_user WHERE supervisor_id = %s
        UNION
        SELECT p.id FROM people_user p JOIN below ON p.supervisor_id = below.id
    )
    SELECT id FROM below
"""


def below(superior: User) -> RawSQL:
    """The ids of all who report to this person, directly or through others; loops end by themselves."""
    return RawSQL(_BELOW, (superior.pk,))  # noqa: S611  fixed text, the id is a parameter
