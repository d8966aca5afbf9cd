"""The files that belong to records: a row each, while the file itself lies sealed in the storage."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from vault.models import DataKey


class Attachment(models.Model):
    """One file as it was received; only its removal, and its one move from a draft to a record, are ever added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_type = models.CharField(max_length=100)
    record_id = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=180)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    stored_name = models.CharField(max_length=100, unique=True)
    copy_name = models.CharField(max_length=100, blank=True)
    copy_type = models.CharField(max_length=60, blank=True)
    uploaded_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_has_contents"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="attachment_sha256_is_one"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(record_type="") & ~Q(record_id=""), name="attachment_belongs_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(copy_name="", copy_type="") | ~Q(copy_name="") & ~Q(copy_type=""),
                name="attachment_copy_has_a_type",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=models.F("uploaded_at")),
                name="attachment_removed_after_upload",
            ),
            models.UniqueConstraint(fields=["copy_name"], condition=~Q(copy_name=""), name="attachment_copy_is_own"),
        ]
        indexes = [
            models.Index(
                fields=["record_type", "record_id", "uploaded_at"],
                condition=Q(removed_at=None),
                name="attachment_of_a_record",
            ),
            models.Index(fields=["uploaded_by", "uploaded_at"], name="attachment_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def binding(self) -> str:
        """The place everything sealed for this row is tied to."""
        return f"attachments.attachment:{self.pk}"

    @property
    def has_copy(self) -> bool:
        """Whether there is a shared copy: pictures and PDF documents have one."""
        return bool(self.copy_name)

    @property
    def has_preview(self) -> bool:
        """Whether the shared copy is a picture a page can show."""
        return self.copy_type.startswith("image/")

    @property
    def stored_names(self) -> list[str]:
        """The names of its sealed files in the storage."""
        return [name for name in (self.stored_name, self.copy_name) if name]
