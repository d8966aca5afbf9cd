"""What each database role may do, as SQL: the owner builds, the app uses, the read-only role looks."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg2 import sql

from audit.models import AppendOnly

# A reader of reports needs no one's live session, nor anything cached from a page, nor a password to guess at.
NOT_FOR_READERS = {"django_session", "portal_cache"}
COLUMN_NOT_FOR_READERS = "password"


def append_only_tables() -> set[str]:
    """Tables the app role may add to and read, and nothing more."""
    return {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}  # noqa: SLF001


def missing(connection: BaseDatabaseWrapper, roles: Mapping[str, str]) -> list[str]:
    """The names among these roles that the server does not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(roles.values())])
        known = {name for (name,) in cursor.fetchall()}
    return sorted(set(roles.values()) - known)


def grants(connection: BaseDatabaseWrapper, roles: Mapping[str, str]) -> list[str]:
    """Every statement, in order, that gives the roles exactly their rights on the tables there are now."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        names = {
            "database": sql.Identifier(connection.settings_dict["NAME"]),
            **{part: sql.Identifier(name) for part, name in roles.items()},
        }
        composed = [sql.SQL(line).format(**names) for line in _GENERAL]
        composed += _by_table(tables, names)
        composed += _by_column(cursor, names)
        return [statement.as_string(cursor.cursor) for statement in composed]


def _by_table(tables: set[str], names: Mapping[str, sql.Identifier]) -> Iterator[sql.Composed]:
    for line, chosen in (
        ("REVOKE UPDATE, DELETE, TRUNCATE ON TABLE public.{table} FROM {app}", append_only_tables()),
        ("REVOKE ALL ON TABLE public.{table} FROM {readonly}", NOT_FOR_READERS),
    ):
        for table in sorted(tables & chosen):
            yield sql.SQL(line).format(table=sql.Identifier(table), **names)


def _by_column(cursor: CursorWrapper, names: Mapping[str, sql.Identifier]) -> Iterator[sql.Composed]:
    cursor.execute(READABLE_COLUMNS, [COLUMN_NOT_FOR_READERS] * 2)
    for table, columns in cursor.fetchall():
        place = {"table": sql.Identifier(table), "columns": sql.SQL(", ").join(map(sql.Identifier, columns))}
        yield sql.SQL("REVOKE ALL ON TABLE public.{table} FROM {readonly}").format(**place, **names)
        yield sql.SQL("GRANT SELECT ({columns}) ON TABLE public.{table} TO {readonly}").format(**place, **names)


READABLE_COLUMNS = """
    SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FILTER (WHERE column_name <> %s)
    FROM information_schema.columns WHERE table_schema = 'public'
    GROUP BY table_name HAVING bool_or(column_name = %s) ORDER BY table_name
"""
_GENERAL = [
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "REVOKE ALL ON DATABASE {database} FROM {app}, {readonly}",
    "GRANT CONNECT ON DATABASE {database} TO {app}, {readonly}",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC, {app}, {readonly}",
    "GRANT USAGE ON SCHEMA public TO {app}, {readonly}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {app}, {readonly}",
    "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {app}, {readonly}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {readonly}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}",
    (
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}"
    ),
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {readonly}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
]
