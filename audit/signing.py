"""The keys of the checkpoints: they live in the environment, never in the database they vouch for."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def private_key() -> Ed25519PrivateKey:
    """The key that signs: the first in AUDIT_SIGNING_KEY; raises ImproperlyConfigured when there is none."""
    return Ed25519PrivateKey.from_private_bytes(_listed()[0])


def trusted_keys() -> dict[str, Ed25519PublicKey]:
    """Public keys believed, by name: the signing key's own, then the retired ones listed after it."""
    retired = [Ed25519PublicKey.from_public_bytes(raw) for raw in _listed()[1:]]
    return {name_of(key): key for key in (private_key().public_key(), *retired)}


def name_of(key: Ed25519PublicKey) -> str:
    """The public key itself in base64, as a checkpoint records it and as AUDIT_SIGNING_KEY takes it once retired."""
    return base64.b64encode(key.public_bytes_raw()).decode()


def sign(statement: str, key: Ed25519PrivateKey) -> str:
    """The signature over a checkpoint's hash, in base64."""
    return base64.b64encode(key.sign(statement.encode())).decode()


def is_signed(statement: str, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether this key made this signature over this hash."""
    try:
        key.verify(base64.b64decode(signature, validate=True), statement.encode())
    except (InvalidSignature, binascii.Error):
        return False
    return True


def _listed() -> list[bytes]:
    try:
        keys = [base64.b64decode(part, validate=True) for part in settings.AUDIT_SIGNING_KEY.split(",") if part]
    except binascii.Error as error:
        raise ImproperlyConfigured("AUDIT_SIGNING_KEY is not base64.") from error
    if not keys or any(len(key) != 32 for key in keys):
        raise ImproperlyConfigured(
            "AUDIT_SIGNING_KEY must hold the 32-byte Ed25519 private key in base64, without which no checkpoint"
            " can be signed or verified; after a comma, the public keys of retired ones."
        )
    return keys
