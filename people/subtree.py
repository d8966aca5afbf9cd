"""Who is beneath a person, and whom they stand in for, as conditions a query can use."""

from django.conf import settings
from django.db.models.expressions import RawSQL

from people.models import User

_STANDS_FOR = """
    SELECT delegator_id AS id FROM people_delegation
    WHERE delegate_id = %s AND ended_at IS NULL AND (now() AT TIME ZONE %s)::date BETWEEN starts_on AND ends_on
"""
ACTS_AS = f"SELECT %s::bigint AS id UNION ALL {_STANDS_FOR}"
# OFFSET 0 has each person's reports looked up by the index: the planner cannot know that few people report to most, and
# would read the whole directory once for every step down.
BELOW = f"""
    WITH RECURSIVE acts_as AS ({ACTS_AS}), below (id) AS (
        SELECT p.id FROM people_user p JOIN acts_as ON p.supervisor_id = acts_as.id
        UNION
        SELECT report.id FROM below CROSS JOIN LATERAL (
            SELECT p.id FROM people_user p WHERE p.supervisor_id = below.id OFFSET 0
        ) AS report
    )
    SELECT id FROM below
"""  # noqa: S608  put together from the constants above


def acts_as(person: User) -> RawSQL:
    """The ids of this person and of everyone they stand in for today."""
    return RawSQL(ACTS_AS, about(person))  # noqa: S611  fixed text, the values are parameters


def below(superior: User) -> RawSQL:
    """The ids of all who report to this person or to someone they stand in for, at any distance; loops end."""
    return RawSQL(BELOW, about(superior))  # noqa: S611  fixed text, the values are parameters


def about(person: User) -> tuple[int, int, str]:
    """What ACTS_AS and BELOW each ask to be filled in."""
    return person.pk, person.pk, settings.TIME_ZONE
