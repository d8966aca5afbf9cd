"""The made-up requests for access and their grants, in a database that checks them."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg2
import pytest
from django.db import connection
from psycopg2 import extensions

from benchmarks import agency
from benchmarks.filling import give_access, let_run_out
from benchmarks.grants import EVERY, IN_FORCE, OWN, WAITING, Grants

PEOPLE, SIZE = 1_500, 100
REQUESTS = SIZE * EVERY // IN_FORCE + OWN + WAITING
# What no trigger looked at while it was copied: each must find nothing.
BROKEN = {
    "someone decides about their own": """
        SELECT count(*) FROM access_requests_turn t JOIN access_requests_accessrequest r ON r.id = t.request_id
        WHERE r.requester_id IN (t.person_id, t.acting_for_id)""",
    "a turn is nobody's": """
        SELECT count(*) FROM access_requests_turn WHERE person_id NOT IN (SELECT id FROM people_user)
        OR request_id NOT IN (SELECT id FROM access_requests_accessrequest)""",
    "a turn waits where nothing is asked": """
        SELECT count(*) FROM access_requests_accessrequest r WHERE (r.status = 'submitted') <>
        EXISTS (SELECT FROM access_requests_turn t WHERE t.request_id = r.id AND t.outcome = '')""",
    "the last one asked did not approve": """
        SELECT count(*) FROM access_requests_accessrequest r WHERE r.status <> 'submitted' AND 'approved' IS DISTINCT
        FROM (SELECT outcome FROM access_requests_turn WHERE request_id = r.id ORDER BY id DESC LIMIT 1)""",
    "a grant is no longer in force": """
        SELECT count(*) FROM access_requests_accessrequest
        WHERE status = 'active' AND CURRENT_DATE NOT BETWEEN starts_on AND until""",
    "a turn is in the wrong hands": """
        SELECT count(*) FROM access_requests_turn t JOIN access_requests_accessrequest r ON r.id = t.request_id
        JOIN people_user u ON u.id = r.requester_id WHERE t.outcome = '' AND t.person_id <> u.supervisor_id""",
}


@pytest.fixture
def granted(db: None) -> Iterator[extensions.cursor]:
    """A small department with a hundred grants where there were twenty; nothing done here stays."""
    place = connection.get_connection_params()
    own = psycopg2.connect(host=place["host"], port=place["port"], dbname=place["dbname"], user="postgres")
    department = agency.built(PEOPLE)
    try:
        with own.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for size in (20, SIZE):
                give_access(cursor, size, department)
            yield cursor
    finally:
        own.rollback()
        own.close()


def _asked(cursor: extensions.cursor, query: str) -> object:
    cursor.execute(query)
    return cursor.fetchall()[0][0]


def test_there_are_as_many_grants_as_asked(granted: extensions.cursor) -> None:
    assert _asked(granted, "SELECT count(*) FROM access_requests_accessrequest WHERE status = 'active'") == SIZE
    assert _asked(granted, "SELECT count(*) FROM access_requests_accessrequest") == REQUESTS


@pytest.mark.parametrize("query", BROKEN.values(), ids=list(BROKEN))
def test_nothing_stands_that_a_trigger_would_have_refused(granted: extensions.cursor, query: str) -> None:
    assert _asked(granted, query) == 0


def test_the_next_request_has_a_number_of_its_own(granted: extensions.cursor) -> None:
    following = "SELECT nextval(pg_get_serial_sequence('access_requests_accessrequest', 'id'))"
    assert _asked(granted, following) == _asked(granted, "SELECT max(id) + 1 FROM access_requests_accessrequest")


@pytest.mark.parametrize("size", [20, 1_000])
def test_the_measured_team_has_the_same_at_any_size(size: int) -> None:
    department = agency.built(PEOPLE)
    everything = Grants(size, datetime.now(UTC), department)
    team = set(department.staff[: agency.TEAM])
    asked = Counter(each.status for each in everything.asked() if each.requester in team)
    assert asked == {"ended": OWN, "submitted": WAITING}


def test_as_many_grants_run_out_as_asked(granted: extensions.cursor) -> None:
    let_run_out(granted, 7)
    run_out = "FROM access_requests_accessrequest WHERE status = 'active' AND until < CURRENT_DATE"
    assert _asked(granted, f"SELECT count(*) {run_out}") == 7
    assert _asked(granted, f"SELECT count(*) {run_out} AND until < starts_on") == 0
