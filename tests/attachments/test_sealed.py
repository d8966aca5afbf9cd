"""What is stored opens only as what was received, under the keys there are."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from attachments import sealing
from attachments.models import Attachment
from tests.attachments.conftest import Take, on_disk, opened
from tests.attachments.files import picture
from tests.vault.keys import NEW, OLD
from vault import rotation, store
from vault.envelope import VaultError

pytestmark = pytest.mark.django_db


def test_files_open_after_the_master_key_was_changed(take: Take, settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD]
    kept = take()
    settings.VAULT_KEYS = [NEW, OLD]
    assert sum(batch.seen for batch in rotation.batches(10)) == 1
    settings.VAULT_KEYS = [NEW]
    assert opened(kept) == picture()


def test_a_file_whose_key_was_destroyed_stays_shut(take: Take) -> None:
    kept = take()
    store.destroy(kept.key)
    with pytest.raises(VaultError, match="destroyed"):
        opened(kept)


Tamper = Callable[[Attachment, Attachment], object]
TAMPERING: list[tuple[str, Tamper]] = [
    ("one bit", lambda one, _: _write(one, _flipped(one))),
    ("cut short", lambda one, _: _write(one, on_disk(one.stored_name).read_bytes()[:-1])),
    ("exchanged", lambda one, two: _write(one, on_disk(two.stored_name).read_bytes())),
    ("its own copy instead", lambda one, _: _write(one, on_disk(one.copy_name).read_bytes())),
    ("missing", lambda one, _: on_disk(one.stored_name).unlink()),
]


@pytest.mark.parametrize("tamper", [tamper for _, tamper in TAMPERING], ids=[name for name, _ in TAMPERING])
def test_a_tampered_file_stays_shut_from_the_first_byte(tamper: Tamper, take: Take) -> None:
    one, two = take("one.png", picture()), take("two.png", picture(size=(41, 30)))
    tamper(one, two)
    with pytest.raises(VaultError):
        sealing.original(one)
    assert opened(two)


def test_a_row_that_states_another_fingerprint_stays_shut(take: Take) -> None:
    kept = take()
    kept.sha256 = "0" * 64
    with pytest.raises(VaultError, match="its SHA-256 differs"):
        sealing.original(kept)


def _write(attachment: Attachment, content: bytes) -> None:
    on_disk(attachment.stored_name).write_bytes(content)


def _flipped(attachment: Attachment) -> bytes:
    content = on_disk(attachment.stored_name).read_bytes()
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]
