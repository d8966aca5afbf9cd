"""Bringing the directory into line with a checked file, in a few statements over all its people at once."""

from dataclasses import dataclass
from typing import IO, Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from people import changes, operations
from people.imports.complaints import Unusable
from people.imports.units import UnitLines
from people.models import User

LOCK = 4001

# The planner knows nothing of rows that came in this transaction: left to itself it may compare each with each.
_JOIN_IN_BULK = "SET LOCAL enable_nestloop = off"
_JOIN_AS_EVER = "SET LOCAL enable_nestloop = on"
# The app's role may not make temporary tables; this one is emptied before the transaction ends.
_EMPTY = "DELETE FROM people_incoming"
_COPY = """
    COPY people_incoming (line, email, name, employee_number, title, county, unit_code, supervisor_number, active)
    FROM STDIN WITH (FORMAT csv)
"""
_COMPARE = """
    UPDATE people_incoming i SET unit_id = n.id FROM people_unit n WHERE n.code = i.unit_code;
    UPDATE people_incoming i SET user_id = u.id, changed =
        (u.email, u.name, u.title, u.county, u.unit_id, u.is_active, s.employee_number) IS DISTINCT FROM
        (i.email, i.name, i.title, i.county, i.unit_id, i.active, nullif(i.supervisor_number, ''))
    FROM people_user u LEFT JOIN people_user s ON s.id = u.supervisor_id WHERE u.employee_number = i.employee_number
"""
# Two may swap addresses in one file, and a leaver may hold the one a newcomer gets: all stand aside before any is set.
_STAND_ASIDE = """
    UPDATE people_user u SET email = 'moving.' || u.id || '@people.invalid'
    FROM people_incoming i WHERE i.user_id = u.id AND i.email <> u.email;
    UPDATE people_user u SET email = 'left.' || u.id || '@people.invalid'
    FROM people_incoming i WHERE i.email = u.email AND i.employee_number <> u.employee_number
"""
_CHANGE = """
    UPDATE people_user u SET email = i.email, name = i.name, title = i.title, county = i.county, unit_id = i.unit_id,
        is_active = i.active
    FROM people_incoming i WHERE i.changed AND i.user_id = u.id
"""
# "!" and something nobody can type: no password, until the person sets one by mail.
_CREATE = """
    INSERT INTO people_user (password, email, name, employee_number, title, county, unit_id, is_active)
    SELECT '!' || replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''),
        email, name, employee_number, title, county, unit_id, active
    FROM people_incoming WHERE user_id IS NULL ORDER BY line
"""
_SUPERVISE = """
    UPDATE people_user u SET supervisor_id = s.id
    FROM people_incoming i LEFT JOIN people_user s ON s.employee_number = i.supervisor_number
    WHERE u.employee_number = i.employee_number AND u.supervisor_id IS DISTINCT FROM s.id
"""
_LEAVE = "UPDATE people_user SET is_active = false WHERE id = ANY (%s)"
_LEAVING = """
    SELECT u.id, u.employee_number FROM people_user u LEFT JOIN people_incoming i ON i.user_id = u.id
    WHERE u.is_active AND i.active IS NOT TRUE ORDER BY u.id
"""
_RETURNING = """
    SELECT u.id, u.employee_number FROM people_user u JOIN people_incoming i ON i.user_id = u.id
    WHERE i.active AND NOT u.is_active ORDER BY u.id
"""
_READDRESSED = """
    SELECT u.id, u.employee_number FROM people_user u JOIN people_incoming i ON i.user_id = u.id
    WHERE i.email <> u.email ORDER BY u.id
"""
# Who leaves or comes back is told of as that.
_MOVING = """
    SELECT u.id, u.employee_number FROM people_user u JOIN people_incoming i ON i.user_id = u.id
    WHERE u.is_active AND i.active AND i.unit_id IS DISTINCT FROM u.unit_id ORDER BY u.id
"""
_COUNT = """
    SELECT count(*) FILTER (WHERE user_id IS NULL), count(*) FILTER (WHERE changed),
        count(*) FILTER (WHERE user_id IS NOT NULL AND NOT changed) FROM people_incoming
"""


@dataclass(frozen=True)
class Summary:
    """What an import did, or in a dry run would have done; `left` counts all who were active and no longer are."""

    created: int
    changed: int
    unchanged: int
    left: int


def store(
    people: IO[str], units: UnitLines, *, allow_mass_leave: bool, dry_run: bool, facts: dict[str, Any]
) -> Summary:
    """Bring units and people into line with the file, or change nothing; raises Unusable where too many would leave."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Two imports at once would each take the other's people for leavers.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        units.store()
        cursor.execute(_JOIN_IN_BULK)
        _load(cursor, people)
        summary = _apply(cursor, allow_mass_leave=allow_mass_leave, facts=facts)
        cursor.execute(_EMPTY)
        cursor.execute(_JOIN_AS_EVER)
        transaction.set_rollback(dry_run)
    return summary


def _load(cursor: CursorWrapper, people: IO[str]) -> None:
    cursor.execute(_EMPTY)
    cursor.copy_expert(_COPY, people)
    cursor.execute(_COMPARE)


def _apply(cursor: CursorWrapper, *, allow_mass_leave: bool, facts: dict[str, Any]) -> Summary:
    leaving, returning = _people(cursor, _LEAVING), _people(cursor, _RETURNING)
    readdressed, moving = _people(cursor, _READDRESSED), _people(cursor, _MOVING)
    if not allow_mass_leave:
        _refuse_mass_leave(len(leaving))
    summary = _summary(cursor, leaving)
    for step in (_STAND_ASIDE, _CHANGE, _CREATE, _SUPERVISE):
        cursor.execute(step)
    cursor.execute(_LEAVE, [list(leaving)])
    operations.strip(list(leaving), actor=None)
    _report(facts, summary, left=leaving, returned=returning, address_changed=readdressed, moved=moving)
    return summary


def _people(cursor: CursorWrapper, query: str) -> dict[int, str]:
    cursor.execute(query)
    return dict(cursor.fetchall())


def _refuse_mass_leave(leaving: int) -> None:
    active = User.objects.filter(is_active=True).count()
    if leaving * 2 > active:
        raise Unusable(
            [f"{leaving:,} of {active:,} active people would leave. If that is right, add --allow-mass-leave."]
        )


def _summary(cursor: CursorWrapper, leaving: dict[int, str]) -> Summary:
    cursor.execute(_COUNT)
    created, changed, unchanged = cursor.fetchone()
    return Summary(created, changed, unchanged, len(leaving))


def _report(facts: dict[str, Any], summary: Summary, **people: dict[int, str]) -> None:
    """One line of the trail for the import, and one for each kind of change to who may sign in or works where."""
    counts = {"created": summary.created, "changed": summary.changed, "left": summary.left}
    changes.report("directory.imported", actor=None, user=None, **facts, **counts)
    for event, who in people.items():
        if who:
            changes.report(f"directory.{event}", actor=None, user=None, employee_numbers=list(who.values()))
