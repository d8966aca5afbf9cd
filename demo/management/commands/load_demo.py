"""Fills an empty portal with the demonstration agency."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from demo import loader
from people.models import User


class Command(BaseCommand):
    """Needs the owner's connection, since only the owner may date the past year's trail."""

    help = "Fill an empty portal with the demonstration agency (DEMO=1 only)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load once; a portal that has people keeps them."""
        if not settings.DEMO:
            raise CommandError("The demonstration is off. Set DEMO=1 on a machine of your own.")
        if User.objects.exists():
            self.stdout.write("People are here already; nothing was loaded.")
            return
        if connection.settings_dict["USER"] != settings.DATABASE_ROLES["owner"]:
            raise CommandError("Only the database's owner may date the past: set DATABASE_URL to OWNER_DATABASE_URL.")
        self.stdout.write(loader.load(progress=self.stderr.isatty()))
