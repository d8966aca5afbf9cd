"""Settles what the past year left: old mail is done with; the owner's connection only."""

from django.db.backends.base.base import BaseDatabaseWrapper

# Long ago was mailed and read long ago; the last days' mail is still owed, so that the mailbox fills as one watches.
_READ = """
UPDATE notifications_notice SET mail = 'none', read_at = created_at + interval '3 hours'
WHERE created_at < now() - interval '5 days'
"""
_QUIET = "UPDATE notifications_notice SET mail = 'none' WHERE created_at < now() - interval '4 days'"


def settle(connection: BaseDatabaseWrapper) -> None:
    """Owe nobody the mail of long ago."""
    with connection.cursor() as cursor:
        # Deferred constraints must have spoken before a table may be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE notifications_notice DISABLE TRIGGER USER")
        cursor.execute(_READ)
        cursor.execute(_QUIET)
        cursor.execute("ALTER TABLE notifications_notice ENABLE TRIGGER USER")
