"""Master keys change while the portal runs, and nothing sealed is lost on the way."""

import io
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django import Settings

from audit.models import Entry
from tests.vault.keys import NEW, OLD
from vault import rotation, store
from vault.envelope import VaultError
from vault.models import DataKey


def rotate(**options: object) -> str:
    told = io.StringIO()
    call_command("rotate_vault_keys", stdout=told, stderr=io.StringIO(), **options)
    return told.getvalue()


def sealed_under_old(settings: Settings, records: int) -> dict[DataKey, bytes]:
    settings.VAULT_KEYS = [OLD]
    keys = [store.new_key(f"incidents.incident:{number}") for number in range(records)]
    contents = {key: store.seal(key, key.binding.encode()) for key in keys}
    settings.VAULT_KEYS = [NEW, OLD]
    return contents


def opened(key: DataKey, sealed: bytes) -> bytes:
    return store.unseal(DataKey.objects.get(pk=key.pk), sealed)


@pytest.mark.django_db
def test_after_rotation_everything_opens_without_the_old_key(settings: Settings) -> None:
    contents = sealed_under_old(settings, 7)
    told = rotate(batch=3)
    settings.VAULT_KEYS = [NEW]
    assert "Key “new” is primary and wraps 7 data keys." in told
    assert "Key “old” is no longer needed: remove it from VAULT_KEYS." in told
    assert all(opened(key, sealed) == key.binding.encode() for key, sealed in contents.items())


@pytest.mark.django_db
def test_what_was_read_before_rotation_still_opens_after_it(settings: Settings) -> None:
    [(key, sealed)] = sealed_under_old(settings, 1).items()
    rotate()
    assert store.unseal(key, sealed) == b"incidents.incident:0"


@pytest.mark.django_db
def test_a_rotation_that_was_stopped_is_taken_up_where_it_was(settings: Settings) -> None:
    sealed_under_old(settings, 5)
    assert next(rotation.batches(2)).seen == 2
    assert rotation.in_use() == {"old": 3, "new": 2}
    assert "wraps 5 data keys" in rotate()
    assert "wraps 5 data keys" in rotate()


@pytest.mark.django_db
def test_each_batch_is_written_down(settings: Settings) -> None:
    sealed_under_old(settings, 5)
    rotate(batch=2)
    written = Entry.objects.filter(action="vault.rewrapped").order_by("seq")
    assert [entry.facts for entry in written] == [{"to": "new", "keys": n} for n in (2, 2, 1)]


@pytest.mark.django_db
def test_keys_of_a_lost_master_key_are_named_and_the_rest_goes_on(settings: Settings) -> None:
    contents = sealed_under_old(settings, 2)
    settings.VAULT_KEYS = [NEW]
    store.new_key("incidents.incident:9")
    with pytest.raises(CommandError, match=r"2 data keys could not be rewrapped:\nincidents\.incident:\d: .*“old”"):
        rotate()
    settings.VAULT_KEYS = [NEW, OLD]
    assert all(opened(key, sealed) for key, sealed in contents.items())


@pytest.mark.django_db
def test_destroyed_keys_are_left_alone(settings: Settings) -> None:
    [(key, sealed)] = sealed_under_old(settings, 1).items()
    store.destroy(key)
    assert "Key “old” is no longer needed" in rotate()
    with pytest.raises(VaultError, match="destroyed"):
        opened(key, sealed)


@pytest.mark.django_db
def test_without_a_key_the_command_says_so(settings: Settings) -> None:
    settings.VAULT_KEYS = []
    with pytest.raises(CommandError, match="VAULT_KEYS is empty"):
        rotate()
    with pytest.raises(CommandError, match="1 or more"):
        rotate(batch=0)


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_key_destroyed_while_its_batch_waits_stays_destroyed(settings: Settings) -> None:
    [(key, _)] = sealed_under_old(settings, 1).items()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            store.destroy(key)
            told = pool.submit(rotate_in_a_thread)
            wait_until_someone_waits_for_the_row()
        assert "Key “old” is no longer needed" in told.result(20)
    assert bytes(DataKey.objects.get(pk=key.pk).wrapped) == b""


def rotate_in_a_thread() -> str:
    try:
        return rotate()
    finally:
        connection.close()


def wait_until_someone_waits_for_the_row() -> None:
    deadline = monotonic() + 20
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')"
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute(waiting)
            if cursor.fetchone() != (0,):
                return
    pytest.fail("Nobody waited for the row.")
