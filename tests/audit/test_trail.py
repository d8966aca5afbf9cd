"""The trail tells what happened to a record, in order and unchangeably."""

import threading
from collections.abc import Callable

import pytest
import structlog
from django.db import IntegrityError, ProgrammingError, connection, connections, transaction
from pytest_django import DjangoAssertNumQueries

from audit import trail
from audit.models import Entry
from audit.roles import append_only_tables
from people.models import Unit, User
from tests.audit.tampering import tamper

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def test_a_records_trail_reads_oldest_first_with_who_did_it(unit: Unit, dana: User) -> None:
    trail.write("unit.opened", actor=dana, record=unit, room="12")
    trail.write("unit.closed", actor=None, record=unit)
    assert [(e.seq, e.action, e.actor, e.facts) for e in trail.of(unit)] == [
        (1, "unit.opened", dana, {"room": "12"}),
        (2, "unit.closed", None, {}),
    ]


def test_every_entry_carries_the_hash_of_the_one_before(unit: Unit, dana: User) -> None:
    first = trail.write("unit.opened", actor=dana, record=unit)
    second = trail.write("unit.closed", actor=dana, record=unit)
    assert (first.previous_hash, second.previous_hash) == ("", first.hash)
    assert len({first.hash, second.hash}) == 2


def test_what_happened_to_one_record_is_not_in_anothers_trail(unit: Unit, dana: User) -> None:
    trail.write("unit.opened", actor=dana, record=unit)
    assert list(trail.of(dana)) == []


def test_what_concerns_no_record_has_a_chain_of_its_own(dana: User) -> None:
    entry = trail.write("export.made", actor=dana, record=None)
    assert (entry.record_type, entry.record_id, entry.seq) == ("", "", 1)


def test_an_unsaved_record_has_no_trail() -> None:
    with pytest.raises(ValueError, match="saved record"):
        trail.write("unit.opened", actor=None, record=Unit(code="X"))


def test_writing_takes_one_statement(unit: Unit, dana: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        entry = trail.write("unit.opened", actor=dana, record=unit)
        assert entry.seq == 1
        assert entry.hash


def test_a_records_trail_is_read_from_an_index_already_in_order(unit: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    plan = trail.of(unit).explain()
    assert "Index Scan using entry_follows_its_predecessor" in plan
    assert "Sort" not in plan


def test_an_entry_remembers_the_request_it_came_from(unit: Unit) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r" * 200):
        assert trail.write("unit.opened", actor=None, record=unit).request_id == "r" * 64
    assert trail.write("unit.closed", actor=None, record=unit).request_id == ""


def test_the_database_sets_number_time_and_hash_whatever_the_application_says(unit: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (at, written_at, action, record_type, record_id, seq, facts, request_id,"
            " previous_hash, hash) VALUES ('2001-01-01', '2001-01-01', 'forged', 'x', '1', 99, '{}', '', 'a', 'b')"
            " RETURNING seq, previous_hash, hash, extract(year from at) > 2001, at = written_at"
        )
        seq, previous, own, is_now, not_held = cursor.fetchone()
    assert (seq, previous, is_now, not_held) == (1, "", True, True)
    assert len(own) == 64


def test_the_application_cannot_choose_an_entrys_id() -> None:
    with pytest.raises(ProgrammingError, match="non-DEFAULT"):
        Entry.objects.create(id=7, action="forged")


def test_a_held_moment_is_not_believed_from_the_application(unit: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL portal.held_at = '2001-01-01T00:00:00Z'")
    assert trail.write("unit.opened", actor=None, record=unit).at.year > 2001


def test_a_held_moment_is_believed_from_the_owner_and_the_true_one_kept_beside_it() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET LOCAL portal.held_at = '2001-01-01T00:00:00Z'")
        entry = Entry.objects.using("owner").create(action="demo.loaded")
        cursor.execute("SET LOCAL portal.held_at = ''")
    assert entry.at.year == 2001
    assert entry.written_at.year > 2001


def test_a_refusal_is_written_down_with_its_reason(unit: Unit, dana: User) -> None:
    entry = trail.refused("unit.close", actor=dana, record=unit, reason="Only the head may.")
    assert (entry.action, entry.facts) == ("unit.close.refused", {"reason": "Only the head may."})


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_refusal_cannot_be_written_where_it_could_be_rolled_back(unit: Unit, dana: User) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        trail.refused("unit.close", actor=dana, record=unit, reason="Only the head may.")


CHANGES: dict[str, str] = {
    "edit": "UPDATE {table} SET {column} = {column}",
    "delete": "DELETE FROM {table}",
    "empty": "TRUNCATE {table}",
}
TABLES = {"audit_entry": "action", "audit_checkpoint": "signature"}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_may_not_change_what_is_written(table: str, change: str) -> None:
    refuse("default", CHANGES[change].format(table=table, column=TABLES[table]), ProgrammingError, "permission denied")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", CHANGES)
def test_even_the_owner_is_refused_while_the_trigger_stands(table: str, change: str) -> None:
    refuse("owner", CHANGES[change].format(table=table, column=TABLES[table]), IntegrityError, "only ever added to")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "ALTER TABLE audit_entry ADD COLUMN note text",
        "DROP TABLE audit_entry",
        "DROP TRIGGER append_only ON audit_entry",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE audit_entry (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_may_not_rebuild_the_trail(statement: str) -> None:
    refuse("default", statement, ProgrammingError, "permission denied|must be owner")


def refuse(alias: str, statement: str, error: type[Exception], match: str) -> None:
    with (
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
        pytest.raises(error, match=match),
        transaction.atomic(using=alias),
    ):
        cursor.execute(statement)


def test_every_append_only_table_has_its_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'")
        held = {table for (table,) in cursor.fetchall()}
    assert append_only_tables() <= held


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_clock_set_back_never_dates_an_entry_before_the_one_it_follows(unit: Unit) -> None:
    first = trail.write("unit.opened", actor=None, record=unit)
    tamper("UPDATE audit_entry SET written_at = written_at + interval '1 hour' WHERE id = %s", first.pk)
    first.refresh_from_db()
    assert trail.write("unit.closed", actor=None, record=unit).written_at == first.written_at


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_people_writing_at_once_leave_one_unbroken_chain(unit: Unit) -> None:
    waiting = threading.Barrier(2, timeout=10)

    def work() -> None:
        try:
            for _ in range(20):
                waiting.wait()
                trail.write("unit.touched", actor=None, record=unit)
        finally:
            connection.close()

    together(work, work)
    entries = list(trail.of(unit))
    assert [e.seq for e in entries] == list(range(1, 41))
    assert [e.previous_hash for e in entries] == ["", *(e.hash for e in entries[:-1])]


def together(*jobs: Callable[[], None]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
