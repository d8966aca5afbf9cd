"""Every committed entry is signed once, and exactly the entries that were."""

import base64
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from pytest_django import Settings

from audit import checkpoints, signing, tasks, trail
from audit.checks import checkpoint_lag
from audit.models import Checkpoint, Entry
from people.models import Unit

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


def covered() -> list[list[int]]:
    return list(Checkpoint.objects.order_by("number").values_list("entry_ids", flat=True))


def test_a_checkpoint_signs_what_was_written_since_the_last(unit: Unit) -> None:
    first, second = (trail.write("unit.touched", actor=None, record=unit) for _ in range(2))
    assert tasks.checkpoint() == 2
    third = trail.write("unit.touched", actor=None, record=unit)
    assert tasks.checkpoint() == 1
    assert covered() == [[first.pk, second.pk], [third.pk]]


def test_checkpoints_are_chained_and_signed_by_the_key_of_the_environment(unit: Unit) -> None:
    for _ in range(2):
        trail.write("unit.touched", actor=None, record=unit)
        checkpoints.sign_all()
    one, two = Checkpoint.objects.order_by("number")
    assert (one.previous_hash, two.previous_hash) == ("", one.hash)
    key = signing.private_key().public_key()
    assert signing.is_signed(two.hash, two.signature, key)
    assert not signing.is_signed(one.hash, two.signature, key)


def test_nothing_new_makes_no_checkpoint() -> None:
    assert checkpoints.sign_all() == 0
    assert covered() == []


def test_a_slow_transaction_that_commits_a_lower_id_later_is_signed_by_the_next_checkpoint(unit: Unit) -> None:
    with transaction.atomic(using="owner"):
        slow = Entry.objects.using("owner").create(action="slow")
        quick = trail.write("unit.touched", actor=None, record=unit)
        assert slow.pk < quick.pk
        checkpoints.sign_all()
    checkpoints.sign_all()
    assert covered() == [[quick.pk], [slow.pk]]


def test_what_was_rolled_back_is_never_signed(unit: Unit) -> None:
    with transaction.atomic():
        trail.write("unit.touched", actor=None, record=unit)
        transaction.set_rollback(True)
    assert checkpoints.sign_all() == 0


def test_a_long_backlog_is_signed_in_several_checkpoints(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "BATCH", 2)
    for _ in range(5):
        trail.write("unit.touched", actor=None, record=unit)
    assert checkpoints.sign_all() == 5
    assert [len(ids) for ids in covered()] == [2, 2, 1]


def test_a_second_signer_at_the_same_time_leaves_the_work_to_the_first(unit: Unit) -> None:
    trail.write("unit.touched", actor=None, record=unit)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [checkpoints.ONE_SIGNER])
        assert checkpoints.sign_all() == 0
    assert checkpoints.sign_all() == 1


@pytest.mark.parametrize("value", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_without_a_usable_key_nothing_is_signed_and_the_reason_is_plain(
    value: str, unit: Unit, settings: Settings
) -> None:
    settings.AUDIT_SIGNING_KEY = value
    trail.write("unit.touched", actor=None, record=unit)
    with pytest.raises(ImproperlyConfigured, match="AUDIT_SIGNING_KEY"):
        checkpoints.sign_all()
    assert covered() == []


def test_a_retired_keys_public_half_is_still_believed(settings: Settings) -> None:
    old = signing.name_of(signing.private_key().public_key())
    new = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    settings.AUDIT_SIGNING_KEY = f"{new},{old}"
    assert old in signing.trusted_keys()
    assert signing.name_of(signing.private_key().public_key()) != old


def test_the_lag_is_the_age_of_the_oldest_unsigned_entry(unit: Unit) -> None:
    assert checkpoint_lag() is None
    trail.write("unit.touched", actor=None, record=unit)
    lag = checkpoint_lag()
    assert lag is not None
    assert timedelta(0) <= lag < timedelta(minutes=1)
    checkpoints.sign_all()
    assert checkpoint_lag() is None
