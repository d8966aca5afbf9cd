"""The policy library: a document, its versions of which published ones never change, and what is found in its text."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from audit.models import AppendOnly
from people.models import Unit, User
from workflow.models import Stateful

# With a digit, so that no policy has the address of a page.
NUMBER = r"^(?=[A-Z.-]*[0-9])[0-9A-Z][0-9A-Z.-]{0,19}$"
LONGEST_TITLE = 200
LONGEST_BODY = 600_000
LONGEST_CITATION = 200


class Document(models.Model):
    """One policy, whatever its wording: its number never changes, its owner answers for it."""

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    owner = models.ForeignKey(User, models.PROTECT, related_name="policies_owned")
    # Of the whole department where no division or office is named.
    division = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    # What the library shows and searches; set as a version comes into force, and again whenever a day begins.
    in_force = models.OneToOneField("Version", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=NUMBER), name="policy_number_is_one"),
            models.CheckConstraint(condition=~Q(title=""), name="policy_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["number"], condition=Q(in_force__isnull=False), name="policy_in_library"),
            models.Index(fields=["owner"], name="policy_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Version(Stateful):
    """One wording of a document: a draft until someone other than its writers approves it, then fixed for good."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED)

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    # Given when it is published: 1, 2, 3 ...
    number = models.PositiveIntegerField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    effective_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # Counts every change of the draft, so that nobody saves over what they have not seen.
    revision = models.PositiveIntegerField(default=0)
    imported_from = models.CharField(max_length=200, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    # SHA-256 of number, version, title, day, summary and text; the database computes it as it publishes.
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="policy_version_numbered_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(status__in=["draft", "in_review", "approved"]),
                name="policy_has_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("author")),
                name="policy_approved_by_someone_else",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "published"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="policy_approved_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="published",
                    number__isnull=False,
                    effective_on__isnull=False,
                    published_by__isnull=False,
                    published_at__isnull=False,
                )
                & ~Q(sha256="")
                & ~Q(body="")
                & ~Q(summary="")
                | ~Q(status="published") & Q(number=None, published_at=None, sha256=""),
                name="policy_published_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["document", "-effective_on", "-number"],
                condition=Q(status="published"),
                name="policy_in_force_on",
            ),
            models.Index(fields=["effective_on"], condition=Q(status="published"), name="policy_comes_into_force"),
            models.Index(
                fields=["-started_at", "-id"],
                condition=Q(status__in=["draft", "in_review", "approved"]),
                name="policy_drafts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.number}, version {self.number}" if self.number else f"{self.document.number}, draft"

    @property
    def is_published(self) -> bool:
        """Whether its text is fixed for good."""
        return self.status == self.Status.PUBLISHED

    @property
    def published_on(self) -> date | None:
        """The department's day on which it was published."""
        return timezone.localtime(self.published_at).date() if self.published_at else None

    @property
    def name(self) -> str:
        """What people call it beside its document's number."""
        return f"Version {self.number}" if self.number else "Draft"

    @property
    def tag_kind(self) -> str:
        """How the page marks the state."""
        return {
            self.Status.DRAFT: "neutral",
            self.Status.IN_REVIEW: "waiting",
            self.Status.APPROVED: "active",
            self.Status.PUBLISHED: "success",
        }.get(self.Status(self.status), "neutral")


class Contribution(AppendOnly):
    """Someone wrote in a draft, and so does not approve it."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="contributions")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    first_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="policy_written_by_once")]

    def __str__(self) -> str:
        return f"{self.person} in {self.version_id}"


class Remark(AppendOnly):
    """What writers and reviewers of a draft say to each other."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="remarks")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["version", "id"], name="policy_remarks")]

    def __str__(self) -> str:
        return f"{self.author} on {self.version_id}"


class Passage(models.Model):
    """One clause or section of what is in force today: the search finds these, and each is derived from its version."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    anchor = models.CharField(max_length=100)
    citation = models.CharField(max_length=LONGEST_CITATION, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    text = models.TextField()
    words = models.GeneratedField(
        expression=SearchVector("title", config="english", weight="A")
        + SearchVector("text", config="english", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="policy_passage_once"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="policy_words", fastupdate=False),
            GinIndex(fields=["words"], condition=Q(position=0), name="policy_title_words", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.citation or self.title}"
