"""A case with everything that belongs to it, read in one query whose text is fixed.

The case page is opened all day long, and Django would take longer to write this query than PostgreSQL to answer it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet

from attachments.models import Attachment
from incidents import conflicts, rules
from incidents.models import Incident
from incidents.operations.reporting import INCIDENT_RECORD
from people.models import User
from people.planned import Planned
from people.prepared import HERE, made, somebody

_NAMES = """
    json_build_object(
        'reporter', (SELECT name FROM people_user WHERE id = reporter_id),
        'assignee', (SELECT name FROM people_user WHERE id = assignee_id),
        'head', (SELECT h.status FROM incidents_incident h WHERE h.id = incidents_incident.merged_into_id),
        'holder', (SELECT p.name FROM incidents_incident h JOIN people_user p ON p.id = h.assignee_id
                   WHERE h.id = incidents_incident.merged_into_id),
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


class Named(NamedTuple):
    """A person as a page names them."""

    pk: int
    name: str


class Written(NamedTuple):
    """A message, by whom (nobody where they did not sign in) and for whom."""

    audience: str
    body: str
    sent_at: datetime
    unproven: bool
    author: Named | None

    @property
    def author_id(self) -> int | None:
        """The number of whoever wrote it."""
        return self.author and self.author.pk


class Happened(NamedTuple):
    """An entry of the trail."""

    action: str
    at: datetime
    facts: dict[str, Any]
    actor: Named | None

    @property
    def actor_id(self) -> int | None:
        """The number of whoever did it."""
        return self.actor and self.actor.pk


class ToDo(NamedTuple):
    """A task, and who settled it, if anyone did."""

    pk: int
    text: str
    state: str
    reason: str
    settled_at: datetime | None
    settled_by: Named | None


@dataclass(frozen=True)
class Dossier:
    """A case and what belongs to it, each in its order, with as much of it as a page shows.

    `made_of` tells it from every other state of itself, but for what was said and what happened.
    """

    made_of: str
    incident: Incident
    names: dict[str, str | None]
    people: list[str]
    messages: list[Written]
    entries: list[Happened]
    files: list[Attachment]
    tasks: list[ToDo]


def read(number: int, user: User) -> Dossier | None:
    """The case of this number with everything, or nothing where this person may not see it; one query."""
    planned = _planned(user.roles)
    if planned is None:
        return None
    names, found = planned.named(user.pk, number)
    if not found:
        return None
    *columns, its = found[0]
    return _opened(made(Incident, names[:-1], (*columns,)), json.loads(its), columns)


@lru_cache(maxsize=64)
def _planned(roles: frozenset[str]) -> Planned | None:
    """The query of everyone with these roles, about one person and one case; None where no such person sees any."""
    reader, number = somebody(roles), HERE - 1
    try:
        visible, its = rules.visible_to(reader).filter(pk=number).values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    params = (*conflicts.BARRED.params, reader.pk, INCIDENT_RECORD, INCIDENT_RECORD, *its)
    return Planned(f"{_QUERY} ({visible})", params, asks=[reader.pk, number])


def _opened(incident: Incident, its: dict[str, Any], columns: list[Any]) -> Dossier:
    # As if prefetched: what a step asks of the tasks is asked of those the page shows.
    incident._prefetched_objects_cache = {"tasks": _tasks(its)}  # type: ignore[attr-defined]  # noqa: SLF001
    if incident.merged_into_id is not None:
        # As much of the report it went into as the page names.
        incident.merged_into = Incident(pk=incident.merged_into_id, status=its["names"]["head"])
    return Dossier(
        made_of=repr((columns, its["names"], its["people"], its["files"], its["tasks"])),
        incident=incident,
        names=its["names"],
        people=[name for (name,) in _each(its["people"])],
        messages=[
            Written(to, body, _moment(at), unproven, _who(*by))
            for to, body, at, unproven, *by in _each(its["messages"])
        ],
        entries=[Happened(action, _moment(at), facts, _who(*by)) for action, at, facts, *by in _each(its["entries"])],
        files=[Attachment(**row) for row in its["files"]],
        tasks=_tasks(its),
    )


def _tasks(its: dict[str, Any]) -> list[ToDo]:
    rows = _each(its["tasks"])
    return [
        ToDo(pk, text, state, why, _moment(at) if at else None, _who(*by)) for pk, text, state, why, at, *by in rows
    ]


def _each(rows: list[dict[str, Any]]) -> Iterator[list[Any]]:
    """The values of each row, in the order in which they were asked for."""
    return (list(row.values()) for row in rows)


def _who(number: int | None, name: str | None) -> Named | None:
    return None if number is None else Named(number, name or "")


_moment = datetime.fromisoformat
