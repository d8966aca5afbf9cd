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
_LOCK = 4011


def refuse_beyond(size: int, *, actor: User | None, record_type: str, record_id: str) -> None:
    """Raise Rejected when these bytes pass the limit; holds off the same person's other uploads until the commit."""
    owner = str(actor.pk) if actor else f"{record_type} {record_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [owner, _LOCK])
    theirs = Q(uploaded_by=actor) if actor else Q(uploaded_by=None, record_type=record_type, record_id=record_id)
    if _recent(theirs) + size > settings.UPLOAD_QUOTA_BYTES:
        limit = filesizeformat(settings.UPLOAD_QUOTA_BYTES).replace("\xa0", " ")
        raise Rejected(
            f"You can add {limit} of files in {DAYS} days, and this one goes beyond that."
            " Remove files you do not need, or add a smaller one."
        )


def _recent(theirs: Q) -> int:
    since = Now() - timedelta(days=DAYS)
    files = Attachment.objects.filter(theirs, removed_at=None, uploaded_at__gt=since)
    return files.aggregate(total=Sum("size"))["total"] or 0
