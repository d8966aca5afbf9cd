"""Reads the whole trail back and names every row that is not as it was written."""

import sys
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from audit.verification import Verification, count, head_of


class Command(BaseCommand):
    """Exit code 0 when the trail is intact, 1 with every broken row named."""

    help = "Verify every entry and checkpoint of the audit trail; exit code 1 when any row is not as written."

    def add_arguments(self, parser: CommandParser) -> None:
        """What a careful auditor may add."""
        parser.add_argument("--database", default="default", help="the connection to read through")
        parser.add_argument(
            "--head",
            default="",
            metavar="NUMBER:HASH",
            help="a checkpoint noted earlier (from this command or the log) that must still be there",
        )

        parser.add_argument(
            "--as-of",
            type=datetime.fromisoformat,
            metavar="MOMENT",
            help="for a restored copy: when it was taken, since its last minute was never signed",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Read everything, then say what was found."""
        using = options["database"]
        quiet = options["verbosity"] == 0
        # None: a bar only where somebody watches.
        with tqdm(total=count(using), unit=" entries", file=sys.stderr, disable=True if quiet else None) as bar:
            reading = Verification(
                using=using,
                held_moments=settings.DEMO,
                expected_head=options["head"],
                as_of=options["as_of"],
                advance=bar.update,
            )
            broken = self._name_broken(reading)
        if broken:
            raise CommandError(f"The trail is NOT intact. Findings: {broken:,}.", returncode=1)
        if not quiet:
            self._say_intact(reading)

    def _name_broken(self, reading: Verification) -> int:
        broken = 0
        try:
            for finding in reading.findings():
                broken += 1
                self.stderr.write(str(finding))
        except ImproperlyConfigured as missing:
            raise CommandError(str(missing), returncode=1) from missing
        return broken

    def _say_intact(self, reading: Verification) -> None:
        self.stdout.write(f"The trail is intact. Entries read: {reading.entries:,}, signed: {reading.signed:,}.")
        if reading.head:
            self.stdout.write(f"Covered up to {reading.head.at:%Y-%m-%d %H:%M:%S} UTC.")
            self.stdout.write(f"Checkpoints: {reading.head.number:,}, the last of them {head_of(reading.head)}")
        if reading.unsigned:
            self.stdout.write(f"Written since and not yet signed: {reading.unsigned:,}.")
