"""Delivering what is owed: claimed by one worker at a time, at least once, until the mail server says yes or never."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from notifications.mail import Courier, Deferred, Refused, Unreachable
from notifications.models import Mail, Notice
from notifications.rules import why_not_mailed

BATCH = 100
# A sweep ends before beat asks for the next, and is the only one: a long backlog holds one worker and not all of them.
SWEEP_SECONDS = 15.0
_ONE_SWEEP = 4024
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)

log = structlog.get_logger(__name__)


def deliver(*notice_ids: UUID) -> None:
    """Send the mail of each of these notices if it is owed and due and nobody else has it.

    Stops where the mail server cannot be reached: the sweep comes back to the rest.
    """
    with Courier() as courier:
        all(_deliver(notice_id, courier) for notice_id in notice_ids)


def sweep() -> int:
    """Send what is owed and due, longest due first, until done or out of time; says how many were taken in hand.

    Where another sweep is at it, that one takes in hand what is new as well.
    """
    with _the_only_sweep() as is_mine:
        return _sweep() if is_mine else 0


@contextmanager
def _the_only_sweep() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ONE_SWEEP])
        (is_mine,) = cursor.fetchall()[0]
    try:
        yield bool(is_mine)
    finally:
        # A worker that dies lets go with its connection.
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_SWEEP])


def _sweep() -> int:
    _bury_the_worn_out()
    ends_at = monotonic() + SWEEP_SECONDS
    taken = 0
    with Courier() as courier:
        while batch := _due():
            for notice_id in batch:
                taken += 1
                # Behind a server that cannot be reached every other message would wait in turn.
                if not _deliver(notice_id, courier) or monotonic() > ends_at:
                    return taken
    return taken


def wait_after(attempts: int) -> timedelta:
    """How long a message rests after this many failed attempts: doubling from half a minute to a quarter of an hour."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _due() -> list[UUID]:
    return list(Notice.objects.due().order_by("next_attempt_at").values_list("pk", flat=True)[:BATCH])


def _deliver(notice_id: UUID, courier: Courier) -> bool:
    """One attempt; False when the mail server cannot be reached."""
    notice = _claim(notice_id)
    if notice is None:
        return True
    unreachable = why_not_mailed(notice.recipient)
    if unreachable:
        _settle(notice, mail=Mail.NONE, last_error=unreachable)
        return True
    return _attempt(notice, courier)


def _claim(notice_id: UUID) -> Notice | None:
    """Compare and swap: of any number of workers one gets the notice; a lost worker's lease runs out by itself."""
    claimed = (
        Notice.objects.due()
        .filter(pk=notice_id)
        .update(
            mail=Mail.CLAIMED,
            claimed_at=Now(),
            next_attempt_at=Now() + settings.MAIL_CLAIM_LEASE,
            attempts=F("attempts") + 1,
        )
    )
    return Notice.objects.select_related("recipient").get(pk=notice_id) if claimed else None


def _attempt(notice: Notice, courier: Courier) -> bool:
    try:
        courier.carry(notice)
    except Refused as refusal:
        _settle(notice, mail=Mail.DEAD, last_error=str(refusal))
    except Unreachable as problem:
        _try_later(notice, str(problem))
        return False
    except Deferred as problem:
        _try_later(notice, str(problem))
    except Exception as problem:  # whatever one message breaks on must not hold up the others
        log.exception("mail_broke", notice=str(notice.pk))
        _try_later(notice, type(problem).__name__)
    else:
        _mark_sent(notice)
    return True


def _try_later(notice: Notice, why: str) -> None:
    if notice.attempts >= settings.MAIL_MAX_ATTEMPTS:
        _settle(notice, mail=Mail.DEAD, last_error=why)
    else:
        _settle(notice, mail=Mail.FAILED, last_error=why, next_attempt_at=Now() + wait_after(notice.attempts))


def _settle(notice: Notice, **outcome: Any) -> None:
    """Write the outcome of this attempt, unless its lease ran out and another worker has begun a later one."""
    Notice.objects.filter(pk=notice.pk, mail=Mail.CLAIMED, attempts=notice.attempts).update(**outcome)
    log.warning("mail_not_sent", notice=str(notice.pk), attempts=notice.attempts, outcome=outcome["mail"].value)


def _mark_sent(notice: Notice) -> None:
    # Sent is sent, whichever attempt it was: a later claimant must not send it again.
    Notice.objects.filter(pk=notice.pk, mail=Mail.CLAIMED).update(mail=Mail.SENT, sent_at=Now(), last_error="")


def _bury_the_worn_out() -> None:
    """A message whose every attempt cost its worker is not tried for ever."""
    worn_out = Notice.objects.due().filter(mail=Mail.CLAIMED, attempts__gte=settings.MAIL_MAX_ATTEMPTS)
    worn_out.update(mail=Mail.DEAD, last_error="Every attempt was interrupted.")
