"""Restores a backup into an empty database and an empty storage."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import environ
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from tqdm import tqdm

from audit.backup import Impossible, restoring
from audit.backup.manifest import Manifest

ALIAS = "restored"


class Command(BaseCommand):
    """Proves the backup, restores it, grants the roles their rights and verifies the trail."""

    help = "Restore a backup into an empty database (as its owner) and into the configured, empty, evidence storage."

    def add_arguments(self, parser: CommandParser) -> None:
        """From where, to where."""
        parser.add_argument("folder", type=Path, help="what `backup` wrote")
        parser.add_argument("--database-url", required=True, help="the empty database's URL, as its owner")

    def handle(self, *_: Any, **options: Any) -> None:
        """Restore, then leave no doubt that the copy is whole."""
        connections.databases[ALIAS] = _configured(options["database_url"])
        try:
            manifest = self._restore(options["folder"], quiet=True if options["verbosity"] == 0 else None)
            self._prove(manifest, options["verbosity"])
        except (Impossible, ImproperlyConfigured, DatabaseError) as reason:
            raise CommandError(str(reason)) from reason
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.databases[ALIAS]

    def _restore(self, folder: Path, *, quiet: bool | None) -> Manifest:
        progress = partial(tqdm, unit=" files", file=sys.stderr, disable=quiet)
        manifest = restoring.prove(folder, progress=partial(progress, desc="Checking"))
        restoring.refuse_unless_new(ALIAS, settings.DATABASE_ROLES["owner"])
        restoring.fill(folder, manifest, ALIAS, progress=partial(progress, desc="Evidence"))
        return manifest

    def _prove(self, manifest: Manifest, verbosity: int) -> None:
        said = {"verbosity": verbosity, "stdout": self.stdout, "stderr": self.stderr}
        call_command("database_roles", "--apply", database=ALIAS, **said)
        call_command("verify_audit", f"--as-of={manifest.taken_at}", database=ALIAS, head=manifest.head, **said)
        if verbosity and (pending := restoring.pending(manifest)):
            self.stdout.write(f"The backup is older than this portal: now migrate ({', '.join(pending)}).")


def _configured(url: str) -> dict[str, Any]:
    wanted = {"default": {}, ALIAS: environ.Env.db_url_config(url)}
    complete: dict[str, dict[str, Any]] = connections.configure_settings(wanted)
    return complete[ALIAS]
