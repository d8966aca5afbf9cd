"""An incident someone reported, the draft it came from, and the people named in it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from incidents import choices
from incidents.choices import Kind, Severity, Status
from people.models import Unit, User
from workflow.models import Stateful

LONGEST_PLATFORM = 60


def _several() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=30), default=list, blank=True)


class Draft(models.Model):
    """A report someone is still writing; its id becomes the incident's, so that a double click files once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField(db_default=Now())
    saved_at = models.DateTimeField(db_default=Now())
    filed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author"], condition=Q(filed_at=None), name="one_open_draft_a_person"),
        ]

    def __str__(self) -> str:
        return f"Draft {self.id}"


class Incident(Stateful):
    """What was reported and where it stands; the primary key is the number people quote."""

    draft = models.OneToOneField(Draft, models.PROTECT, null=True, related_name="incident")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.REPORTED)
    # Nobody, where someone reported it without signing in; then `outsider` says who they are.
    reporter = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="incidents_reported")
    outsider = models.CharField(max_length=20, choices=choices.Outsider.choices, blank=True)
    confidential = models.BooleanField()
    reported_at = models.DateTimeField(db_default=Now())

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.EXPOSURE)
    narrative = models.TextField()
    discovered_on = models.DateField()
    occurred_on = models.DateField(null=True, blank=True)
    platform = models.CharField(max_length=LONGEST_PLATFORM, blank=True)
    platform_other = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=2000, blank=True)
    visibility = models.CharField(max_length=20, choices=choices.Visibility.choices, blank=True)
    still_live = models.CharField(max_length=10, choices=choices.YesNo.choices, blank=True)
    verb = models.CharField(max_length=20, choices=choices.Verb.choices, blank=True)
    asked_for = _several()
    moved_to_personal = models.CharField(max_length=10, choices=choices.YesNo.choices, blank=True)
    information = _several()
    altered = models.BooleanField(default=False)
    affected = _several()
    affected_count = models.PositiveIntegerField(null=True, blank=True)
    affected_range = models.CharField(max_length=20, choices=choices.Range.choices, blank=True)
    programmes = _several()
    how_found = models.CharField(max_length=20, choices=choices.HowFound.choices, blank=True)
    people_described = models.CharField(max_length=500, blank=True)
    people_unknown = models.BooleanField(default=False)
    containment = models.TextField(blank=True)

    severity = models.CharField(max_length=10, choices=Severity.choices, blank=True)
    severity_reason = models.TextField(blank=True)
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="incidents_assigned")
    division = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    look_due_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True)
    ground = models.CharField(max_length=20, choices=choices.Ground.choices, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # The number that this report and those merged with it share: whoever may not see one of them sees none.
    family = models.GeneratedField(
        expression=Coalesce("merged_into_id", "id"), output_field=models.BigIntegerField(), db_persist=True
    )

    involved: models.ManyToManyField[User, Involvement] = models.ManyToManyField(
        User, through="Involvement", through_fields=("incident", "person"), related_name="incidents_named_in"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assignee=None) | ~Q(assignee=F("reporter")), name="reporter_does_not_work_on_own_report"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("reporter")), name="reporter_does_not_decide_own_report"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.SUBSTANTIATED, Status.UNSUBSTANTIATED, Status.NEAR_MISS])
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(finding="")),
                name="decision_has_a_decider_and_words",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(closed_at__isnull=False), name="closed_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(affected_count=None) | Q(affected_range=""), name="affected_by_number_or_range"
            ),
            models.CheckConstraint(
                condition=Q(reporter=None, confidential=False) & ~Q(outsider="")
                | Q(reporter__isnull=False, outsider=""),
                name="reported_by_an_employee_or_an_outsider",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | ~Q(status=Status.MERGED) & Q(merged_into=None),
                name="merged_into_another_exactly_when_merged",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at", "id"], name="incident_queue"),
            models.Index(fields=["due_at", "id"], name="incident_due"),
            # With all the queue is narrowed by, so that a walk through the open cases reads nothing else.
            models.Index(
                fields=["due_at", "id"],
                include=["status", "kind", "severity", "platform", "division", "assignee", "family"],
                condition=choices.UNSETTLED,
                name="incident_open_by_due",
            ),
            models.Index(fields=["family"], name="incident_family"),
            models.Index(fields=["severity", "due_at", "id"], name="incident_severity"),
            models.Index(fields=["assignee", "due_at", "id"], name="incident_assignee"),
            models.Index(fields=["reporter", "-id"], name="incident_reporter"),
            models.Index(fields=["kind"], name="incident_kind"),
            models.Index(fields=["id"], condition=choices.NAMES_A_PLATFORM, name="incident_with_platform"),
            models.Index(fields=["id"], condition=choices.NAMES_INFORMATION, name="incident_with_information"),
            models.Index(fields=["id"], condition=choices.ASKED_FOR_LOGIN, name="incident_asked_for_login"),
            models.Index(fields=["id"], condition=choices.ASKED_FOR_SETTINGS, name="incident_asked_for_settings"),
            models.Index(fields=["id"], condition=choices.ASKED_TO_ADD, name="incident_asked_to_add"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number people quote, as in INC-1042."""
        return f"INC-{self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether it was reported without signing in."""
        return self.reporter_id is None

    @property
    def awaits_decision(self) -> bool:
        """Whether the due date still counts."""
        return self.status in choices.UNDECIDED

    @property
    def tag_kind(self) -> str:
        """How the page marks the state."""
        return choices.STATUS_TAGS[Status(self.status)]

    @property
    def severity_tag_kind(self) -> str:
        """How the page marks the severity; neutral while nobody has decided."""
        return choices.SEVERITY_TAGS[Severity(self.severity)] if self.severity else "neutral"


class Involvement(models.Model):
    """A person named in a report; naming someone takes the case out of their sight at once."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="involvements")
    person = models.ForeignKey(User, models.PROTECT, related_name="involvements")
    # Nobody, where someone named them who did not sign in.
    named_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="person_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.incident}"
