"""Sealed files in the storage: put there under a random name, read back proven, deleted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from django.core.files import File
from django.core.files.storage import default_storage

from attachments import strays
from attachments.models import Attachment
from vault import store
from vault.envelope import VaultError
from vault.models import DataKey
from vault.stream import Readable

ORIGINAL, COPY = "original", "copy"
IN_MEMORY_BYTES = 2 * 1024 * 1024


def keep(key: DataKey, source: Readable, *, purpose: str) -> str:
    """Seal a file into the storage; returns its random name there, which is deleted again should its row not come."""
    random = secrets.token_hex(16)
    name = strays.expect(f"{random[:2]}/{random}")
    # Only what is sealed already is ever put on disk here.
    with SpooledTemporaryFile(IN_MEMORY_BYTES) as sealed:
        sealed.writelines(store.seal_stream(key, source, purpose=purpose))
        sealed.seek(0)
        _save(name, File(sealed))
    return name


def original(attachment: Attachment) -> Iterator[bytes]:
    """The file as it was received; raises VaultError before the first piece unless all of it is genuine."""
    digest = hashlib.sha256()
    for piece in _opened(attachment, attachment.stored_name, ORIGINAL):
        digest.update(piece)
    if digest.hexdigest() != attachment.sha256:
        raise VaultError("This file is not the one that was received: its SHA-256 differs.")
    return _opened(attachment, attachment.stored_name, ORIGINAL)


def copy(attachment: Attachment) -> bytes:
    """The shared copy, whole; raises VaultError unless all of it is genuine."""
    return b"".join(_opened(attachment, attachment.copy_name, COPY))


def delete(names: list[str]) -> None:
    """Delete sealed files; one that is not there is fine."""
    for name in names:
        default_storage.delete(name)


def _save(name: str, sealed: File[bytes]) -> None:
    try:
        default_storage.save(name, sealed)
    except BaseException:
        # A full disk leaves half a file.
        default_storage.delete(name)
        raise


def _opened(attachment: Attachment, name: str, purpose: str) -> Iterator[bytes]:
    try:
        sealed = default_storage.open(name)
    except FileNotFoundError:
        raise VaultError("The sealed file is missing from the storage.") from None
    with sealed:
        yield from store.unseal_stream(attachment.key, sealed, binding=attachment.binding, purpose=purpose)
