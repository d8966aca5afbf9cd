"""A case with everything that belongs to it, read in one query whose text is fixed.

The case page is opened all day long, and Django would take longer to write this query than PostgreSQL to answer it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet

from attachments.models import Attachment
from audit.models import Entry
from incidents import conflicts, rules
from incidents.models import Incident, Message, Task
from incidents.operations.reporting import INCIDENT_RECORD
from people.models import User

_NAMES = """
    json_build_object(
        'reporter', (SELECT name FROM people_user WHERE id = reporter_id),
        'assignee', (SELECT name FROM people_user WHERE id = assignee_id),
        'decided_by', (SELECT name FROM people_user WHERE id = decided_by_id),
        'division', (SELECT name FROM people_unit WHERE id = division_id))
"""
_PEOPLE = """
    SELECT p.name FROM incidents_involvement v JOIN people_user p ON p.id = v.person_id
    WHERE v.incident_id = incidents_incident.id ORDER BY v.id
"""
_MESSAGES = """
    SELECT m.audience, m.body, m.sent_at, m.unproven, m.author_id AS who_id, p.name AS who_name
    FROM incidents_message m LEFT JOIN people_user p ON p.id = m.author_id
    WHERE m.incident_id = incidents_incident.id ORDER BY m.id
"""
_ENTRIES = """
    SELECT e.action, e.at, e.facts, e.actor_id AS who_id, p.name AS who_name
    FROM audit_entry e LEFT JOIN people_user p ON p.id = e.actor_id
    WHERE e.record_type = %s AND e.record_id = incidents_incident.id::text ORDER BY e.seq
"""
_FILES = """
    SELECT a.id, a.name, a.size, a.copy_name, a.copy_type FROM attachments_attachment a
    WHERE a.record_type = %s AND a.record_id = incidents_incident.id::text AND a.removed_at IS NULL
    ORDER BY a.uploaded_at, a.id
"""
_TASKS = """
    SELECT t.id, t.text, t.state, t.reason, t.settled_at, t.settled_by_id AS who_id, p.name AS who_name
    FROM incidents_task t LEFT JOIN people_user p ON p.id = t.settled_by_id
    WHERE t.incident_id = incidents_incident.id ORDER BY t.id
"""
_PARTS = {"people": _PEOPLE, "messages": _MESSAGES, "entries": _ENTRIES, "files": _FILES, "tasks": _TASKS}
_COLUMNS = ", ".join(f"incidents_incident.{field.column}" for field in Incident._meta.concrete_fields)  # noqa: SLF001
_KNOWN = "SELECT 1 FROM incidents_unmasking u WHERE u.incident_id = incidents_incident.id AND u.officer_id = %s"
_ALL = ", ".join(
    f"'{name}', (SELECT coalesce(json_agg(each), '[]') FROM ({rows}) AS each)"  # noqa: S608  put together from constants
    for name, rows in _PARTS.items()
)
_QUERY = f"""
    SELECT {_COLUMNS}, {conflicts.BARRED.sql} AS kept_from, EXISTS ({_KNOWN}) AS reader_knows,
        json_build_object('names', {_NAMES}, {_ALL})::text AS its
    FROM incidents_incident WHERE incidents_incident.id IN
"""  # noqa: S608  put together from constants


@dataclass(frozen=True)
class Dossier:
    """A case and what belongs to it, each in its order, with as much of it as a page shows."""

    incident: Incident
    names: dict[str, str | None]
    people: list[str]
    messages: list[Message]
    entries: list[Entry]
    files: list[Attachment]
    tasks: list[Task]


def read(number: int, user: User) -> Dossier | None:
    """The case of this number with everything, or nothing where this person may not see it; one query."""
    try:
        visible, its_params = rules.visible_to(user).filter(pk=number).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    params = (*conflicts.BARRED.params, user.pk, INCIDENT_RECORD, INCIDENT_RECORD, *its_params)
    incident = next(iter(Incident.objects.raw(f"{_QUERY} ({visible})", params)), None)
    return None if incident is None else _opened(incident, json.loads(vars(incident)["its"]))


def _opened(incident: Incident, its: dict[str, Any]) -> Dossier:
    people: dict[int | None, User | None] = {None: None}
    return Dossier(
        incident,
        its["names"],
        [row["name"] for row in its["people"]],
        [Message(author=_who(row, people), **_timed(row, "sent_at")) for row in its["messages"]],
        [Entry(actor=_who(row, people), **_timed(row, "at")) for row in its["entries"]],
        [Attachment(**row) for row in its["files"]],
        [Task(settled_by=_who(row, people), **_timed(row, "settled_at")) for row in its["tasks"]],
    )


def _who(row: dict[str, Any], people: dict[int | None, User | None]) -> User | None:
    """Whoever stands in a row, by number and name alone, taken out of it; each person once."""
    number, name = row.pop("who_id"), row.pop("who_name")
    if number not in people:
        people[number] = User(pk=number, name=name)
    return people[number]


def _timed(row: dict[str, Any], moment: str) -> dict[str, Any]:
    """The rest of a row with its moment as one."""
    return {**row, moment: datetime.fromisoformat(row[moment]) if row[moment] else None}
