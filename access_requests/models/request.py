"""A request for access to social media sites at work, from its draft to the removal of what it granted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from investigations.models import Investigation
from people.models import Unit, User
from workflow.models import Stateful

LONGEST_ANSWER, LONGEST_LINE, LONGEST_SITE = 2000, 200, 100


def _sites() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=LONGEST_SITE), default=list, blank=True)


def _somebody() -> models.ForeignKey[User | None, User | None]:
    return models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")


class AccessRequest(Stateful):
    """One employee's request; once granted it is the grant, and the primary key is the number people quote."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Being decided"
        RETURNED = "returned", "Returned for changes"
        APPROVED = "approved", "Waiting for IT Security"
        ACTIVE = "active", "Access in force"
        ENDING = "ending", "Over, to be removed"
        ENDED = "ended", "Over"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class End(models.TextChoices):
        EXPIRED = "expired", "Its last day has passed"
        REVOKED = "revoked", "Revoked"
        PURPOSE_OVER = "purpose_over", "No longer needed"
        CASE_CLOSED = "case_closed", "The investigation was closed"
        MOVED = "moved", "The employee moved to another unit"
        LEFT = "left", "The employee left"
        NOT_REVIEWED = "not_reviewed", "Nobody reviewed it in time"

    # Found by the index that has a requester's own in order; one more would only be written to.
    requester = models.ForeignKey(User, models.PROTECT, related_name="access_requests", db_index=False)
    # Where the requester worked when they sent it: what they were granted ends with a move.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Rises whenever the chain of command begins anew: with each sending, and with each periodic review.
    round = models.PositiveIntegerField(default=0)
    renewal_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    # The number the form sent: a double click is one request.
    submission = models.UUIDField(unique=True)

    sites = _sites()
    wanted = models.TextField(blank=True)
    task = models.TextField(blank=True)
    why_sign_in = models.TextField(blank=True)
    investigation = models.ForeignKey(Investigation, models.PROTECT, null=True, blank=True, related_name="+")
    case_number = models.CharField(max_length=LONGEST_LINE, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    device = models.CharField(max_length=LONGEST_LINE, blank=True)

    # What is left of it once those who decide have shortened it or taken sites out.
    granted_sites = _sites()
    until = models.DateField(null=True, blank=True)

    granted_by = _somebody()
    granted_at = models.DateTimeField(null=True, blank=True)
    provided_on = models.DateField(null=True, blank=True)
    provided_what = models.CharField(max_length=LONGEST_LINE, blank=True)
    provided_where = models.CharField(max_length=LONGEST_LINE, blank=True)
    # The day from which a periodic review of what is in force is asked for.
    review_on = models.DateField(null=True, blank=True)

    ended_by = _somebody()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=End.choices, blank=True)
    end_words = models.TextField(blank=True)
    removal_due_at = models.DateTimeField(null=True, blank=True)
    removed_by = _somebody()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    removed_where = models.CharField(max_length=LONGEST_LINE, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on"), submitted_at__isnull=False, sites__len__gt=0)
                & ~Q(wanted="")
                & ~Q(task="")
                & ~Q(why_sign_in="")
                & ~Q(device="")
                & (Q(investigation__isnull=False) | ~Q(case_number="")),
                name="access_says_what_for",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__lte=F("ends_on")), name="access_is_not_lengthened"
            ),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("requester")), name="access_granted_by_someone_else"
            ),
            models.CheckConstraint(
                condition=Q(removed_by=None) | ~Q(removed_by=F("requester")), name="access_removed_by_someone_else"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["active", "ending"], granted_at__isnull=False, granted_by__isnull=False)
                | ~Q(status__in=["active", "ending"]),
                name="access_in_force_was_granted",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["ending", "ended"], ended_at__isnull=False) & ~Q(end_reason="")
                | ~Q(status__in=["ending", "ended"]) & Q(ended_at=None, end_reason=""),
                name="access_ended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="ending") | Q(removal_due_at__isnull=False), name="access_removal_is_due"
            ),
            models.CheckConstraint(
                condition=~Q(status="ended", granted_at__isnull=False)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="access_removed_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["requester", "-created_at", "-id"], name="access_of_requester"),
            models.Index(
                fields=["-submitted_at", "-id"], name="access_newest", condition=Q(submitted_at__isnull=False)
            ),
            models.Index(
                fields=["status", "-submitted_at", "-id"],
                name="access_by_status",
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(fields=["until", "id"], condition=Q(status="active"), name="access_runs_out"),
            models.Index(
                fields=["until", "id"],
                condition=Q(status__in=["submitted", "returned", "approved"]),
                name="access_too_late",
            ),
            models.Index(fields=["review_on", "id"], condition=Q(status="active"), name="access_for_review"),
            models.Index(fields=["removal_due_at", "id"], condition=Q(status="ending"), name="access_to_remove"),
            models.Index(fields=["submitted_at", "id"], condition=Q(status="approved"), name="access_to_grant"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number people quote."""
        return f"ACC-{self.pk}"

    @property
    def case(self) -> str:
        """The investigation or the case it serves, as people cite it."""
        return f"Investigation {self.investigation.number}" if self.investigation else self.case_number

    @property
    def is_draft(self) -> bool:
        """Whether the requester still writes it: before it was sent, or since it was returned."""
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    @property
    def tag_kind(self) -> str:
        """How the page marks the state."""
        return {
            self.Status.SUBMITTED: "waiting",
            self.Status.APPROVED: "waiting",
            self.Status.RETURNED: "warning",
            self.Status.ACTIVE: "success",
            self.Status.ENDING: "warning",
        }.get(self.Status(self.status), "neutral")
