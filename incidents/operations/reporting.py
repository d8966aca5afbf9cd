"""Writing and filing a report: a draft is saved as it is typed and becomes one incident, once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attachments import intake, listing
from attachments.models import Attachment
from audit import trail
from incidents import limits, notices, parameters
from incidents.models import Draft, Incident, Involvement
from people.divisions import division_of
from people.models import User
from people.planned import Planned
from people.prepared import Prepared, put
from workflow import calendar, clock
from workflow.decisions import ALLOWED, Decision, Denied, Refused, require

DRAFT_RECORD = "incidents.draft"
INCIDENT_RECORD = "incidents.incident"
ELSEWHERE = (
    "This report is open in another tab or on another device and was changed there, so nothing more is saved from here."
    " What you typed still stands on this page: copy what you need, then reload the page to go on."
)


def open_draft(*, author: User) -> Draft:
    """The report this person is writing; a new one where none is open."""
    draft, _ = Draft.objects.get_or_create(author=author, filed_at=None)
    return draft


def draft_to_file(draft_id: str, *, author: User) -> Draft:
    """The draft a form was written on, filed or not; the open one where the form names none of theirs.

    Thrown away meanwhile, it is one of the same number, unsaved where another report is being written.
    """
    try:
        number = uuid.UUID(draft_id)
    except ValueError:
        return open_draft(author=author)
    named = _BY_NUMBER.first(number) or _thrown_away(number, author)
    return named if named.author_id == author.pk else open_draft(author=author)


_BY_NUMBER = Prepared(
    lambda number: Draft.objects.filter(pk=number).annotate(filed_lately=limits.FILED_LATELY),
    here=uuid.UUID(int=4022),
)


def _thrown_away(number: uuid.UUID, author: User) -> Draft:
    Draft.objects.bulk_create([Draft(pk=number, author=author)], ignore_conflicts=True)
    begun_anew = Draft.objects.filter(pk=number).first()
    if begun_anew is not None:
        return begun_anew
    being_written = open_draft(author=author)
    return Draft(pk=number, author=author, answers=being_written.answers, saved_at=being_written.saved_at)


def draft_to_change(draft_id: str, *, author: User) -> Draft:
    """The draft a form was written on, or the open one where it names none of theirs; raises Refused once sent."""
    draft = draft_to_file(draft_id, author=author)
    _require_unsent(draft)
    return draft


def _require_unsent(draft: Draft) -> None:
    if draft.filed_at is not None:
        told = f"You already sent this report as {draft.incident.reference}. To add to it, write a message there."
        raise Refused(Denied(told, conflict=True), action="report.change", record=draft)


def version(draft: Draft) -> str:
    """What a page sends back to say which state of the draft it shows."""
    return draft.saved_at.astimezone(UTC).isoformat()


@transaction.atomic
def autosave_draft(draft: Draft, answers: dict[str, Any], *, seen: str, own: Iterable[dict[str, Any]] = ()) -> Draft:
    """Keep what a page saves by itself; raises Refused where someone saved the draft after the page had `seen` it.

    `own` are answers the same page sent before without hearing back: where they are the ones saved, nothing is lost.
    """
    current = Draft.objects.select_for_update().filter(pk=draft.pk).first() or open_draft(author=draft.author)
    _require_unsent(current)
    if any(current.answers.values()) and seen not in {"", version(current)}:
        require(_is_theirs(current, [answers, *own]), action="report.save", record=current)
    return save_draft(current, answers)


def _is_theirs(draft: Draft, sent: list[dict[str, Any]]) -> Decision:
    return ALLOWED if draft.answers in sent else Denied(ELSEWHERE, conflict=True)


def save_draft(draft: Draft, answers: dict[str, Any]) -> Draft:
    """Keep what has been typed so far, in the open draft where this one was thrown away; nothing once it is filed."""
    if not Draft.objects.filter(pk=draft.pk).exists():
        draft = open_draft(author=draft.author)
    draft.answers, draft.saved_at = answers, clock.now()
    Draft.objects.filter(pk=draft.pk, filed_at=None).update(answers=answers, saved_at=draft.saved_at)
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, actor: User | None) -> None:
    """Throw an unfinished report away, its evidence with it; a filed one stays. No actor: the portal itself."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk, filed_at=None).first()
    if locked is None:
        return
    intake.discard_all(DRAFT_RECORD, str(locked.pk), actor=actor)
    locked.delete()


def add_evidence(draft_id: uuid.UUID, upload: UploadedFile[bytes], *, actor: User) -> Attachment:
    """Take a file for a draft; sent meanwhile, the file follows it; raises Rejected where the draft was thrown away."""
    kept = intake.receive(upload, actor=actor, record_type=DRAFT_RECORD, record_id=str(draft_id))
    if not _still_wanted(draft_id, actor):
        raise intake.Rejected("This report was deleted in another tab, so the file was not kept.")
    return kept


@transaction.atomic
def _still_wanted(draft_id: uuid.UUID, actor: User) -> bool:
    # Looking into a file takes seconds, and the draft is not held for so long: only now is it clear what became of it.
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        intake.discard_all(DRAFT_RECORD, str(draft_id), actor=actor)
    elif draft.filed_at is not None:
        intake.move(DRAFT_RECORD, str(draft_id), INCIDENT_RECORD, str(draft.incident.pk), actor=actor)
    return draft is not None


@transaction.atomic
def remove_evidence(draft: Draft, attachment_id: str, *, actor: User) -> None:
    """Take one file out of an unfinished report; one that is not there is gone already."""
    if not Draft.objects.select_for_update().filter(pk=draft.pk, filed_at=None):
        return
    for attachment in listing.of(DRAFT_RECORD, str(draft.pk)):
        if str(attachment.pk) == attachment_id:
            intake.remove(attachment, actor=actor)


@transaction.atomic
def file_report(draft: Draft, *, actor: User, facts: dict[str, Any], people: Iterable[User]) -> Incident:
    """Turn a draft into an incident; asked twice with one draft, it answers with the one incident."""
    if draft.author_id != actor.pk:
        draft = Draft(author=actor)
    claimed = _claim(draft, actor)
    if not claimed:
        return Incident.objects.get(draft=draft.pk, reporter=actor)
    incident = _create(draft, actor, facts, list(people))
    ((has_files,),) = claimed
    if has_files:
        intake.move(DRAFT_RECORD, str(draft.pk), INCIDENT_RECORD, str(incident.pk), actor=actor)
    trail.write("incident.reported", actor=actor, record=incident, kind=incident.kind, status=incident.status)
    notices.tell_of_report(incident)
    return incident


def _claim(draft: Draft, actor: User) -> list[tuple[Any, ...]]:
    """Nothing where the draft was sent before; else one row with whether it has files."""
    # Of two who send the same draft at once, the second waits here for the first, and then finds it sent. Deleted in
    # another tab while it was being sent, it is there again: sending wins, and takes nothing of another report along.
    return _mark_as_sent(draft, actor) or _sent_again(draft, actor) or _mark_as_sent(draft, actor)


def _mark_as_sent(draft: Draft, actor: User) -> list[tuple[Any, ...]]:
    return _SENDING.rows(clock.now(), draft.pk, actor.pk)


_SENDING = Planned(
    """
    UPDATE incidents_draft SET filed_at = %s, answers = '{}' WHERE id = %s AND author_id = %s AND filed_at IS NULL
    RETURNING EXISTS (SELECT 1 FROM attachments_attachment
                      WHERE record_type = %s AND record_id = incidents_draft.id::text)
    """,
    ["now", "draft", "author", DRAFT_RECORD],
    asks=["now", "draft", "author"],
)


def _sent_again(draft: Draft, actor: User) -> list[tuple[Any, ...]]:
    _, is_new = Draft.objects.get_or_create(pk=draft.pk, defaults={"author": actor, "filed_at": clock.now()})
    return [(False,)] if is_new else []


def _create(draft: Draft, actor: User, facts: dict[str, Any], named: list[User]) -> Incident:
    # A confidential reporter's own division would tell something of who they are.
    concerned = named if facts["confidential"] else [*named, actor]
    return create(concerned, named, draft=draft, reporter=actor, **facts)


def create(concerned: Iterable[User], named: Iterable[User], **facts: Any) -> Incident:
    """A new incident, the division it concerns, and its first target: a look within the days of the setting."""
    now = clock.now()
    due_at = calendar.due_after(now, parameters.FIRST_LOOK_DAYS.value())
    division = division_of(concerned)
    incident = put(Incident(reported_at=now, due_at=due_at, look_due_at=due_at, division_id=division, **facts))
    Involvement.objects.bulk_create(
        Involvement(incident=incident, person=person, named_by=incident.reporter, named_at=now) for person in named
    )
    return incident


def discard_old_drafts() -> int:
    """Throw away reports nobody has touched for as long as the setting says; returns how many."""
    before = clock.now() - timedelta(days=parameters.DRAFT_DAYS.value())
    old = list(Draft.objects.filter(filed_at=None, saved_at__lt=before))
    for draft in old:
        discard_draft(draft, actor=None)
    return len(old)
