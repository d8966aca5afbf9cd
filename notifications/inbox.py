"""One person's notices: how many are unread, the latest, opening them and putting them away."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from notifications.models import Notice
from people.models import User
from people.prepared import Prepared

CAP = 100


def unread_count(user: User) -> int:
    """How many notices this person has not opened, counted up to CAP and no further; one query."""
    return _UNREAD.count(user.pk)


_UNREAD = Prepared(lambda person: Notice.objects.unread_by(User(pk=person)).only("pk")[:CAP])


def badge(unread: int) -> str:
    """A capped count as short text: empty for none, "99+" at the cap."""
    return f"{CAP - 1}+" if unread >= CAP else str(unread or "")


def latest(user: User, *, unread_only: bool = False) -> QuerySet[Notice]:
    """This person's notices, newest first."""
    notices = Notice.objects.unread_by(user) if unread_only else Notice.objects.inbox_of(user)
    return notices.select_related("recipient").order_by("-created_at", "-pk")


def mark_read(user: User, notice_id: UUID) -> Notice | None:
    """Mark one of this person's own notices read; None when it is not theirs or not there."""
    notice = Notice.objects.inbox_of(user).filter(pk=notice_id).first()
    if notice is not None and notice.read_at is None:
        Notice.objects.unread_by(user).filter(pk=notice_id).update(read_at=Now())
    return notice


def mark_all_read(user: User, *, through: datetime) -> int:
    """Mark this person's notices read up to a moment, usually the newest they were shown; says how many were not."""
    return Notice.objects.unread_by(user).filter(created_at__lte=through).update(read_at=Now())
