"""The data keys: one for each sealed record, itself wrapped by a master key."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class DataKey(models.Model):
    """The key of one record, wrapped; once destroyed it stays as a row that opens nothing, ever again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    binding = models.CharField(max_length=200)
    master_key = models.CharField(max_length=40)
    wrapped = models.BinaryField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at=None) & ~Q(wrapped=b"") | Q(destroyed_at__isnull=False) & Q(wrapped=b""),
                name="datakey_empty_exactly_when_destroyed",
            ),
            models.CheckConstraint(condition=~Q(binding=""), name="datakey_is_bound"),
        ]
        indexes = [
            models.Index(fields=["master_key", "id"], condition=Q(destroyed_at=None), name="datakey_to_rewrap"),
        ]

    def __str__(self) -> str:
        return f"{self.binding} ({'destroyed' if self.destroyed_at else self.master_key})"
