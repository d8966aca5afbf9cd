"""Rewraps every data key with the primary master key."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from vault import keyring, rotation
from vault.envelope import VaultError

SHOWN = 20


class Command(BaseCommand):
    """Safe while the portal runs, and safe to stop and run again; contents are not touched, only their keys."""

    help = (
        "Put the new key first in VAULT_KEYS and keep the old one after it, restart every process of the portal,"
        " then run this. It says which old keys are no longer needed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How many keys one transaction holds."""
        parser.add_argument("--batch", type=int, default=500, help="Data keys a transaction (default 500).")

    def handle(self, *_: Any, **options: Any) -> None:
        """Rewrap, then say what became of each master key; fails when a data key could not be opened."""
        if options["batch"] < 1:
            raise CommandError("--batch must be 1 or more.")
        try:
            failures = self._rewrap(options["batch"])
            self._report(rotation.in_use())
        except VaultError as error:
            raise CommandError(str(error)) from error
        if failures:
            raise CommandError(_told(failures))

    def _rewrap(self, size: int) -> list[str]:
        failures: list[str] = []
        total = rotation.outstanding().count()
        with tqdm(total=total, unit="key", desc="Rewrapping", disable=None, file=self.stderr) as bar:
            for batch in rotation.batches(size):
                failures += batch.failures
                bar.update(batch.seen)
        return failures

    def _report(self, in_use: dict[str, int]) -> None:
        primary = keyring.primary().id
        self.stdout.write(f"Key “{primary}” is primary and wraps {in_use.get(primary, 0)} data keys.")
        for name in sorted({*keyring.ring(), *in_use} - {primary}):
            left = in_use.get(name, 0)
            still = f"still wraps {left} data keys: keep it, and run this again."
            self.stdout.write(f"Key “{name}” {still if left else 'is no longer needed: remove it from VAULT_KEYS.'}")


def _told(failures: Iterable[str]) -> str:
    listed = list(failures)
    more = [f"... and {len(listed) - SHOWN} more."] if len(listed) > SHOWN else []
    return "\n".join([f"{len(listed)} data keys could not be rewrapped:", *listed[:SHOWN], *more])
