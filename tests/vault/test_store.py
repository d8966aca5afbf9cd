"""A record's own key: wrapped in the database, tied to its record, and gone for good once destroyed."""

import io
import uuid
from unittest.mock import patch

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.db.models.functions import Now
from pytest_django import Settings

from tests.vault.keys import NEW, OLD, entry
from vault import store
from vault.envelope import VaultError
from vault.models import DataKey

pytestmark = pytest.mark.django_db
HERE = "incidents.incident:7"
CHANGE = "UPDATE vault_datakey SET {} WHERE id = %(id)s"


def test_each_record_has_a_key_of_its_own_that_is_never_stored_bare(settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD]
    with patch("vault.envelope.fresh_material", return_value=b"k" * 32):
        key = store.new_key(HERE)
    assert DataKey.objects.get(pk=key.pk).master_key == "old"
    assert b"k" * 32 not in bytes(DataKey.objects.get(pk=key.pk).wrapped)


def test_sealed_bytes_open_again_from_the_saved_row() -> None:
    key = store.new_key(HERE)
    sealed = store.seal(key, b"the reporter", purpose="reporter")
    kept = DataKey.objects.get(pk=key.pk)
    assert store.unseal(kept, sealed, binding=HERE, purpose="reporter") == b"the reporter"


def test_a_sealed_file_opens_again_from_the_saved_row() -> None:
    key = store.new_key(HERE)
    sealed = b"".join(store.seal_stream(key, io.BytesIO(b"a file"), purpose="original"))
    pieces = store.unseal_stream(DataKey.objects.get(pk=key.pk), io.BytesIO(sealed), binding=HERE, purpose="original")
    assert b"".join(pieces) == b"a file"


def test_what_is_sealed_for_one_purpose_does_not_serve_another() -> None:
    key = store.new_key(HERE)
    with pytest.raises(VaultError):
        store.unseal(key, store.seal(key, b"x", purpose="reporter"), purpose="narrative")


def test_one_record_cannot_be_read_with_the_key_of_another() -> None:
    sealed = store.seal(store.new_key(HERE), b"x")
    with pytest.raises(VaultError):
        store.unseal(store.new_key("incidents.incident:8"), sealed)


def test_a_key_and_its_contents_moved_together_to_another_row_are_refused() -> None:
    key = store.new_key(HERE)
    with pytest.raises(VaultError, match="belongs to another record"):
        store.unseal(key, store.seal(key, b"x"), binding="incidents.incident:8")
    with pytest.raises(VaultError, match="belongs to another record"):
        store.unseal_stream(key, io.BytesIO(b""), binding="incidents.incident:8")


def test_wrapped_keys_exchanged_between_two_rows_open_neither() -> None:
    one, two = store.new_key(HERE), store.new_key(HERE)
    sealed = store.seal(one, b"x")
    DataKey.objects.filter(pk=one.pk).update(wrapped=two.wrapped)
    one.refresh_from_db()
    with pytest.raises(VaultError):
        store.unseal(one, sealed)


def test_without_the_master_key_there_is_a_sentence_and_no_ciphertext(settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD]
    key = store.new_key(HERE)
    sealed = store.seal(key, b"x")
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(VaultError, match="“old”, which VAULT_KEYS does not have"):
        store.unseal(key, sealed)


def test_a_wrong_master_key_of_the_right_name_opens_nothing(settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD]
    key = store.new_key(HERE)
    sealed = store.seal(key, b"x")
    settings.VAULT_KEYS = [entry("old", 9)]
    with pytest.raises(VaultError, match="cannot be opened"):
        store.unseal(key, sealed)


def test_a_destroyed_key_opens_nothing_and_says_since_when() -> None:
    key = store.new_key(HERE)
    sealed = store.seal(key, b"x")
    store.destroy(key)
    kept = DataKey.objects.get(pk=key.pk)
    assert bytes(kept.wrapped) == b""
    with pytest.raises(VaultError, match=r"was destroyed on \w+ \d+, \d{4}\. Nothing can open it again"):
        store.unseal(kept, sealed)
    with pytest.raises(VaultError, match="was destroyed"):
        store.seal(key, b"more")


def test_destroying_twice_keeps_the_first_moment() -> None:
    key = store.new_key(HERE)
    store.destroy(key)
    first = key.destroyed_at
    store.destroy(key)
    assert key.destroyed_at == first


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("destroyed_at = NULL, wrapped = %(wrapped)s", "never comes back"),
        ("destroyed_at = NULL", "never comes back"),
        ("wrapped = %(wrapped)s", "never comes back"),
        ("destroyed_at = now() + interval '1 day'", "never comes back"),
    ],
)
def test_a_destroyed_key_never_comes_back(change: str, why: str) -> None:
    key = store.new_key(HERE)
    wrapped = bytes(key.wrapped)
    store.destroy(key)
    assert_refused(CHANGE.format(change), why, id=key.pk, wrapped=wrapped)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("wrapped = ''", "datakey_empty_exactly_when_destroyed"),
        ("destroyed_at = now()", "datakey_empty_exactly_when_destroyed"),
        ("binding = 'incidents.incident:8'", "stays with its record"),
        ("created_at = now() - interval '1 year'", "stays with its record"),
        ("id = gen_random_uuid()", "stays with its record"),
    ],
)
def test_a_living_key_is_not_blanked_moved_or_half_destroyed(change: str, why: str) -> None:
    key = store.new_key(HERE)
    assert_refused(CHANGE.format(change), why, id=key.pk)


def test_a_key_is_never_deleted_nor_the_table_emptied() -> None:
    key = store.new_key(HERE)
    assert_refused("DELETE FROM vault_datakey WHERE id = %(id)s", "destroyed, never deleted", id=key.pk)
    assert_refused("TRUNCATE vault_datakey CASCADE", "permission denied|destroyed, never deleted")


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_databases_owner_cannot_empty_the_table_either() -> None:
    with pytest.raises(IntegrityError, match="destroyed, never deleted"), connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE vault_datakey CASCADE")


def test_no_key_is_born_destroyed() -> None:
    with pytest.raises(IntegrityError, match="begins alive"), transaction.atomic():
        DataKey.objects.create(id=uuid.uuid4(), binding=HERE, master_key="old", wrapped=b"", destroyed_at=Now())


def assert_refused(statement: str, why: str, **parameters: uuid.UUID | bytes) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
