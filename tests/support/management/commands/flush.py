"""Empties the test database between transactional tests; as its owner, since the portal's own role may not."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections


class Command(BaseCommand):
    """Replaces Django's flush for tests only."""

    help = "Empty every table of the test database as its owner."
    stealth_options = ("reset_sequences", "allow_cascade", "inhibit_post_migrate")

    def add_arguments(self, parser: CommandParser) -> None:
        """Accept what Django's own flush accepts."""
        parser.add_argument("--database", default="default")
        parser.add_argument("--no-input", "--noinput", action="store_false", dest="interactive")

    def handle(self, *args: Any, **options: Any) -> None:
        """Truncate everything but what the migrations themselves filled."""
        keep = {"django_migrations", "django_content_type", "auth_permission"}
        owner = connections["owner"]
        with owner.cursor() as cursor:
            tables = [t for t in owner.introspection.table_names(cursor) if t not in keep]
            cursor.execute("SET lock_timeout = '5s'")
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')  # noqa: S608
            cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tables) + " RESTART IDENTITY CASCADE")
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')  # noqa: S608
