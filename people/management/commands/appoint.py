"""manage.py appoint: give a role from the server itself, above all to the first administrator."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from people import operations
from people.models import Role, RoleGrant, User
from people.rules import NotAllowed


class Command(BaseCommand):
    """Gives one person one role, with the trail saying that it came from the server's command line."""

    help = "Give someone a role from the server; people who are signed in as administrators do it on the People page."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, which role, and an investigator's office."""
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--office", choices=RoleGrant.Office.values, default="", help="for an investigator only")

    def handle(self, *, email: str, role: str, office: str, **options: Any) -> None:
        """Grant it, or say why not."""
        try:
            user = User.objects.get(email=email.lower())
            operations.appoint(user, Role(role), office=office)
        except User.DoesNotExist as fault:
            raise CommandError(f"Nobody in the directory has the address {email}.") from fault
        except NotAllowed as fault:
            raise CommandError(str(fault)) from fault
        if options["verbosity"]:
            self.stdout.write(f"{user} is {Role(role).label} now.")
