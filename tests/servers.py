"""What already runs on this machine and is lent to the tests beside the embedded: a PostgreSQL, and brokers."""

import getpass
import hashlib
import socket
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

from compliance_portal import embedded
from compliance_portal.paths import BASE_DIR

HOST, PORT = "127.0.0.1", 5432
OLDEST = 140000
# Names, in the environment of a run's processes, the brokers it uses beside the files.
BROKERS = "TESTS_BROKERS"
ON_THEIR_STANDARD_PORTS = {5672: "amqp://guest:guest@127.0.0.1:5672//", 6379: "redis://127.0.0.1:6379/15"}


def lent() -> str | None:
    """How a superuser connects to the local server, None where there is none that may be used."""
    for superuser in dict.fromkeys(("postgres", getpass.getuser())):
        dsn = f"host={HOST} port={PORT} user={superuser} dbname=postgres connect_timeout=3"
        if _is_usable(dsn):
            embedded.make_roles_and_database(dsn, "postgres")
            # A server that asks the portal's own roles for a password was not meant for this.
            return dsn if _lets_in(_url(embedded.OWNER, "postgres")) else None
    return None


def brokers() -> str:
    """The addresses of the local brokers that answer now, with spaces between them."""
    return " ".join(url for port, url in ON_THEIR_STANDARD_PORTS.items() if _answers(port))


def prefix(folder: Path) -> str:
    """What the names of a run's databases begin with: no other checkout's and no other run's do."""
    checkout = hashlib.sha256(str(BASE_DIR).encode()).hexdigest()[:8]
    return f"portal_{checkout}_{hashlib.sha256(folder.name.encode()).hexdigest()[:8]}"


def addresses(dsn: str, database: str) -> Mapping[str, str]:
    """Make a database of this name on the server; return the tests' settings for it."""
    embedded.make_roles_and_database(dsn, database)
    return {"DATABASE_URL": _url(embedded.APP, database), "OWNER_DATABASE_URL": _url(embedded.OWNER, database)}


def drop_databases(dsn: str, prefix: str) -> None:
    """Drop the databases whose names begin so, and the test databases made beside them."""
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) OR starts_with(datname, %s)",
            [prefix, f"test_{prefix}"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _answers(port: int) -> bool:
    try:
        socket.create_connection((HOST, port), timeout=0.5).close()
    except OSError:
        return False
    return True


def _is_usable(dsn: str) -> bool:
    try:
        connection = psycopg2.connect(dsn)
    except psycopg2.OperationalError:
        return False
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone() == (True,) and connection.server_version >= OLDEST


def _lets_in(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def _url(role: str, database: str) -> str:
    return f"postgresql://{role}@{HOST}:{PORT}/{database}"
