"""Writing and filing a report: a draft is saved as it is typed and becomes one incident, once."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from attachments import intake, listing
from audit import trail
from incidents import notices, parameters
from incidents.models import Draft, Incident, Involvement
from people.models import User
from workflow import calendar, clock

DRAFT_RECORD = "incidents.draft"
INCIDENT_RECORD = "incidents.incident"


def open_draft(*, author: User) -> Draft:
    """The report this person is writing; a new one where none is open."""
    draft, _ = Draft.objects.get_or_create(author=author, filed_at=None)
    return draft


def draft_to_file(draft_id: str, *, author: User) -> Draft:
    """The draft a form was written on, filed or not; the open one where the form names none of theirs."""
    try:
        named = Draft.objects.select_related("incident").filter(pk=uuid.UUID(draft_id), author=author).first()
    except ValueError:
        named = None
    return named or open_draft(author=author)


def save_draft(draft: Draft, answers: dict[str, Any]) -> Draft:
    """Keep what has been typed so far; nothing changes once the report is filed."""
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


def remove_evidence(draft: Draft, attachment_id: str, *, actor: User) -> None:
    """Take one file out of an unfinished report; one that is not there is gone already."""
    for attachment in listing.of(DRAFT_RECORD, str(draft.pk)):
        if str(attachment.pk) == attachment_id:
            intake.remove(attachment, actor=actor)


@transaction.atomic
def file_report(draft: Draft, *, actor: User, facts: dict[str, Any], people: Iterable[User]) -> Incident:
    """Turn a draft into an incident; asked twice with one draft, it answers with the one incident."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk, author=actor)
    if draft.filed_at is not None:
        return Incident.objects.get(draft=draft)
    incident = _create(draft, actor, facts)
    Involvement.objects.bulk_create(
        Involvement(incident=incident, person=person, named_by=actor, named_at=incident.reported_at)
        for person in people
    )
    intake.move(DRAFT_RECORD, str(draft.pk), INCIDENT_RECORD, str(incident.pk), actor=actor)
    Draft.objects.filter(pk=draft.pk).update(filed_at=incident.reported_at, answers={})
    trail.write("incident.reported", actor=actor, record=incident, kind=incident.kind, status=incident.status)
    notices.tell_of_report(incident)
    return incident


def _create(draft: Draft, actor: User, facts: dict[str, Any]) -> Incident:
    reported_at = clock.now()
    due_at = calendar.due_after(reported_at, parameters.FIRST_LOOK_DAYS.value())
    return Incident.objects.create(draft=draft, reporter=actor, reported_at=reported_at, due_at=due_at, **facts)


def discard_old_drafts() -> int:
    """Throw away reports nobody has touched for as long as the setting says; returns how many."""
    before = clock.now() - timedelta(days=parameters.DRAFT_DAYS.value())
    old = list(Draft.objects.filter(filed_at=None, saved_at__lt=before))
    for draft in old:
        discard_draft(draft, actor=None)
    return len(old)
