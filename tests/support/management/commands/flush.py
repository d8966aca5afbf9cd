"""Empties the test database between transactional tests; as its owner, since the portal's own role may not."""

from contextlib import closing
from typing import Any

import psycopg2
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

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Truncate everything but what the migrations themselves filled."""
        keep = {"django_migrations", "django_content_type", "auth_permission"}
        # Beside Django: the test at hand may not be allowed the owner's connection.
        params = connections["owner"].get_connection_params() | {"cursor_factory": None}
        with closing(psycopg2.connect(**params)) as owner, owner, owner.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [table for (table,) in cursor.fetchall() if table not in keep]
            cursor.execute("SET lock_timeout = '5s'")
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute("TRUNCATE " + ", ".join(f'"{t}"' for t in tables) + " RESTART IDENTITY CASCADE")
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
