"""The files of a record, and the file of an id."""

import uuid

from django.db.models import QuerySet

from attachments.models import Attachment


def of(record_type: str, record_id: str) -> QuerySet[Attachment]:
    """The files of one record that have not been removed, oldest first, with who added them."""
    found = Attachment.objects.filter(record_type=record_type, record_id=record_id, removed_at=None)
    return found.select_related("uploaded_by").order_by("uploaded_at", "id")


def nobodys(record_type: str, record_id: str) -> set[str]:
    """The SHA-256 of each file that somebody unknown added to a record."""
    return set(of(record_type, record_id).filter(uploaded_by=None).values_list("sha256", flat=True))


def one(attachment_id: uuid.UUID) -> Attachment | None:
    """The file with this id and its key, unless it was removed; whether it may be seen is another question."""
    return Attachment.objects.select_related("key").filter(pk=attachment_id, removed_at=None).first()
