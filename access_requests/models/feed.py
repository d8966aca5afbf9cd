"""The tokens with which a proxy or firewall reads the list of grants in force."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import User


class FeedToken(models.Model):
    """One machine's way in; of the token itself only its SHA-256 is kept."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="feed_token_revoked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.name
