"""Whether the configured master keys can be read, asked before anything is served."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error

from vault import keyring
from vault.envelope import VaultError


def master_keys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001  Django's signature
    """One error when VAULT_KEYS holds an entry that is no key."""
    try:
        keyring.ring()
    except VaultError as error:
        return [Error(str(error), id="vault.E001")]
    return []
