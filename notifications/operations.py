"""What an administrator does about mail that did not arrive."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from audit import trail
from notifications import outbox
from notifications.models import Mail, Notice
from people.models import User


def dead_letters() -> QuerySet[Notice]:
    """Mail nobody tries to deliver any more, with whose it is."""
    return Notice.objects.undeliverable().select_related("recipient")


@transaction.atomic
def retry(notice_id: UUID, *, actor: User) -> bool:
    """Owe one dead letter again, from its first attempt; False when it is none (any more)."""
    notice = Notice.objects.undeliverable().select_for_update().filter(pk=notice_id).first()
    if notice is None:
        return False
    _owe_again(Notice.objects.filter(pk=notice.pk))
    trail.write("notice.retried", actor=actor, record=notice)
    outbox.ring_on_commit([notice.pk])
    return True


@transaction.atomic
def retry_all(*, actor: User) -> int:
    """Owe every dead letter again, for the next sweep to take up; says how many."""
    count = _owe_again(Notice.objects.undeliverable())
    if count:
        trail.write("notices.retried", actor=actor, record=None, count=count)
    return count


def _owe_again(dead: QuerySet[Notice]) -> int:
    return dead.update(mail=Mail.OWED, attempts=0, next_attempt_at=Now(), claimed_at=None, last_error="")
