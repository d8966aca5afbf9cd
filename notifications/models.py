"""What the portal tells one person once: the line in the portal, and the mail that is owed for it."""

from __future__ import annotations

import uuid

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from people.models import User


class Mail(models.TextChoices):
    """Where the mail of a notice stands; `claimed` is a worker's, until its lease runs out."""

    OWED = "owed", "Waiting to be sent"
    CLAIMED = "claimed", "Being sent"
    FAILED = "failed", "Will be tried again"
    SENT = "sent", "Sent"
    DEAD = "dead", "Not delivered"
    NONE = "none", "Not mailed"
    GROUPED = "grouped", "Mailed with the day's reminders"


class Kind(models.TextChoices):
    """What a notice is: something that happened, a reminder, or the mail that groups a day's reminders."""

    EVENT = "event"
    REMINDER = "reminder"
    DIGEST = "digest"


UNDELIVERED = (Mail.OWED, Mail.CLAIMED, Mail.FAILED)
IN_INBOX = Q(kind__in=[Kind.EVENT, Kind.REMINDER], withdrawn_at=None)
UNREAD = IN_INBOX & Q(read_at=None)
UNGROUPED = Q(mail=Mail.GROUPED, digest=None, read_at=None, withdrawn_at=None)
STILL_OWED = Q(mail__in=UNDELIVERED, withdrawn_at=None)
# A path of this site: never "//elsewhere", never anything a browser would read as another address.
LOCAL_PATH = r"^/([^/\\[:space:][:cntrl:]][^\\[:space:][:cntrl:]]*)?$"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by whether they are to be mailed, read or grouped."""

    def due(self) -> NoticeQuerySet:
        """Mail nobody is working on whose time has come, by the database's clock; expired claims included."""
        return self.filter(STILL_OWED, next_attempt_at__lte=Now())

    def inbox_of(self, person: User) -> NoticeQuerySet:
        """What this person finds in their list of notices."""
        return self.filter(IN_INBOX, recipient=person)

    def unread_by(self, person: User) -> NoticeQuerySet:
        """What this person has not opened yet."""
        return self.filter(UNREAD, recipient=person)

    def undeliverable(self) -> NoticeQuerySet:
        """Dead letters: mail nobody will try again unless asked to."""
        return self.filter(mail=Mail.DEAD)


class Notice(models.Model):
    """One event told to one person; a trigger holds what may change and in which order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_key = models.CharField(max_length=200)
    recipient = models.ForeignKey(User, models.PROTECT, related_name="notices", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.EVENT)
    template = models.CharField(max_length=100)
    reference = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    due_at = models.DateTimeField(null=True)
    digest = models.ForeignKey("self", models.PROTECT, null=True, related_name="reminders", db_index=False)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.OWED)
    message_id = models.CharField(max_length=255)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_key", "recipient"], name="told_once"),
            models.CheckConstraint(condition=Q(url__regex=LOCAL_PATH), name="notice_stays_on_this_site"),
            models.CheckConstraint(
                condition=Q(mail=Mail.SENT, sent_at__isnull=False) | (~Q(mail=Mail.SENT) & Q(sent_at=None)),
                name="sent_mail_has_a_time",
            ),
            models.CheckConstraint(condition=Q(kind=Kind.REMINDER) ^ Q(due_at=None), name="reminder_says_by_when"),
            models.CheckConstraint(condition=Q(kind=Kind.REMINDER) | Q(digest=None), name="only_reminders_are_grouped"),
            models.CheckConstraint(condition=~Q(digest=F("id")), name="digest_is_another_notice"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="notice_undelivered", condition=STILL_OWED),
            models.Index(fields=["-created_at", "-id"], name="notice_dead", condition=Q(mail=Mail.DEAD)),
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_inbox", condition=IN_INBOX),
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_unread", condition=UNREAD),
            models.Index(fields=["recipient"], name="notice_ungrouped", condition=UNGROUPED),
            models.Index(fields=["digest"], name="notice_of_digest", condition=Q(digest__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.reference}"
