"""What an installation without settings gets by itself: its own keys and a PostgreSQL."""

import os
from urllib.parse import urlencode

import environ
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import make_dsn

from compliance_portal import postgres, secrets
from compliance_portal.paths import VAR_DIR

DATABASE = "portal"
OWNER, APP, READONLY = "portal_owner", "portal_app", "portal_readonly"


def provide() -> postgres.Server | None:
    """Put the keys and database addresses the environment lacks into it; production must bring its own."""
    if environ.Env().bool("PRODUCTION", default=False):
        return None
    secrets.fill_environment()
    if os.environ.get("DATABASE_URL"):
        return None
    server = postgres.Server(VAR_DIR / "postgres")
    sockets = server.hold()
    make_roles_and_database(make_dsn(host=sockets, port=postgres.PORT, user="postgres", dbname="postgres"))
    os.environ["DATABASE_URL"] = _url(APP, sockets)
    os.environ["OWNER_DATABASE_URL"] = _url(OWNER, sockets)
    return server


def make_roles_and_database(dsn: str, database: str = DATABASE) -> None:
    """Make the portal's three roles and its database where they are missing; `dsn` connects as a superuser."""
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            # One server may be prepared by two commands at once.
            cursor.execute("SELECT pg_advisory_lock(4002)")
            for role in (OWNER, APP, READONLY):
                _create_role(cursor, role)
            _create_database(cursor, database)
    finally:
        connection.close()


def _create_role(cursor: "psycopg2.extensions.cursor", role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        attributes = sql.SQL("LOGIN CREATEDB" if role == OWNER else "LOGIN")
        cursor.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(role)) + attributes)


def _create_database(cursor: "psycopg2.extensions.cursor", database: str) -> None:
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if cursor.fetchone() is None:
        create = sql.SQL("CREATE DATABASE {} OWNER {}")
        cursor.execute(create.format(sql.Identifier(database), sql.Identifier(OWNER)))


def _url(user: str, sockets: str) -> str:
    return f"postgresql://{user}@:{postgres.PORT}/{DATABASE}?" + urlencode({"host": sockets})
