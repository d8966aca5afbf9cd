"""Whose turn a request is or was, in whose name, and what came of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from access_requests.models.request import LONGEST_ANSWER, LONGEST_SITE, AccessRequest
from people.models import User

LONGEST_WHY = 1000


class Turn(models.Model):
    """One link of the chain of command at one request: it waits, then it is closed for good."""

    class Kind(models.TextChoices):
        DECISION = "decision", "Decision"
        REVIEW = "review", "Periodic review"

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned for changes"
        DECLINED = "declined", "Declined"
        KEPT = "kept", "Kept"
        REVOKED = "revoked", "Revoked"
        PASSED_OVER = "passed_over", "Not decided in time"
        MOVED_ON = "moved_on", "Given to someone else"
        OVER = "over", "Over before it was decided"

    class Code(models.TextChoices):
        PURPOSE = "purpose", "The purpose is not specific enough"
        CASE = "case", "The investigation or case number is missing or wrong"
        PUBLIC = "public", "Public viewing without sign-in seems enough"
        SITES = "sites", "Too many sites, or the wrong ones"
        TIME = "time", "The time is too long or does not fit"
        DEVICE = "device", "The device is not the right one"
        OTHER = "other", "Another reason"

    request = models.ForeignKey(AccessRequest, models.PROTECT, related_name="turns")
    round = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.DECISION)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=LONGEST_WHY)
    # The requester's own superior at that time: another one now means another chain.
    under = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=20, choices=Code.choices, blank=True)
    words = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    # What an approval left of the request.
    until = models.DateField(null=True, blank=True)
    sites = ArrayField(models.CharField(max_length=LONGEST_SITE), default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request"], condition=Q(outcome=""), name="access_is_one_persons_turn"),
            models.CheckConstraint(
                condition=Q(outcome="", closed_at=None) | ~Q(outcome="") & Q(closed_at__isnull=False),
                name="access_turn_closed_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(acting_for=None) | ~Q(acting_for=F("person")), name="access_delegate_is_someone_else"
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["returned", "declined", "revoked"]) | ~Q(words=""),
                name="access_no_comes_with_words",
            ),
            models.CheckConstraint(
                condition=Q(outcome="returned") & ~Q(code="") | ~Q(outcome="returned") & Q(code=""),
                name="access_returned_for_a_coded_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "kind", "due_at", "id"], condition=Q(outcome=""), name="access_awaits"),
            models.Index(fields=["due_at", "id"], condition=Q(outcome=""), name="access_turn_due"),
            models.Index(fields=["person", "request"], name="access_turns_of_person"),
            models.Index(
                fields=["acting_for", "request"], condition=Q(acting_for__isnull=False), name="access_turns_in_name_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.request_id}"

    @property
    def principal(self) -> User:
        """The link of the chain: whoever decides in their own name, or the one they stand in for."""
        return self.acting_for or self.person

    @property
    def named(self) -> str:
        """Who has it, both names where someone stands in."""
        return f"{self.person}, standing in for {self.acting_for}" if self.acting_for else str(self.person)
