"""Formal investigations as far as several features share them: which there are, whose they are, who takes part."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from people.models import RoleGrant, User
from workflow.models import Stateful

LONGEST_NUMBER, LONGEST_OUTCOME = 20, 300
# Of its letters, digits and dashes people read a number aloud, so nothing else is in it.
NUMBER = r"^[A-Z]{2,5}-20[0-9]{2}-[0-9]{1,5}$"

Office = RoleGrant.Office


class Investigation(Stateful):
    """One formal investigation of an office: open until somebody closes it for good."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"

    class Allegation(models.TextChoices):
        FEDERAL_LAW = "federal_law", "A federal law was broken"
        STATE_LAW = "state_law", "A state law was broken"
        LOCAL_LAW = "local_law", "A local law was broken"
        REGULATION = "regulation", "A regulation was broken"
        DHS_POLICY = "dhs_policy", "A DHS policy was broken"

    number = models.CharField(max_length=LONGEST_NUMBER, unique=True)
    office = models.CharField(max_length=30, choices=Office.choices)
    allegation = models.CharField(max_length=20, choices=Allegation.choices)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=LONGEST_OUTCOME, blank=True)
    # The number the form sent: a double click opens one.
    submission = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=NUMBER), name="investigation_number_reads_well"),
            models.CheckConstraint(condition=Q(office__in=Office.values), name="investigation_of_an_office"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_by__isnull=False, closed_at__isnull=False) & ~Q(outcome="")
                | Q(status="open", closed_by=None, closed_at=None, outcome=""),
                name="investigation_closed_by_someone_with_words",
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="investigation_newest")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.status == self.Status.OPEN

    @property
    def tag_kind(self) -> str:
        """How the page marks the state."""
        return "waiting" if self.is_open else "neutral"


class Member(models.Model):
    """Someone who takes part in an investigation until they are taken out; never edited, only ended."""

    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="members")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="member_removed_by_someone",
            ),
            models.UniqueConstraint(
                fields=["investigation", "person"], condition=Q(removed_at=None), name="member_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "investigation"], condition=Q(removed_at=None), name="member_takes_part_in"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.investigation}"
