"""What is said and done about an incident."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from audit.models import AppendOnly
from incidents.models.incident import Incident
from people.models import User

LONGEST_TASK = 200


class Task(models.Model):
    """Something to be done about an incident, from the checklist of its kind or added by hand."""

    class State(models.TextChoices):
        OPEN = "open", "To do"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="tasks")
    text = models.CharField(max_length=LONGEST_TASK)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    # Nobody, where it comes from the checklist.
    added_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "text"], name="task_stands_once"),
            models.CheckConstraint(condition=~Q(text=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", settled_by=None, settled_at=None, reason="")
                | Q(state="done", settled_by__isnull=False, settled_at__isnull=False, reason="")
                | Q(state="not_needed", settled_by__isnull=False, settled_at__isnull=False) & ~Q(reason=""),
                name="task_settled_by_someone_and_set_aside_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Message(AppendOnly):
    """Something said about an incident: to the reporter and back, or a note inside the Privacy Office.

    Without an author it is from whoever reported without signing in; `unproven` where they came without their code.
    """

    class Audience(models.TextChoices):
        THREAD = "thread", "Reporter and Privacy Office"
        OFFICE = "office", "Privacy Office only"

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    unproven = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    body = models.TextField()
    sent_at = models.DateTimeField(db_default=Now())
    submission = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        indexes = [models.Index(fields=["incident", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(unproven=False) | Q(author=None, audience="office"),
                name="unproven_words_reach_the_office_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"Message on {self.incident}"


class Unmasking(AppendOnly):
    """A Privacy Officer learned who a confidential reporter is, for a stated reason the reporter can read."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="unmaskings")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="unmasking_states_its_reason"),
        ]

    def __str__(self) -> str:
        return f"Unmasking of {self.incident}"
