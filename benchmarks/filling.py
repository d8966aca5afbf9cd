"""The database of the measurement: filled once and then grown, as the superuser and without triggers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg2
from django.db import connection as portal
from psycopg2 import extensions

from benchmarks import casefile
from benchmarks.agency import Agency
from benchmarks.caseload import FIRST_ID, Stage
from benchmarks.copying import Load, indexes_made_at_the_end, put
from benchmarks.grants import Grants
from benchmarks.library import Shelf

SUPERUSER = "postgres"
# Triggers off, foreign keys unchecked; what is sorted is sorted in memory.
_SESSION = """
    SET LOCAL session_replication_role = replica;
    SET LOCAL synchronous_commit = off;
    SET LOCAL maintenance_work_mem = '512MB'
"""
_HELD = "SELECT coalesce(max(id) + 1 - %s, 0) FROM incidents_incident"
_RENUMBER = "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {table}))"
_RENUMBERED = ("people_unit", "people_user", "incidents_incident")
_NOBODY = "SELECT NOT EXISTS (SELECT FROM people_user)"
_NO_POLICIES = "TRUNCATE policies_document, policies_version CASCADE"
# What is held against deleting has its triggers off here, too.
_NO_REQUESTS = (
    "TRUNCATE access_requests_accessrequest, access_requests_turn, audit_unsigned",
    "DELETE FROM audit_entry WHERE record_type = 'access_requests.accessrequest'",
    "DELETE FROM notifications_notice WHERE template LIKE 'access_requests/%'",
    "DELETE FROM people_rolegrant WHERE role = 'it_security'",
)
# Two days, for the department's own day may still be the one before the server's.
_RUN_OUT = """
    UPDATE access_requests_accessrequest SET until = CURRENT_DATE - 2, starts_on = least(starts_on, CURRENT_DATE - 2)
    WHERE id IN (SELECT id FROM access_requests_accessrequest WHERE status = 'active' ORDER BY id LIMIT %s)
"""
_PROCESS = r"SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int"
# How often each has filed this hour, and who was signed in during the last run.
_FORGOTTEN = "TRUNCATE portal_cache, django_session"


@dataclass(frozen=True)
class Database:
    """The measurement's database, reached as the superuser of its own server."""

    dsn: str

    @classmethod
    def of_settings(cls) -> Database:
        """The one the portal is connected to."""
        place = portal.get_connection_params()
        return cls(extensions.make_dsn(**{k: place[k] for k in ("host", "port", "dbname")}, user=SUPERUSER))

    def held(self) -> int:
        """How many incidents there are by their numbers; those filed while measuring count."""
        return self._asked(_HELD, FIRST_ID)

    def process(self) -> int:
        """The first process of the server, whose children do the work."""
        return self._asked(_PROCESS)

    def grow_to(self, size: int, people: Agency) -> None:
        """Add incidents until there are so many; the first time, everything they refer to as well."""
        held = self.held()
        self._changed(lambda cursor: grow(cursor, held, size, people))

    def shelve(self, size: int, people: Agency) -> None:
        """Have exactly so many policies in the library."""
        self._changed(lambda cursor: shelve(cursor, size, people))

    def give_access(self, size: int, people: Agency) -> None:
        """Have exactly so many grants in force, and the requests that go with them."""
        self._changed(lambda cursor: give_access(cursor, size, people))

    def let_run_out(self, count: int) -> None:
        """Have the last day of so many grants in force pass."""
        self._changed(lambda cursor: let_run_out(cursor, count))

    def _changed(self, change: Callable[[extensions.cursor], None]) -> None:
        connection = psycopg2.connect(self.dsn)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(_SESSION)
                change(cursor)
            connection.autocommit = True
            with connection.cursor() as cursor:
                # What autovacuum would do in its own time: statistics, what is visible to all, nothing left to write.
                for statement in (_FORGOTTEN, "VACUUM (ANALYZE)", "CHECKPOINT"):
                    cursor.execute(statement)
        finally:
            connection.close()

    def _asked(self, query: str, *parameters: int) -> int:
        connection = psycopg2.connect(self.dsn)
        try:
            with connection.cursor() as cursor:
                cursor.execute(query, parameters)
                return int(cursor.fetchall()[0][0])
        finally:
            connection.close()


def grow(cursor: extensions.cursor, there: int, size: int, people: Agency) -> None:
    """The same within a transaction, where so many are there."""
    _employ(cursor, people)
    if there < size:
        _put(cursor, Stage(there, size, datetime.now(UTC), people).loads())
    if there == 0:
        casefile.write(cursor, people)
    for table in _RENUMBERED:
        cursor.execute(_RENUMBER.format(table=table), [table])


def shelve(cursor: extensions.cursor, size: int, people: Agency) -> None:
    """The same within a transaction."""
    _employ(cursor, people)
    cursor.execute(_NO_POLICIES)
    _put(cursor, Shelf(size, datetime.now(UTC), people).loads())


def give_access(cursor: extensions.cursor, size: int, people: Agency) -> None:
    """The same within a transaction."""
    _employ(cursor, people)
    for statement in _NO_REQUESTS:
        cursor.execute(statement)
    _put(cursor, Grants(size, datetime.now(UTC), people).loads())
    for table in ("people_user", "people_unit", "access_requests_accessrequest"):
        cursor.execute(_RENUMBER.format(table=table), [table])


def let_run_out(cursor: extensions.cursor, count: int) -> None:
    """The same within a transaction."""
    cursor.execute(_RUN_OUT, [count])


def _employ(cursor: extensions.cursor, people: Agency) -> None:
    cursor.execute(_NOBODY)
    if cursor.fetchall()[0][0]:
        _put(cursor, people.loads())


def _put(cursor: extensions.cursor, loads: list[Load]) -> None:
    with indexes_made_at_the_end(cursor, [load.table for load in loads]):
        for load in loads:
            put(cursor, load)
