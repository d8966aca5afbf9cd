"""Master keys for the tests, each told apart by its one repeated byte."""

import base64

from vault.envelope import Key


def entry(name: str, byte: int) -> str:
    """One entry of VAULT_KEYS."""
    return f"{name}:{base64.b64encode(bytes([byte]) * 32).decode()}"


OLD, NEW = entry("old", 1), entry("new", 2)
KEY, OTHER = Key("one", bytes(32)), Key("two", bytes([7]) * 32)
