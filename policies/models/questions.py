"""Questions about a clause: who asked, whose turn it is, the answer, and what was published of it without names."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from audit.models import AppendOnly
from people.models import User
from policies.models.library import LONGEST_CITATION, Document, Version
from workflow.models import Stateful

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_WHY = 2000, 5000, 500


class Question(Stateful):
    """One employee's question; whose turn it is answers it, passes it on, or is passed over in time."""

    class Status(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    document = models.ForeignKey(Document, models.PROTECT, related_name="questions")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    anchor = models.CharField(max_length=100, blank=True)
    citation = models.CharField(max_length=LONGEST_CITATION, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="policy_questions")
    body = models.TextField()
    # The supervisor it is about, who must never see it; nobody where it is about none.
    about = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    holder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    acting_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # The number the form sent: a double click is one question.
    submission = models.UUIDField(unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=None) | ~Q(holder=F("asked_by")), name="question_not_answered_by_asker"
            ),
            models.CheckConstraint(
                condition=Q(about=None) | Q(holder=None) | ~Q(holder=F("about")),
                name="question_not_held_by_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="question_answered_by_someone_else"
            ),
            models.CheckConstraint(
                condition=Q(about=None) | Q(answered_by=None) | ~Q(answered_by=F("about")),
                name="question_not_answered_by_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(status="answered", answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")
                | ~Q(status="answered") & Q(answered_by=None, answered_at=None, answer=""),
                name="question_answered_by_someone_with_words",
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(holder=None), name="question_is_nobodys_turn_once_over"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_by", "-asked_at", "-id"], name="question_asked_by"),
            models.Index(fields=["holder", "due_at", "id"], condition=Q(status="open"), name="question_awaits"),
            models.Index(fields=["due_at", "id"], condition=Q(status="open"), name="question_due"),
            models.Index(fields=["document", "-asked_at", "-id"], name="question_of_policy"),
        ]

    def __str__(self) -> str:
        return f"Question {self.pk}"

    @property
    def part(self) -> str:
        """What of the policy it asks about, as people cite it."""
        return self.citation or "the whole policy"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.status == self.Status.OPEN

    @property
    def tag_kind(self) -> str:
        """How the page marks the state."""
        return {self.Status.OPEN: "waiting", self.Status.ANSWERED: "success"}.get(self.Status(self.status), "neutral")


class Turn(AppendOnly):
    """Whose turn a question became, in whose name, and why; it stays in their sight."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="turns")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=LONGEST_WHY)
    since = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["question", "id"], name="turns_of_question"),
            models.Index(fields=["person", "question"], name="turns_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.question_id}"


class PublishedAnswer(models.Model):
    """A question and its answer as every reader of the policy finds them: in the owner's words, without names."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="published")
    document = models.ForeignKey(Document, models.PROTECT, related_name="answers")
    anchor = models.CharField(max_length=100, blank=True)
    citation = models.CharField(max_length=LONGEST_CITATION, blank=True)
    asked = models.TextField()
    answered = models.TextField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="answer_withdrawn_by_someone",
            ),
            models.UniqueConstraint(
                fields=["question"], condition=Q(withdrawn_at=None), name="answer_published_once_at_a_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["document", "-published_at", "-id"], condition=Q(withdrawn_at=None), name="answers_of_policy"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"
