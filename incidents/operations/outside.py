"""What people do who do not sign in: report, confirm their code, add files, write. Nobody is ever the actor."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from attachments import intake, listing, names
from audit import trail
from incidents import notices, return_codes
from incidents.choices import Kind, Outsider
from incidents.models import Incident, Message, PublicReport
from incidents.operations import conversation
from incidents.operations.reporting import INCIDENT_RECORD, create
from people.models import User
from workflow import clock

Turn = Callable[[], AbstractContextManager[bool]]
TICKET_BYTES = 24
_LOCK = 4022
BUSY = "Files of others are being checked just now, so this one was not added. Try again in a minute."


def fresh_ticket() -> str:
    """What a form carries so that sending it twice makes one report; nobody can guess another's."""
    return secrets.token_urlsafe(TICKET_BYTES)


def ticket_of(ticket: str, *told: Any) -> str:
    """A ticket of its own for a form sent with these words: a form gone back to and changed is another report."""
    written = json.dumps([ticket, *told], default=str, sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(written.encode()).digest()).decode().rstrip("=")


def sent_with(ticket: str) -> PublicReport | None:
    """The report that was sent with this ticket, if any."""
    found = PublicReport.objects.select_related("incident").filter(form_hash=_hash(ticket))
    return found.first()


def opened(report_id: int) -> PublicReport | None:
    """The report somebody came back to, with the one it was merged into; the caller has seen its code."""
    return PublicReport.objects.select_related("incident__merged_into").filter(pk=report_id).first()


@transaction.atomic
def file_report(ticket: str, *, facts: dict[str, Any], people: Sequence[User]) -> tuple[PublicReport, bool]:
    """A new report of somebody unknown, and whether it is new: with one ticket it is made once."""
    _hold(ticket)
    if (found := sent_with(ticket)) is not None:
        return found, False
    incident = _report(facts, people)
    kept = return_codes.kept_form(return_codes.code_for(ticket))
    return PublicReport.objects.create(incident=incident, code_hash=kept, form_hash=_hash(ticket)), True


def confirm_saved(report: PublicReport) -> None:
    """The code is in safe hands, and from now on shown to nobody."""
    now = clock.now()
    if PublicReport.objects.filter(pk=report.pk, code_saved_at=None).update(code_saved_at=now):
        trail.write("publicreport.code_saved", actor=None, record=report)


def not_held(incident: Incident, uploads: Iterable[UploadedFile[bytes]]) -> list[UploadedFile[bytes]]:
    """Those of these files that somebody unknown has not added to the report yet, each once."""
    held = listing.nobodys(INCIDENT_RECORD, str(incident.pk))
    sent: dict[str, UploadedFile[bytes]] = {}
    for upload in uploads:
        sent.setdefault(_sha256(upload), upload)
    return [upload for sha256, upload in sent.items() if sha256 not in held]


def add_evidence(incident: Incident, uploads: Iterable[UploadedFile[bytes]], *, turn: Turn) -> list[str]:
    """Take these files in, each in its turn; returns a sentence for each that could not be added, and why."""
    return [sentence for upload in uploads if (sentence := _refusal_of(incident, upload, turn))]


def _refusal_of(incident: Incident, upload: UploadedFile[bytes], turn: Turn) -> str:
    name = names.clean(upload.name or "")
    with turn() as is_mine:
        if not is_mine:
            return f"“{name}”: {BUSY}"
        try:
            intake.receive(upload, actor=None, record_type=INCIDENT_RECORD, record_id=str(incident.pk))
        except intake.HeldAlready:
            return ""
        except intake.Rejected as rejected:
            return f"“{name}”: {rejected.sentence}"
    return ""


def _sha256(upload: UploadedFile[bytes]) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()


def reply(report: PublicReport, *, body: str, ticket: str) -> Message:
    """Whoever opened the report writes to the Privacy Office; the same words sent twice are one message."""
    return conversation.reply_with_code(report.incident, body=body, submission=_number(ticket))


@transaction.atomic
def tell_without_code(number: int, *, words: str, ticket: str) -> None:
    """Pass on what somebody says who lost a code: to the report of this number, or as a report of its own.

    A report has a code where it was made without signing in; no other is reached. What is passed on is unproven, and
    only the office reads it. Either way costs one slow hash.
    """
    _hold(ticket)
    opens_nothing = return_codes.opens_nothing()
    incident = Incident.objects.filter(pk=number, reporter=None).first()
    if incident is not None:
        conversation.tell_without_code(incident, body=words, submission=_number(ticket))
    elif sent_with(ticket) is None:
        made = _report(_about_a_number(number, words), ())
        PublicReport.objects.create(incident=made, code_hash=opens_nothing, form_hash=_hash(ticket))


def _about_a_number(number: int, words: str) -> dict[str, Any]:
    nothing = "and no report with a code has this number"
    narrative = f"Somebody who lost a code wrote about INC-{number}, {nothing}.\n\n{words}"
    return {
        "kind": Kind.OTHER,
        "outsider": Outsider.OTHER,
        "narrative": narrative,
        "discovered_on": clock.today(),
    }


def _report(facts: dict[str, Any], people: Sequence[User]) -> Incident:
    incident = create(people, people, reporter=None, confidential=False, **facts)
    trail.write("incident.reported", actor=None, record=incident, kind=incident.kind, status=incident.status)
    notices.tell_staff(incident)
    return incident


def _hold(ticket: str) -> None:
    # Of two clicks the second waits here until the first has made the report, and then finds it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [_hash(ticket), _LOCK])


def _hash(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()


def _number(ticket: str) -> uuid.UUID:
    return uuid.UUID(_hash(ticket)[:32])
