"""The made-up department and its cases, in a database that checks them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg2
import pytest
from django.db import connection
from psycopg2 import extensions, sql

from benchmarks import agency
from benchmarks.casefile import MEASURED
from benchmarks.caseload import FIRST_ID, Stage
from benchmarks.copying import Load, as_lines, as_text, indexes_made_at_the_end, put
from benchmarks.filling import grow, shelve
from benchmarks.words import COMMON, MIDDLING, RARE
from incidents.choices import Status

# What a page reads of a case, and where it points to.
POINTERS = (
    ("incidents_incident", "reporter_id", "people_user"),
    ("incidents_incident", "assignee_id", "people_user"),
    ("incidents_incident", "division_id", "people_unit"),
    ("incidents_involvement", "incident_id", "incidents_incident"),
    ("incidents_message", "incident_id", "incidents_incident"),
    ("people_user", "unit_id", "people_unit"),
    ("people_unit", "head_id", "people_user"),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, r"\N"),
        ("plain", "plain"),
        ("a\tb\nc\\d\r", r"a\tb\nc\\d\r"),
        (7, "7"),
        (True, "True"),
        (["personal", "case"], "{personal,case}"),
        ({"to": 'A "name"'}, '{"to": "A \\\\"name\\\\""}'),
    ],
)
def test_a_value_is_written_as_copy_reads_it(value: object, text: str) -> None:
    assert as_text(value) == text


def test_only_the_columns_that_are_there_are_written() -> None:
    assert list(as_lines([("a", "b", "c")], [0, 2])) == ["a\tc\n"]
    assert list(as_lines([("a", "b")], [1], "\tmore\n")) == ["b\tmore\n"]


def test_the_department_is_a_tree_with_a_privacy_office() -> None:
    department = agency.built(1_500)
    above = {user[0]: user[8] for user in department.users}
    assert 1_500 <= len(department.users) < 1_510
    assert [user for user, superior in above.items() if superior is None] == [1]
    assert all(superior < user for user, superior in above.items() if superior is not None)
    assert len(department.analysts) == agency.ANALYSTS
    assert len(department.officers) == agency.OFFICERS
    assert department == agency.built(1_500)


def test_about_one_case_in_twelve_is_open() -> None:
    stage = Stage(0, 5_000, datetime.now(UTC), agency.built(1_500))
    [incidents] = [load for load in stage.loads() if load.table == "incidents_incident"]
    status = incidents.columns.index("status")
    still_open = len([row for row in incidents.rows if row[status] != Status.CLOSED])
    assert 300 < still_open < 500


@pytest.fixture
def superuser(db: None) -> Iterator[extensions.cursor]:
    """The test database as its server's superuser; nothing done here stays."""
    place = connection.get_connection_params()
    own = psycopg2.connect(host=place["host"], port=place["port"], dbname=place["dbname"], user="postgres")
    try:
        with own.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield cursor
    finally:
        own.rollback()
        own.close()


@pytest.fixture
def filled(superuser: extensions.cursor) -> extensions.cursor:
    """A small department with 300 incidents, grown to 400."""
    department = agency.built(1_500)
    for there, size in ((0, 300), (300, 400)):
        grow(superuser, there, size, department)
    return superuser


def _asked(cursor: extensions.cursor, query: str | sql.Composed) -> object:
    cursor.execute(query)
    return cursor.fetchall()[0][0]


def test_growing_adds_to_what_is_there(filled: extensions.cursor) -> None:
    assert _asked(filled, "SELECT count(*) FROM incidents_incident") == 400
    assert _asked(filled, "SELECT max(id) FROM incidents_incident") == FIRST_ID + 399
    assert _asked(filled, "SELECT nextval(pg_get_serial_sequence('incidents_incident', 'id'))") == FIRST_ID + 400


def test_every_index_is_back(filled: extensions.cursor) -> None:
    assert _asked(filled, "SELECT count(*) FROM pg_indexes WHERE indexname = 'incident_queue'") == 1


@pytest.mark.parametrize(("table", "column", "other"), POINTERS)
def test_every_row_points_to_one_that_is_there(filled: extensions.cursor, table: str, column: str, other: str) -> None:
    places = {"table": sql.Identifier(table), "column": sql.Identifier(column), "other": sql.Identifier(other)}
    lost = sql.SQL("SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT id FROM {other})")
    assert _asked(filled, lost.format(**places)) == 0
    assert _asked(filled, sql.SQL("SELECT count({column}) FROM {table}").format(**places)) != 0


def test_nobody_works_on_a_case_that_names_them(filled: extensions.cursor) -> None:
    conflicts = (
        "SELECT count(*) FROM incidents_incident i JOIN incidents_involvement v ON v.incident_id = i.id"
        " WHERE v.person_id IN (i.assignee_id, i.decided_by_id)"
    )
    assert _asked(filled, conflicts) == 0


@pytest.mark.parametrize(
    ("count", "query"),
    [
        (6, "SELECT count(*) FROM incidents_message WHERE incident_id = {}"),
        (12, "SELECT count(*) FROM audit_entry WHERE record_type = 'incidents.incident' AND record_id = '{}'"),
        (2, "SELECT count(*) FROM incidents_involvement WHERE incident_id = {}"),
        (2, "SELECT count(*) FROM attachments_attachment WHERE record_id = '{}'"),
    ],
)
def test_the_measured_case_has_what_a_real_one_has(filled: extensions.cursor, count: int, query: str) -> None:
    assert _asked(filled, query.format(MEASURED)) == count


def test_a_column_nobody_here_knows_gets_a_plain_value(superuser: extensions.cursor) -> None:
    superuser.execute(
        "CREATE TABLE newer"
        " (id bigint, name text, flag boolean NOT NULL, many text[] NOT NULL, at timestamptz NOT NULL)"
    )
    with indexes_made_at_the_end(superuser, ["newer"]):
        put(superuser, Load("newer", ("id", "name", "gone"), [(1, "a", "x"), (2, None, "y")]))
    assert _asked(superuser, "SELECT array_agg((id, name, flag, many)::text ORDER BY id) FROM newer") == [
        "(1,a,f,{})",
        "(2,,f,{})",
    ]


@pytest.fixture
def shelved(superuser: extensions.cursor) -> extensions.cursor:
    """Twelve policies where there were three."""
    department = agency.built(1_500)
    for size in (3, 12):
        shelve(superuser, size, department)
    return superuser


def test_there_are_as_many_policies_in_force_as_asked(shelved: extensions.cursor) -> None:
    in_force = "FROM policies_document d JOIN policies_version v ON v.id = d.in_force_id AND v.document_id = d.id"
    assert _asked(shelved, f"SELECT count(*) {in_force} WHERE v.status = 'published'") == 12
    assert _asked(shelved, "SELECT min(c) FROM (SELECT count(*) c FROM policies_passage GROUP BY document_id) x") == 32


def test_the_words_stand_in_as_many_clauses_as_promised(shelved: extensions.cursor) -> None:
    having = "SELECT count(*) FROM policies_passage WHERE citation LIKE '%(%' AND words @@ to_tsquery('english', '{}')"
    assert [_asked(shelved, having.format(word)) for word in (COMMON, MIDDLING, RARE)] == [150, 3, 1]


def test_a_made_up_policy_has_the_fingerprint_the_database_would_give_it(shelved: extensions.cursor) -> None:
    same = """
        SELECT bool_and(v.sha256 = encode(sha256(audit_canonical(
            d.number, v.number::text, v.title, v.effective_on::text, v.summary, v.body)), 'hex'))
        FROM policies_version v JOIN policies_document d ON d.id = v.document_id
    """
    assert _asked(shelved, same) is True
