"""What belongs to the desk and not to one case: saved views, and the way back to reports of outsiders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from audit.models import AppendOnly
from incidents.models.incident import Incident
from people.models import User
from vault.models import DataKey


class SavedView(models.Model):
    """A filter of the queue that someone keeps under a name of their own."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_named_once")]

    def __str__(self) -> str:
        return self.name


class PublicReport(models.Model):
    """The way back to a report made without signing in; its code and its form are known only by their hashes."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="public_report")
    code_hash = models.CharField(max_length=64, unique=True)
    form_hash = models.CharField(max_length=64, unique=True)
    code_saved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Public report {self.incident}"


class ReturnKey(AppendOnly):
    """The one secret, sealed, without which nobody can try out return codes on a copy of the database."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    key = models.OneToOneField(DataKey, models.PROTECT, related_name="+")
    sealed = models.BinaryField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="one_return_key")
        ]

    def __str__(self) -> str:
        return "The key of return codes"
