"""manage.py import_directory: take over the personnel system's list of people."""

import argparse
import hashlib
import tempfile
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from people.directory import holders_of
from people.imports.complaints import Unusable
from people.imports.reading import Reading, read
from people.imports.storing import Summary, store
from people.rules import ALWAYS_HELD

IN_MEMORY = 16 * 1024 * 1024

FORMAT = """
The file is CSV in UTF-8 (with or without a byte order mark), comma-separated, with exactly these columns in any order:

  email              the address people sign in with; capitals do not count
  name               as colleagues know it
  employee_number    who it is: the same number is the same person in every import
  title, county      may be empty
  unit_code          where the person works; may be empty
  unit_name, unit_kind, parent_unit_code
                     describe that unit (kind: department, division or office; a parent is optional). One line a unit is
                     enough, the others may leave the three empty; lines that do describe it must agree
  supervisor_number  the supervisor's employee_number, on any line of the same file; empty at the top
  active             yes or no (also y, n, true, false, 1, 0); empty is yes

A line with nothing but the unit's four columns adds a unit in which nobody works directly.

The file is the whole truth about people: whoever is not in it has left, loses every role and cannot sign in; whoever
comes back in a later file is active again, without roles. An address that moves to someone else is taken from a leaver.
Units the file does not name stay. New people have no password; they set one through “Set or reset your password”.
Everything happens in one transaction or not at all, and the same file twice changes nothing.
Exit status 0: done (or, in a dry run, could be done); 1: the file or the numbers in it were refused.
"""


class Command(BaseCommand):
    """Takes a CSV file of all people and makes the directory match it."""

    help = "Make the directory of people match a CSV file: all of it or nothing."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """The parser, with the format of the file beneath the options as it is written here."""
        parser = super().create_parser(prog_name, subcommand, epilog=FORMAT, **kwargs)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and two flags."""
        parser.add_argument("file", type=Path, help="the CSV file; its format is described below")
        parser.add_argument("--dry-run", action="store_true", help="do everything, say what came of it, keep nothing")
        parser.add_argument(
            "--allow-mass-leave", action="store_true", help="accept that more than half of all active people leave"
        )

    def handle(self, *, file: Path, dry_run: bool, allow_mass_leave: bool, **options: Any) -> None:
        """Read, store, and say what came of it."""
        quiet = options["verbosity"] == 0
        try:
            summary = _import(file, dry_run=dry_run, allow_mass_leave=allow_mass_leave, quiet=quiet)
        except OSError as fault:
            raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
        except Unusable as fault:
            raise CommandError("Nothing was changed.\n" + "\n".join(fault.complaints)) from fault
        if not quiet:
            self._tell(summary, dry_run=dry_run)

    def _tell(self, summary: Summary, *, dry_run: bool) -> None:
        done = "Dry run, nothing kept: " if dry_run else ""
        self.stdout.write(
            f"{done}created {summary.created:,} people, changed {summary.changed:,};"
            f" {summary.unchanged:,} stay as they are, {summary.left:,} have left."
        )
        for role in sorted(ALWAYS_HELD):
            if not dry_run and not holders_of(role).exists():
                self.stderr.write(f"Nobody is {role.label} now. Run: manage.py appoint EMAIL {role}")


def _import(file: Path, *, dry_run: bool, allow_mass_leave: bool, quiet: bool) -> Summary:
    with file.open("rb") as source, tempfile.SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as people:
        reading = _read(source, people, size=file.stat().st_size, quiet=quiet)
        people.seek(0)
        source.seek(0)
        facts = {"sha256": hashlib.file_digest(source, "sha256").hexdigest(), "lines": len(reading.people)}
        with _bar(quiet=quiet, desc="Storing", total=1, unit="file") as bar:
            summary = store(people, reading.units, allow_mass_leave=allow_mass_leave, dry_run=dry_run, facts=facts)
            bar.update()
    return summary


def _read(source: BinaryIO, people: IO[str], *, size: int, quiet: bool) -> Reading:
    with _bar(quiet=quiet, desc="Reading", total=size, unit="B", unit_scale=True) as bar:
        return read(source, people, bar.update)


def _bar(*, quiet: bool, **words: Any) -> "tqdm[Any]":
    # None: shown where a person watches, not in a log.
    return tqdm(disable=True if quiet else None, **words)
