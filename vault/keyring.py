"""The master keys, from settings.VAULT_KEYS: "id:base64 of 32 bytes" each; the first seals, all of them open."""

import base64
import binascii
import re

from django.conf import settings

from vault.envelope import KEY_BYTES, Key, VaultError

_ENTRY = re.compile(r"(?P<id>[A-Za-z0-9._-]{1,40}):(?P<material>[A-Za-z0-9+/=]+)")


def ring() -> dict[str, Key]:
    """Every master key by its id, the primary first; raises VaultError that names a bad entry by its position only."""
    keys: dict[str, Key] = {}
    for position, entry in enumerate(settings.VAULT_KEYS, start=1):
        key = _parsed(entry.strip(), position)
        if key.id in keys:
            raise VaultError(f"VAULT_KEYS names the key “{key.id}” twice.")
        keys[key.id] = key
    return keys


def primary() -> Key:
    """The master key that wraps what is new; raises VaultError when there is none."""
    try:
        return next(iter(ring().values()))
    except StopIteration:
        raise VaultError(
            "VAULT_KEYS is empty, so nothing can be sealed. Add a key as “id:base64 of 32 bytes”."
        ) from None


def named(key_id: str) -> Key:
    """The master key of this id; raises VaultError when VAULT_KEYS lacks it."""
    try:
        return ring()[key_id]
    except KeyError:
        raise VaultError(f"This record is sealed with the key “{key_id}”, which VAULT_KEYS does not have.") from None


def _parsed(entry: str, position: int) -> Key:
    match = _ENTRY.fullmatch(entry)
    material = _decoded(match["material"]) if match else b""
    if match is None or len(material) != KEY_BYTES:
        raise VaultError(f"Entry {position} of VAULT_KEYS is not “id:base64 of {KEY_BYTES} bytes”.")
    return Key(match["id"], material)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""
