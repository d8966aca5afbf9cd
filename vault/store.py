"""Sealing and opening with a record's own key, making such keys, and destroying them."""

import uuid
from collections.abc import Iterator

from django.db.models.functions import Now
from django.utils import timezone

from vault import envelope, keyring, stream
from vault.envelope import Key, Sealed, VaultError
from vault.models import DataKey
from vault.stream import Readable

CONTENT = "content"


def new_key(binding: str) -> DataKey:
    """Make and save the key of one record; the binding names its table and row, as in "incidents.incident:7"."""
    key = DataKey(id=uuid.uuid4(), binding=binding)
    _wrap(key, envelope.fresh_material())
    key.save(force_insert=True)
    return key


def seal(key: DataKey, plaintext: bytes, *, purpose: str = CONTENT) -> bytes:
    """The sealed form of some bytes for one purpose on the key's record; raises VaultError for a destroyed key."""
    return bytes(envelope.seal(plaintext, key=_opened(key), binding=_place(key, purpose)))


def unseal(key: DataKey, sealed: bytes | memoryview, *, binding: str | None = None, purpose: str = CONTENT) -> bytes:
    """The bytes that were sealed; name the row's binding, and a key moved over from another row opens nothing."""
    _refuse_strangers(key, binding)
    return envelope.unseal(Sealed.parse(bytes(sealed)), key=_opened(key), binding=_place(key, purpose))


def seal_stream(key: DataKey, source: Readable, *, purpose: str = CONTENT) -> Iterator[bytes]:
    """The sealed form of a file, piece by piece; raises VaultError at once when the key is destroyed."""
    return stream.seal(source, key=_opened(key), binding=_place(key, purpose))


def unseal_stream(
    key: DataKey, source: Readable, *, binding: str | None = None, purpose: str = CONTENT
) -> Iterator[bytes]:
    """The file that was sealed, each piece proven first; raises VaultError at once or at the first false piece."""
    _refuse_strangers(key, binding)
    return stream.unseal(source, key=_opened(key), binding=_place(key, purpose))


def rewrap(key: DataKey) -> None:
    """Wrap a locked, living key with the primary master key and save it; what it seals stays as it is."""
    _wrap(key, _opened(key).material)
    key.save(update_fields=["master_key", "wrapped"])


def destroy(key: DataKey) -> None:
    """Overwrite the wrapped key for good: what it sealed can be opened by nobody, from this commit on."""
    DataKey.objects.filter(pk=key.pk, destroyed_at=None).update(wrapped=b"", destroyed_at=Now())
    key.refresh_from_db(fields=["wrapped", "destroyed_at"])


def _wrap(key: DataKey, material: bytes) -> None:
    master = keyring.primary()
    key.master_key = master.id
    key.wrapped = bytes(envelope.seal(material, key=master, binding=_own_place(key)))


def _opened(key: DataKey) -> Key:
    if key.destroyed_at is not None:
        day = timezone.localtime(key.destroyed_at).strftime("%B %-d, %Y")
        raise VaultError(f"The key to this record was destroyed on {day}. Nothing can open it again.")
    wrapped = Sealed.parse(bytes(key.wrapped))
    return Key(str(key.pk), envelope.unseal(wrapped, key=keyring.named(wrapped.key_id), binding=_own_place(key)))


def _refuse_strangers(key: DataKey, binding: str | None) -> None:
    if binding is not None and key.binding != binding:
        raise VaultError("This sealed record cannot be opened: its key belongs to another record.")


def _place(key: DataKey, purpose: str) -> str:
    return f"{key.binding}#{purpose}"


def _own_place(key: DataKey) -> str:
    return f"vault.datakey:{key.pk}#{key.binding}"
