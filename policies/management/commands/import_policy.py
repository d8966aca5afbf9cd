"""manage.py import_policy: read a policy from a Word, PDF or Markdown file into a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.management.base import BaseCommand, CommandError, CommandParser

from attachments import kinds
from attachments.rejection import Rejected
from people.models import Unit, User
from policies.forms.drafts import policy_number
from policies.models import Version
from policies.operations.importing import Given, Missing, import_file
from workflow.decisions import Refused


class Command(BaseCommand):
    """Takes files and makes a draft of each."""

    help = (
        f"Read policies from {kinds.POLICY.words} into drafts, for someone who writes policies. Nothing is published:"
        " each draft is checked, sent for review and approved in the portal. The files are kept sealed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files, in whose name they are imported, and what a file does not say itself."""
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who imports, and becomes the drafts' author")
        parser.add_argument("--owner", metavar="EMAIL", help="who owns new policies; without it, who imports")
        parser.add_argument("--unit", metavar="CODE", help="the division or office of new policies")
        parser.add_argument("--number", help="the policy's number, where the file does not say it; for one file")
        parser.add_argument("--title", help="the policy's title, where the file does not say it; for one file")

    def handle(self, **options: Any) -> None:
        """Import each file by itself; say for each what became of it, and end with 1 where one was refused."""
        files: list[Path] = options["files"]
        if len(files) > 1 and (options["number"] or options["title"]):
            raise CommandError("A number or a title is for one file.")
        actor = _person(options["by"])
        given = _given(options, actor)
        refused = [file for file in files if not self._import(file, given, actor)]
        if refused:
            raise CommandError(f"Not imported: {len(refused)} of {len(files)}.")

    def _import(self, file: Path, given: Given, actor: User) -> bool:
        try:
            version = import_file(_upload(file), given, actor=actor)
        except OSError as fault:
            self.stderr.write(f"{file}: cannot be read: {fault.strerror}.")
        except Rejected as rejected:
            self.stderr.write(f"{file}: {rejected.sentence}")
        except (Missing, Refused) as refusal:
            self.stderr.write(f"{file}: {refusal}")
        else:
            self._tell(file, version)
            return True
        return False

    def _tell(self, file: Path, version: Version) -> None:
        self.stdout.write(f"{file}: draft of policy {version.document.number}, “{version.title}”.")
        for remark in version.remarks.all():
            self.stdout.write(remark.body)


def _upload(file: Path) -> UploadedFile[bytes]:
    return SimpleUploadedFile(file.name, file.read_bytes())


def _given(options: dict[str, Any], actor: User) -> Given:
    try:
        number = policy_number(options["number"]) if options["number"] else ""
    except ValidationError as wrong:
        raise CommandError(wrong.messages[0]) from None
    unit = Unit.objects.filter(code=options["unit"]).first() if options["unit"] else None
    if options["unit"] and unit is None:
        raise CommandError(f"There is no unit with the code {options['unit']}.")
    owner = _person(options["owner"]) if options["owner"] else actor
    return Given(number, options["title"] or "", owner, unit)


def _person(email: str) -> User:
    person = User.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody with the address {email} works here.")
    return person
