"""Prints or applies what each database role may do."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from audit import roles


class Command(BaseCommand):
    """Gives the app and read-only roles exactly their rights; safe to run again at any time."""

    help = "Print the SQL that gives each database role its rights; with --apply, run it as the owner."

    def add_arguments(self, parser: CommandParser) -> None:
        """Printing is the default."""
        parser.add_argument("--apply", action="store_true", help="run the statements over the owner's connection")
        parser.add_argument("--database", default="owner", help="the owner's connection")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the statements, or run them all in one transaction."""
        using = options["database"]
        self._check_settings(using)
        connection = connections[using]
        if absent := roles.missing(connection, settings.DATABASE_ROLES):
            wanted = " ".join(f"CREATE ROLE {name} LOGIN PASSWORD '...';" for name in absent)
            raise CommandError(f"The server has no such role yet. Its administrator makes it with: {wanted}")
        statements = roles.grants(connection, settings.DATABASE_ROLES)
        if options["apply"]:
            self._apply(statements, using, said=options["verbosity"] > 0)
        else:
            self.stdout.write("".join(f"{statement};\n" for statement in statements), ending="")

    def _check_settings(self, using: str) -> None:
        if using not in connections:
            raise CommandError("OWNER_DATABASE_URL is not set: only the owner of the tables can grant rights on them.")
        if len(set(settings.DATABASE_ROLES.values())) < len(settings.DATABASE_ROLES):
            raise CommandError("The owner, app and read-only roles must be three different ones.")

    def _apply(self, statements: list[str], using: str, *, said: bool) -> None:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute(
                "SELECT name FROM unnest(%s) name WHERE has_schema_privilege(name, 'public', 'CREATE')",
                [[settings.DATABASE_ROLES["app"], settings.DATABASE_ROLES["readonly"]]],
            )
            builders = ", ".join(name for (name,) in cursor.fetchall())
        if builders:
            raise CommandError(
                f"{builders} can still create tables: the owner of schema public must run"
                " REVOKE CREATE ON SCHEMA public FROM PUBLIC."
            )
        if said:
            self.stdout.write(f"{len(statements)} grants are in force.")
