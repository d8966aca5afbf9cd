"""Taking a file in, moving it with its record, and taking it back."""

from __future__ import annotations

import hashlib
import io
import logging
import uuid

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from attachments import access, first_look, isolation, kinds, listing, quota, scanner, sealing
from attachments.first_look import Seen
from attachments.kinds import Welcome
from attachments.models import Attachment
from attachments.rejection import HeldAlready, Rejected
from audit import trail
from people.models import User
from vault import store

__all__ = ["HeldAlready", "Rejected", "discard_all", "move", "receive", "remove"]
logger = logging.getLogger(__name__)


def receive(
    upload: UploadedFile[bytes],
    *,
    actor: User | None,
    record_type: str,
    record_id: str,
    accepted: Welcome = kinds.ACCEPTED,
) -> Attachment:
    """Take one file in: looked at, scanned, parsed, sealed, written down; raises Rejected and then leaves nothing.

    Of nobody, a record takes no file twice.
    """
    seen = first_look.look(upload, accepted)
    content = upload.read()
    _refuse_infected(content, actor)
    copy = isolation.shared_copy(content, seen.kind)
    attachment = _described(seen, content, actor, record_type, record_id)
    return _kept(attachment, content, copy)


@transaction.atomic
def remove(attachment: Attachment, *, actor: User) -> None:
    """Take a file back for good, its key destroyed; raises Rejected unless its uploader may still do so."""
    current = Attachment.objects.select_for_update(of=("self",)).select_related("key").get(pk=attachment.pk)
    if current.removed_at is not None:
        return
    if not access.may_remove(actor, current):
        raise Rejected("This file cannot be removed any more: only who added it can do that, until it is sent.")
    _discard(current, actor)


@transaction.atomic
def discard_all(record_type: str, record_id: str, *, actor: User | None = None) -> int:
    """Take back every file of a record that is itself thrown away; returns how many."""
    files = list(_locked(record_type, record_id))
    for attachment in files:
        _discard(attachment, actor)
    return len(files)


@transaction.atomic(savepoint=False)
def move(from_type: str, from_id: str, to_type: str, to_id: str, *, actor: User | None = None) -> int:
    """Let the files of a draft belong to the record it became, once and for all; returns how many."""
    files = list(listing.of(from_type, from_id).select_for_update(of=("self",)))
    for attachment in files:
        entry = trail.write("attachment.moved", actor=actor, record=attachment, record_type=to_type, record_id=to_id)
        attachment.record_type, attachment.record_id, attachment.moved_at = to_type, to_id, entry.at
        attachment.save(update_fields=["record_type", "record_id", "moved_at"])
    return len(files)


def _refuse_infected(content: bytes, actor: User | None) -> None:
    try:
        scanner.scan(content)
    except scanner.Infected as finding:
        logger.warning("The virus scanner refused an upload: %s", finding)
        trail.write("attachment.infected", actor=actor, record=None, finding=str(finding)[:200])
        raise Rejected("The virus scanner found something in this file. Do not open it. Tell IT Security.") from None
    except scanner.ScannerAway as away:
        logger.error("The virus scanner gave no answer: %s", away)  # noqa: TRY400  the cause says all, a trace nothing
        raise Rejected("The virus scanner does not answer, so no files can be added now. Try again later.") from None


def _described(seen: Seen, content: bytes, actor: User | None, record_type: str, record_id: str) -> Attachment:
    return Attachment(
        id=uuid.uuid4(),
        record_type=record_type,
        record_id=record_id,
        uploaded_by=actor,
        name=seen.name,
        content_type=seen.kind.content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _kept(attachment: Attachment, content: bytes, copy: bytes) -> Attachment:
    # The files first, then the row: a row always has its files, and files without one are strays.
    try:
        with transaction.atomic():
            _seal(attachment, content, copy)
            _write_down(attachment)
    except BaseException:
        sealing.delete(attachment.stored_names)
        raise
    return attachment


def _seal(attachment: Attachment, content: bytes, copy: bytes) -> None:
    belongs = {"record_type": attachment.record_type, "record_id": attachment.record_id}
    quota.refuse_beyond(attachment.size, actor=attachment.uploaded_by, **belongs)
    # Only now, while the quota holds off nobody's other uploads, is the answer still true when the row is written.
    if attachment.uploaded_by is None and attachment.sha256 in listing.nobodys(**belongs):
        raise HeldAlready("This file was added already.")
    attachment.key = store.new_key(attachment.binding)
    attachment.stored_name = sealing.keep(attachment.key, io.BytesIO(content), purpose=sealing.ORIGINAL)
    if copy:
        attachment.copy_type = kinds.content_type_of(copy)
        attachment.copy_name = sealing.keep(attachment.key, io.BytesIO(copy), purpose=sealing.COPY)


def _write_down(attachment: Attachment) -> None:
    facts = ("record_type", "record_id", "content_type", "size", "sha256")
    told = {fact: getattr(attachment, fact) for fact in facts}
    entry = trail.write("attachment.received", actor=attachment.uploaded_by, record=attachment, **told)
    attachment.uploaded_at = entry.at
    attachment.save(force_insert=True)


def _discard(attachment: Attachment, actor: User | None) -> None:
    entry = trail.write("attachment.removed", actor=actor, record=attachment)
    attachment.removed_at = entry.at
    attachment.save(update_fields=["removed_at"])
    store.destroy(attachment.key)
    names = attachment.stored_names
    # Should the storage be away just then, the sweep deletes them: nobody can open them any more in any case.
    transaction.on_commit(lambda: sealing.delete(names), robust=True)


def _locked(record_type: str, record_id: str) -> list[Attachment]:
    rows = listing.of(record_type, record_id).select_for_update(of=("self",))
    return list(rows.select_related("key"))
