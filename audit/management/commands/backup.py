"""Backs up everything the portal keeps."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from audit.backup import Impossible, taking


class Command(BaseCommand):
    """Database, evidence files and a signed manifest, in a folder of their own; never the keys."""

    help = "Write the database, the evidence files and a signed manifest into an empty folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("folder", type=Path, help="a new or empty folder")

    def handle(self, *_: Any, **options: Any) -> None:
        """Take the backup and say what it holds."""
        if "owner" not in settings.DATABASES:
            raise CommandError("OWNER_DATABASE_URL is not set: only the owner can read every table.")
        quiet = True if options["verbosity"] == 0 else None
        progress = partial(tqdm, desc="Evidence", unit=" files", file=sys.stderr, disable=quiet)
        try:
            manifest = taking.take(options["folder"], progress=progress)
        except (Impossible, ImproperlyConfigured) as reason:
            raise CommandError(str(reason)) from reason
        if not quiet:
            files = len(manifest.parts) - 1
            self.stdout.write(f"In {options['folder']}: the database and every evidence file (there are {files:,}).")
            self.stdout.write("Keep VAULT_KEYS and AUDIT_SIGNING_KEY elsewhere: they are not in it, and it needs them.")
