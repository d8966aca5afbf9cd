"""The one case whose page is measured: under review, with six messages, twelve entries, two people and two files."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

from psycopg2 import extensions

from benchmarks.agency import Agency
from benchmarks.caseload import FIRST_ID
from benchmarks.copying import Load, put
from incidents.choices import Kind, Severity, Status

MEASURED = FIRST_ID
_RECORD = "incidents.incident"
_WORK = """
    UPDATE incidents_incident SET status = %s, kind = %s, severity = %s, severity_reason = 'Two people are named.',
        assignee_id = %s, reporter_id = %s, confidential = false, finding = '', ground = '', decided_by_id = NULL,
        decided_at = NULL, closed_at = NULL WHERE id = %s
"""
_EMPTY = (
    "DELETE FROM incidents_task WHERE incident_id = %s",
    "DELETE FROM incidents_message WHERE incident_id = %s",
    "DELETE FROM incidents_involvement WHERE incident_id = %s",
    "DELETE FROM audit_entry WHERE record_type = 'incidents.incident' AND record_id = %s::text",
)
_STEPS = (
    "reported assigned start_triage severity noted replied replied replied reclassified person_named begin_review noted"
).split()


def write(cursor: extensions.cursor, people: Agency) -> None:
    """Make the first incident that case, in the hands of the first analyst."""
    analyst, reporter, *named = people.analysts[0], *people.staff[:3]
    cursor.execute(_WORK, [Status.UNDER_REVIEW, Kind.EXPOSURE, Severity.HIGH, analyst, reporter, MEASURED])
    for statement in _EMPTY:
        cursor.execute(statement, [MEASURED])
    began = datetime.now(UTC) - timedelta(days=9)
    for load in (*_said(analyst, reporter, named, began), _trail(analyst, reporter, began), *_files(reporter, began)):
        put(cursor, load)


def _said(analyst: int, reporter: int, named: list[int], began: datetime) -> list[Load]:
    words = "We asked the site to take it down and wrote to the county office. " * 2
    messages = [
        (MEASURED, analyst if place % 2 else reporter, "office" if place > 3 else "thread", words, began, uuid.uuid4())
        for place in range(6)
    ]
    people = [(MEASURED, person, reporter, began) for person in named]
    tasks = [(MEASURED, f"Step {place} of the checklist", "open") for place in range(1, 4)]
    return [
        Load("incidents_task", ("incident_id", "text", "state"), tasks),
        Load("incidents_message", ("incident_id", "author_id", "audience", "body", "sent_at", "submission"), messages),
        Load("incidents_involvement", ("incident_id", "person_id", "named_by_id", "named_at"), people),
    ]


def _trail(analyst: int, reporter: int, began: datetime) -> Load:
    facts = {"to": "A colleague", "severity": Severity.HIGH.value, "kind": Kind.EXPOSURE.value}
    entries = [
        (began, began, reporter if seq == 0 else analyst, f"incident.{step}", _RECORD, str(MEASURED), seq + 1, facts)
        for seq, step in enumerate(_STEPS)
    ]
    return Load("audit_entry", tuple("at written_at actor_id action record_type record_id seq facts".split()), entries)


def _files(reporter: int, began: datetime) -> list[Load]:
    """Two pictures; nobody opens them here, so their keys open nothing."""
    keys, rows = [], []
    for number in range(2):
        key, file = uuid.uuid4(), uuid.uuid4()
        digest = hashlib.sha256(file.bytes).hexdigest()
        keys.append((key, f"attachments.attachment:{file}", "k1", "none", began))
        stored = (f"{digest[:2]}/{digest[2:34]}", f"{digest[:2]}/{digest[34:]}")
        name = f"screenshot {number + 1}.png"
        rows.append(
            (
                file,
                _RECORD,
                str(MEASURED),
                reporter,
                name,
                "image/png",
                84_000,
                digest,
                key,
                *stored,
                "image/png",
                began,
            )
        )
    attachment = (
        "id record_type record_id uploaded_by_id name content_type size sha256 key_id stored_name copy_name copy_type"
        " uploaded_at"
    )
    return [
        Load("vault_datakey", ("id", "binding", "master_key", "wrapped", "created_at"), keys),
        Load("attachments_attachment", tuple(attachment.split()), rows),
    ]
