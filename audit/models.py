"""The trail: entries that are only ever added, and the signed checkpoints over them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Now


class AppendOnly(models.Model):
    """A table that only grows: its migration adds `triggers.append_only`, `database_roles` withholds the rest."""

    class Meta:
        abstract = True


class Entry(AppendOnly):
    """One thing that happened to one record; the columns with a database default are set by the INSERT trigger."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=100)
    record_type = models.CharField(max_length=100, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    seq = models.PositiveBigIntegerField(db_default=0, editable=False)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, db_default="", editable=False)
    hash = models.CharField(max_length=64, db_default="", editable=False)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["record_type", "record_id", "seq"], name="entry_follows_its_predecessor"),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} #{self.seq}: {self.action}"


class Unsigned(models.Model):
    """An entry no checkpoint covers yet; the trigger's note to the signer, and no evidence of anything."""

    entry = models.OneToOneField(
        Entry, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="unsigned"
    )

    class Meta:
        verbose_name_plural = "unsigned"

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Checkpoint(AppendOnly):
    """A signed statement of exactly which entries existed and what they hashed to, chained to the one before."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    entry_ids = ArrayField(models.BigIntegerField())
    entry_hashes = models.BinaryField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    public_key = models.CharField(max_length=44)
    signature = models.CharField(max_length=88)

    def __str__(self) -> str:
        return f"checkpoint {self.number}"
