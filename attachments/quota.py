"""How much one person may add: a limit over the past days, so that nobody fills the storage and nobody is shut out."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum
from django.db.models.functions import Now
from django.template.defaultfilters import filesizeformat

from attachments.models import Attachment
from attachments.rejection import Rejected
from people.models import User

DAYS = 30
# What all who do not sign in may add in a day together, as a multiple of what one person may in 30.
NOBODYS_SHARE = 40
_LOCK = 4011


def refuse_beyond(size: int, *, actor: User | None, record_type: str, record_id: str) -> None:
    """Raise Rejected when these bytes pass the limit; holds off the same person's other uploads until the commit.

    Nobody's files count for their record, and all of them together for the day.
    """
    with connection.cursor() as cursor:
        owner = str(actor.pk) if actor else "nobody"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [owner, _LOCK])
    theirs = Q(uploaded_by=actor) if actor else Q(uploaded_by=None, record_type=record_type, record_id=record_id)
    if _recent(theirs, DAYS) + size > settings.UPLOAD_QUOTA_BYTES:
        limit = filesizeformat(settings.UPLOAD_QUOTA_BYTES).replace("\xa0", " ")
        raise Rejected(
            f"You can add {limit} of files in {DAYS} days, and this one goes beyond that."
            " Remove files you do not need, or add a smaller one."
        )
    if actor is None and _recent(Q(uploaded_by=None), 1) + size > NOBODYS_SHARE * settings.UPLOAD_QUOTA_BYTES:
        raise Rejected("So many files came in today that no more can be added. Say what they show, and add them later.")


def _recent(theirs: Q, days: int) -> int:
    since = Now() - timedelta(days=days)
    files = Attachment.objects.filter(theirs, removed_at=None, uploaded_at__gt=since)
    return files.aggregate(total=Sum("size"))["total"] or 0
