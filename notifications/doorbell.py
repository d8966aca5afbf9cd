"""Ringing for a worker. The queue is only a doorbell: whatever ails it, the page answers and the sweep comes."""

from collections.abc import Sequence
from threading import Timer
from time import monotonic
from uuid import UUID

import structlog
from celery import current_app

DELIVER, SWEEP = "notifications.tasks.deliver", "notifications.tasks.sweep"
MOST_NAMED = 20
QUIET_SECONDS = 30.0
PAUSE_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Doorbell:
    """Publishes to the queue: the first ring at once, and for all that follow within a second one sweep after it.

    After a failure it stays quiet for a while, so that few rings wait for a dead queue.
    """

    def __init__(self) -> None:
        self._quiet_until = self._sweeps_at = 0.0
        self._rang_at = -PAUSE_SECONDS

    def ring(self, task: str, *args: str) -> bool:
        """Ask for one task; False, within the queue's timeouts, when the queue is not to be had."""
        now = monotonic()
        if now < self._quiet_until:
            return False
        if now < self._sweeps_at:
            return True
        if now - self._rang_at < PAUSE_SECONDS:
            self._sweeps_at = now + PAUSE_SECONDS
            # Not the queue's own countdown, which holds up a worker for as long.
            Timer(PAUSE_SECONDS, self._publish, [SWEEP]).start()
            return True
        self._rang_at = now
        return self._publish(task, *args)

    def _publish(self, task: str, *args: str) -> bool:
        try:
            # Celery would make words of the arguments, for a monitor; that takes a third of a ring.
            current_app.send_task(task, args, ignore_result=True, argsrepr="", kwargsrepr="")
        except Exception as problem:  # noqa: BLE001  what is owed is committed; no queue may take the page with it
            self._quiet_until, self._sweeps_at = monotonic() + QUIET_SECONDS, 0.0
            log.warning("queue_unreachable", problem=type(problem).__name__, quiet_seconds=QUIET_SECONDS)
            return False
        return True

    def listen_again(self) -> None:
        """Forget what was before: the next ring is published."""
        self._quiet_until = self._sweeps_at = 0.0
        self._rang_at = -PAUSE_SECONDS


door = Doorbell()


def ring_for(notices: Sequence[UUID]) -> None:
    """Ask once for the delivery of these notices: by name while they are few, by a sweep when they are many."""
    if len(notices) > MOST_NAMED:
        door.ring(SWEEP)
    elif notices:
        door.ring(DELIVER, *map(str, notices))
