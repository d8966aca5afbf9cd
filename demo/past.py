"""Dates what the database dated today, so that the past year looks lived; the owner's connection only."""

from django.db.backends.base.base import BaseDatabaseWrapper

# A notice is as old as what it tells of: a line of the trail, a message, or the report itself.
_NOTICES = """
UPDATE notifications_notice AS n SET created_at = told.at
FROM (
    SELECT 'trail ' || id AS key, at FROM audit_entry
    UNION ALL SELECT 'message ' || id, sent_at FROM incidents_message
    UNION ALL SELECT 'incident ' || id || ' reported', reported_at FROM incidents_incident
) AS told WHERE told.key = n.event_key
"""
# Long ago was mailed and read long ago; the last day's mail is still owed, so that the mailbox fills as one watches.
_READ = """
UPDATE notifications_notice SET mail = 'none', read_at = created_at + interval '3 hours'
WHERE created_at < now() - interval '5 days'
"""
_QUIET = "UPDATE notifications_notice SET mail = 'none' WHERE created_at < now() - interval '4 days'"
_EVIDENCE = """
UPDATE attachments_attachment AS a SET uploaded_at = i.reported_at
FROM incidents_incident AS i WHERE a.record_type = 'incidents.incident' AND a.record_id = i.id::text
"""
_NAMED = """
UPDATE incidents_involvement AS v SET named_at = i.reported_at
FROM incidents_incident AS i WHERE v.incident_id = i.id
"""
_TABLES = {
    "notifications_notice": (_NOTICES, _READ, _QUIET),
    "attachments_attachment": (_EVIDENCE,),
    "incidents_involvement": (_NAMED,),
}


def settle(connection: BaseDatabaseWrapper) -> None:
    """Give every notice, file and naming the moment it belongs to."""
    with connection.cursor() as cursor:
        # Deferred constraints must have spoken before a table may be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, updates in _TABLES.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for update in updates:
                cursor.execute(update)
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
