"""The database as one file, and back."""

from pathlib import Path
from typing import cast

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg2.extensions import make_dsn

from audit.backup import Impossible, programs

# What is counted there is to be forgotten within the hour; a backup would keep it for years.
FORGOTTEN = "portal_cache"


def dump(using: str, file: Path) -> int:
    """Write the database into a file, as of one moment; says the major version of pg_dump that wrote it."""
    program = programs.find("pg_dump", at_least=server_version(using))
    address, password = _address(using)
    programs.run(
        program,
        "--format=custom",
        f"--exclude-table-data={FORGOTTEN}",
        f"--file={file}",
        f"--dbname={address}",
        password=password,
    )
    return programs.version(program)


def load(file: Path, using: str, *, written_by: int) -> None:
    """Fill an empty database from a file that pg_dump of this major version wrote; all of it or nothing."""
    program = programs.find("pg_restore", at_least=max(written_by, server_version(using)))
    address, password = _address(using)
    programs.run(
        program,
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={address}",
        str(file),
        password=password,
    )


def refuse_unless_new(using: str, owner: str) -> None:
    """Raise Impossible when there is any table already, or when someone else would come to own what is restored."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT session_user")
        if cursor.fetchone() != (owner,):
            raise Impossible(f"The database URL must be that of {owner}, who is to own the restored tables.")
        if connections[using].introspection.table_names(cursor):
            raise Impossible("The database is not empty: restore into a new one, so that nothing is overwritten.")


def server_version(using: str) -> int:
    """The server's major version."""
    connection = cast(DatabaseWrapper, connections[using])
    connection.ensure_connection()
    return int(connection.pg_version) // 10_000


def _address(using: str) -> tuple[str, str]:
    connection = cast(DatabaseWrapper, connections[using])
    given = connection.get_connection_params()
    password = str(given.pop("password", ""))
    known = {"dbname", "user", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "service", "passfile"}
    return make_dsn(**{name: value for name, value in given.items() if name in known}), password
