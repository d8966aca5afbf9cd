"""The sealed form of a few bytes: AES-256-GCM under one named key, tied to the place it belongs to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16


class VaultError(Exception):
    """Something sealed cannot be opened; carries a sentence for a person, never any of the contents."""


@dataclass(frozen=True)
class Key:
    """256 bits and the name they go by; the bits never appear in a repr, and so never in a log."""

    id: str
    material: bytes = field(repr=False)


@dataclass(frozen=True)
class Sealed:
    """Version byte, name of the key, nonce, ciphertext with its tag; everything before the nonce is authenticated."""

    key_id: str
    nonce: bytes
    ciphertext: bytes

    def __bytes__(self) -> bytes:
        return self.header + self.nonce + self.ciphertext

    @property
    def header(self) -> bytes:
        """The part that says how to open the rest."""
        name = self.key_id.encode()
        return bytes([VERSION, len(name)]) + name

    @classmethod
    def parse(cls, raw: bytes) -> Sealed:
        """Take sealed bytes apart without opening them; raises VaultError when they are nothing this vault sealed."""
        if len(raw) < 2 or raw[0] != VERSION:
            raise VaultError("This is not a sealed record, or a newer version of the portal sealed it.")
        starts = 2 + raw[1]
        ends = starts + NONCE_BYTES
        if len(raw) < ends + TAG_BYTES:
            raise VaultError("This sealed record is incomplete.")
        return cls(_name(raw[2:starts]), raw[starts:ends], raw[ends:])


def fresh_material() -> bytes:
    """New random bits for one key, from the operating system."""
    return os.urandom(KEY_BYTES)


def seal(plaintext: bytes, *, key: Key, binding: str) -> Sealed:
    """Seal bytes so that only this key opens them, and only where the binding (table, row, purpose) is the same."""
    empty = Sealed(key.id, os.urandom(NONCE_BYTES), b"")
    ciphertext = AESGCM(key.material).encrypt(empty.nonce, plaintext, empty.header + binding.encode())
    return Sealed(empty.key_id, empty.nonce, ciphertext)


def unseal(sealed: Sealed, *, key: Key, binding: str) -> bytes:
    """The bytes that were sealed; raises VaultError for another key, another binding, or a single changed bit."""
    try:
        return AESGCM(key.material).decrypt(sealed.nonce, sealed.ciphertext, sealed.header + binding.encode())
    except InvalidTag:
        raise VaultError(
            "This sealed record cannot be opened: it was altered or moved, or this is not the key that sealed it."
        ) from None


def _name(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise VaultError("This sealed record names no key that can be read.") from None
