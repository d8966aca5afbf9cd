"""Statements planned once a connection: the same answers as any other, whatever is asked and whatever became of it."""

import uuid
from time import monotonic

import pytest
from django.db import IntegrityError, NotSupportedError, connection, connections, transaction
from django.db.backends.postgresql import base as postgresql
from pytest_django import Settings

from audit.models import Entry
from compliance_portal.database import base
from people import planned
from people.models import RoleGrant, User
from people.planned import Planned
from people.prepared import HERE, Prepared, put
from tests.personas import employee

pytestmark = pytest.mark.django_db
NAMED = Planned("SELECT id FROM people_user WHERE name = %s AND is_active = %s", ["who", True], asks=["who"])


def plans() -> int:
    """How many statements this connection keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'portal_%%'")
        return int(cursor.fetchall()[0][0])


def test_it_answers_each_question_and_is_planned_for_the_first_alone() -> None:
    erin, sam = employee("Erin Employee"), employee("Sam O'Hara")
    assert NAMED.rows("Erin Employee") == [(erin.pk,)]
    kept = plans()
    assert NAMED.rows("Sam O'Hara") == [(sam.pk,)]
    assert NAMED.rows("x'); DROP TABLE people_user; --") == []
    assert plans() == kept


def test_what_is_written_into_it_may_hold_quotes_and_signs_of_its_own() -> None:
    nora = employee("Nora 100% O'Neil $1 %s")
    by_name = Planned("SELECT id FROM people_user WHERE name = %s AND id = %s", [nora.name, "number"], asks=["number"])
    assert by_name.rows(nora.pk) == [(nora.pk,)]


def test_a_transaction_that_is_undone_takes_no_plan_along() -> None:
    once = Planned("SELECT %s::int + 1", ["number"], asks=["number"])
    with transaction.atomic():
        assert once.rows(1) == [(2,)]
        transaction.set_rollback(True)
    assert once.rows(2) == [(3,)]


def test_the_one_asked_longest_ago_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned, "MOST", 3)
    many = [Planned(f"SELECT {number}, %s::int", ["number"], asks=["number"]) for number in range(3001, 3006)]
    for each in many:
        each.rows(1)
    assert plans() <= 100
    assert [each.rows(7)[0][1] for each in many] == [7] * 5


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_anew() -> None:
    erin = employee("Erin Employee")
    assert NAMED.rows("Erin Employee") == [(erin.pk,)]
    connection.close()
    assert NAMED.rows("Erin Employee") == [(erin.pk,)]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_seen_to_be_gone_and_a_healthy_one_is_kept() -> None:
    employee()
    assert connection.is_usable()
    held = connection.connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchall()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    assert not connection.is_usable()
    connection.health_check_done = False  # type: ignore[attr-defined]
    assert User.objects.count() == 1
    assert connection.connection is not held


@pytest.mark.django_db(transaction=True)
def test_only_a_connection_that_stood_idle_is_asked_whether_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def is_usable(_self: object) -> bool:
        asked.append(True)
        return True

    connection.ensure_connection()
    monkeypatch.setattr(postgresql.DatabaseWrapper, "is_usable", is_usable)
    assert connection.is_usable()
    asked.clear()
    assert connection.is_usable()
    assert asked == []
    later = monotonic() + base.ASKED_AFTER_SECONDS + 1
    monkeypatch.setattr(base, "monotonic", lambda: later)
    assert connection.is_usable()
    assert asked == [True]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_after_a_column_changed_its_type_it_is_planned_anew(settings: Settings) -> None:
    words = Planned("SELECT word FROM changing WHERE word <> %s", ["not"], asks=["not"])
    with connections["owner"].cursor() as migration:
        migration.execute("CREATE TABLE changing (word varchar(10)); INSERT INTO changing VALUES ('one')")
        migration.execute(f"GRANT SELECT ON changing TO {settings.DATABASE_ROLES['app']}")
        try:
            assert words.rows("two") == [("one",)]
            migration.execute("ALTER TABLE changing ALTER COLUMN word TYPE varchar(20)")
            assert words.rows("two") == [("one",)]
            migration.execute("ALTER TABLE changing ALTER COLUMN word TYPE text")
            with pytest.raises(NotSupportedError), transaction.atomic():
                words.rows("two")
            assert words.rows("two") == [("one",)]
        finally:
            migration.execute("DROP TABLE changing")


def test_a_prepared_record_is_the_one_the_orm_reads() -> None:
    erin = employee()
    by_id: Prepared[User] = Prepared(lambda number: User.objects.filter(pk=number))
    found = by_id.first(erin.pk)
    assert found is not None
    assert {f.attname: getattr(found, f.attname) for f in User._meta.concrete_fields} == {
        f.attname: getattr(User.objects.get(pk=erin.pk), f.attname) for f in User._meta.concrete_fields
    }
    assert by_id.first(HERE) is None


def test_a_record_put_in_is_the_one_that_save_would_make_and_knows_what_the_database_filled_in() -> None:
    erin = employee()
    facts = {"words": "it's 5 % “more”", "list": [1, {"two": None}]}
    entry = put(Entry(action="tests.put", actor=erin, record_type="tests", record_id=str(uuid.uuid4()), facts=facts))
    stored = Entry.objects.get(pk=entry.pk)
    assert not entry._state.adding
    assert {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields} == {
        f.attname: getattr(stored, f.attname) for f in Entry._meta.concrete_fields
    }


def test_what_the_database_refuses_is_refused_as_from_save() -> None:
    erin = employee()
    with pytest.raises(IntegrityError), transaction.atomic():
        put(RoleGrant(user=erin, role="no such role", granted_by=erin))
