"""A PostgreSQL that already runs on this machine, lent to the tests beside the embedded one."""

import getpass
import os
from collections.abc import Mapping

import psycopg2

from compliance_portal import embedded

HOST, PORT = "127.0.0.1", 5432
DATABASE = "portal_suite"
OLDEST = 140000


def lent_environment() -> Mapping[str, str] | None:
    """Prepare roles and a database on the local server; return the tests' settings for it, None where there is none."""
    for superuser in dict.fromkeys(("postgres", getpass.getuser())):
        dsn = f"host={HOST} port={PORT} user={superuser} dbname=postgres connect_timeout=3"
        if _is_usable(dsn):
            embedded.make_roles_and_database(dsn, DATABASE)
            addresses = {"DATABASE_URL": _url(embedded.APP), "OWNER_DATABASE_URL": _url(embedded.OWNER)}
            # A server that asks the portal's own roles for a password was not meant for this.
            return {**os.environ, **addresses} if _lets_in(addresses["OWNER_DATABASE_URL"]) else None
    return None


def _is_usable(dsn: str) -> bool:
    try:
        connection = psycopg2.connect(dsn)
    except psycopg2.OperationalError:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            return cursor.fetchone() == (True,) and connection.server_version >= OLDEST
    finally:
        connection.close()


def _lets_in(url: str) -> bool:
    try:
        psycopg2.connect(url).close()
    except psycopg2.OperationalError:
        return False
    return True


def _url(role: str) -> str:
    return f"postgresql://{role}@{HOST}:{PORT}/{DATABASE}"
