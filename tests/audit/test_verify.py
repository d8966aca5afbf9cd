"""verify_audit names every row that is not as it was written, also where the database's owner changed it."""

import base64
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connections
from pytest_django import Settings

from audit import checkpoints, signing, trail
from audit.models import Checkpoint, Entry
from people.models import Unit
from tests.audit.tampering import as_owner, rehash, switch, tamper

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


@pytest.fixture
def entries(unit: Unit) -> list[Entry]:
    """Four entries of one record, the first three signed in two checkpoints."""
    written = [trail.write("unit.touched", actor=None, record=unit, turn=turn) for turn in range(2)]
    checkpoints.sign_all()
    written.append(trail.write("unit.touched", actor=None, record=unit, turn=2))
    checkpoints.sign_all()
    return [*written, trail.write("unit.touched", actor=None, record=unit, turn=3)]


def verify(**options: str) -> str:
    """What the command says of an intact trail; raises CommandError of any other."""
    said = StringIO()
    call_command("verify_audit", stdout=said, stderr=said, **options)
    return said.getvalue()


def complaints(**options: str) -> str:
    """What the command says of a trail that is not intact."""
    said = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_audit", stdout=said, stderr=said, verbosity=0, **options)
    assert failure.value.returncode == 1
    return f"{said.getvalue()}{failure.value}"


def test_an_intact_trail_is_said_to_be_so_with_figures(entries: list[Entry]) -> None:
    said = verify()
    head = Checkpoint.objects.get(number=2)
    assert "intact. Entries read: 4, signed: 3." in said
    assert f"Covered up to {head.at:%Y-%m-%d %H:%M:%S} UTC" in said
    assert f"Checkpoints: 2, the last of them 2:{head.hash}" in said
    assert "not yet signed: 1" in said


def test_an_empty_trail_is_intact() -> None:
    assert "intact. Entries read: 0," in verify()


@pytest.mark.parametrize(
    "change",
    [
        "action = 'unit.closed'",
        "facts = '{\"turn\": 9}'",
        "actor_id = NULL, request_id = 'another'",
        "record_id = '999999'",
        "at = at - interval '1 second'",
        "written_at = written_at - interval '1 second'",
        "previous_hash = repeat('0', 64)",
        "hash = repeat('0', 64)",
    ],
)
def test_an_edited_entry_is_named(change: str, entries: list[Entry]) -> None:
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", entries[1].pk)  # noqa: S608
    assert f"entry {entries[1].pk} (#2 of " in complaints()


def test_an_edited_entry_given_a_fitting_hash_is_named_by_the_checkpoint_that_signed_it(entries: list[Entry]) -> None:
    tamper("UPDATE audit_entry SET action = 'unit.closed' WHERE id = %s", entries[2].pk)
    rehash(entries[2].pk)
    said = complaints()
    assert f"entry {entries[2].pk}: edited: checkpoint 2 signed other contents" in said
    assert f"entry {entries[3].pk} (#4 of people.unit {entries[3].record_id}): does not follow" in said


def test_an_entry_deleted_from_the_middle_is_named(entries: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id = %s", entries[1].pk)
    said = complaints()
    assert f"#2 to #2 of people.unit {entries[1].record_id}: deleted" in said
    assert f"entry {entries[1].pk}: deleted: checkpoint 1 signed it" in said


def test_a_signed_tail_that_was_deleted_is_named(entries: list[Entry]) -> None:
    tamper("DELETE FROM audit_entry WHERE id >= %s", entries[2].pk)
    said = complaints()
    assert f"entry {entries[2].pk}: deleted: checkpoint 2 signed it" in said
    assert f"entry {entries[3].pk}: deleted before it was signed" in said


INSERT = """
    INSERT INTO audit_entry (at, written_at, action, record_type, record_id, seq, facts, request_id,
        previous_hash, hash)
    SELECT written_at + %s::interval, written_at + %s::interval, 'forged', record_type, record_id, %s, '{}', '',
        hash, '' FROM audit_entry WHERE id = %s RETURNING id
"""


def insert(after: Entry, *, seq: int, shift: str) -> int:
    """A forged entry that follows another's hash, shifted in time, with a fitting hash of its own."""
    with as_owner() as cursor:
        cursor.execute(INSERT, [shift, shift, seq, after.pk])
        forged = int(cursor.fetchone()[0])
    rehash(forged)
    return forged


def test_an_entry_inserted_with_a_past_date_is_named(entries: list[Entry]) -> None:
    forged = insert(entries[3], seq=5, shift="-3 days")
    said = complaints()
    assert f"entry {forged}: in no checkpoint although written" in said
    assert f"entry {forged} (#5 of people.unit {entries[3].record_id}): back-dated" in said


def test_a_forged_entry_that_gets_itself_signed_is_named_by_its_date(entries: list[Entry]) -> None:
    forged = insert(entries[3], seq=5, shift="-3 days")
    tamper("INSERT INTO audit_unsigned (entry_id) VALUES (%s)", forged)
    checkpoints.sign_all()
    assert f"entry {forged}: back-dated: written" in complaints()


def test_an_entry_dated_in_the_future_is_named_and_never_signed(entries: list[Entry]) -> None:
    forged = insert(entries[3], seq=5, shift="3 days")
    tamper("INSERT INTO audit_unsigned (entry_id) VALUES (%s)", forged)
    assert checkpoints.sign_all() == 1
    assert f"entry {forged}: dated in the future" in complaints()


@pytest.fixture
def demo_past() -> Iterator[Entry]:
    """An entry the owner had dated by a held moment."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET portal.held_at = '2001-01-01T00:00:00Z'")
        yield Entry.objects.using("owner").create(action="demo.loaded")
        cursor.execute("SET portal.held_at = ''")


def test_a_held_moment_counts_as_back_dated_except_in_a_demo(demo_past: Entry, settings: Settings) -> None:
    assert f"entry {demo_past.pk} (#1 of no record): back-dated: says 2001-01-01" in complaints()
    settings.DEMO = True
    assert "intact" in verify()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE audit_checkpoint SET at = at - interval '1 day' WHERE number = 1", "checkpoint 1: edited"),
        ("UPDATE audit_checkpoint SET entry_ids = entry_ids[1:1] WHERE number = 1", "checkpoint 1: edited"),
        (
            "UPDATE audit_checkpoint SET signature = reverse(signature) WHERE number = 2",
            "checkpoint 2: wrong signature",
        ),
        ("UPDATE audit_checkpoint SET hash = previous_hash WHERE number = 2", "checkpoint 2: edited"),
        ("DELETE FROM audit_checkpoint WHERE number = 1", "checkpoints 1 to 1: deleted"),
    ],
)
def test_a_changed_checkpoint_is_named(change: str, named: str, entries: list[Entry]) -> None:
    tamper(change)
    assert named in complaints()


def forge_checkpoint(key: Ed25519PrivateKey) -> None:
    """Replace the last checkpoint by one of the forger's own, over the entries as they now are."""
    tamper("DELETE FROM audit_checkpoint WHERE number = 2")
    tamper("INSERT INTO audit_unsigned SELECT max(id) - 1 FROM audit_entry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "private_key", lambda: key)
        checkpoints.sign_all()


def test_a_checkpoint_signed_with_another_key_is_named(entries: list[Entry]) -> None:
    key = Ed25519PrivateKey.generate()
    forge_checkpoint(key)
    name = signing.name_of(key.public_key())
    assert f"checkpoint 2: signed with a key that is missing here, {name}" in complaints()


def test_a_checkpoint_that_claims_our_key_without_having_it_is_named(entries: list[Entry]) -> None:
    ours = signing.private_key().public_key()
    forger = Ed25519PrivateKey.generate()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing, "name_of", lambda _: base64.b64encode(ours.public_bytes_raw()).decode())
        forge_checkpoint(forger)
    assert "checkpoint 2: wrong signature" in complaints()


def test_removed_checkpoints_are_missed_by_whoever_noted_the_last_one(entries: list[Entry]) -> None:
    head = f"2:{Checkpoint.objects.get(number=2).hash}"
    assert "intact" in verify(head=head)
    tamper("DELETE FROM audit_checkpoint WHERE number = 2")
    assert f"checkpoint {head}: deleted or replaced" in complaints(head=head)


def test_a_key_that_is_not_there_is_said_in_a_sentence(entries: list[Entry], settings: Settings) -> None:
    settings.AUDIT_SIGNING_KEY = ""
    assert "AUDIT_SIGNING_KEY must hold" in complaints()


@pytest.mark.parametrize("table", ["audit_entry", "audit_checkpoint"])
def test_triggers_left_disabled_are_named(table: str, entries: list[Entry]) -> None:
    with connections["owner"].cursor() as cursor:
        switch(cursor, "DISABLE")
        said = complaints()
        switch(cursor, "ENABLE")
    assert f"table {table}: its trigger append_only is missing or disabled" in said
    assert "intact" in verify()


AWKWARD: list[Callable[[Unit], Entry]] = [
    lambda unit: trail.write("a", actor=None, record=unit, text='é\u200b"\\\n\t\x7f\u2028 😀', number=1.5e300),
    lambda unit: trail.write("a", actor=None, record=unit, nested={"b": [None, True, {}], "a": ""}),
    lambda _: trail.write("12:-", actor=None, record=None, empty=""),
]


@pytest.mark.parametrize("write", AWKWARD)
def test_any_contents_are_read_back_as_they_were_written(write: Callable[[Unit], Entry], unit: Unit) -> None:
    write(unit)
    checkpoints.sign_all()
    assert "intact. Entries read: 1, signed: 1." in verify()
