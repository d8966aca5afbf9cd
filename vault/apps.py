"""The vault: sealed contents, each under a key of its own."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from vault import checks


class VaultConfig(AppConfig):
    """Registers the check of the master keys."""

    name = "vault"

    def ready(self) -> None:
        """Have every command look at VAULT_KEYS first."""
        register(checks.master_keys, Tags.security)
