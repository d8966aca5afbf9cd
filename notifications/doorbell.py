"""Ringing for a worker. The queue is only a doorbell: whatever ails it, the page answers and the sweep comes."""

from collections.abc import Sequence
from time import monotonic
from uuid import UUID

import structlog
from celery import current_app

DELIVER, SWEEP = "notifications.tasks.deliver", "notifications.tasks.sweep"
MOST_NAMED = 20
QUIET_SECONDS = 30.0

log = structlog.get_logger(__name__)


class Doorbell:
    """Publishes to the queue; after a failure it stays quiet for a while, so that few rings wait for a dead queue."""

    def __init__(self) -> None:
        self._quiet_until = 0.0

    def ring(self, task: str, *args: str) -> bool:
        """Ask for one task; False, within the queue's timeouts, when the queue is not to be had."""
        if monotonic() < self._quiet_until:
            return False
        try:
            # What was rung for is told by the task itself; making words of it for a monitor takes a third of a ring.
            current_app.send_task(task, args, ignore_result=True, argsrepr="", kwargsrepr="")
        except Exception as problem:  # noqa: BLE001  what is owed is committed; no queue may take the page with it
            self._quiet_until = monotonic() + QUIET_SECONDS
            log.warning("queue_unreachable", problem=type(problem).__name__, quiet_seconds=QUIET_SECONDS)
            return False
        return True

    def listen_again(self) -> None:
        """Forget past failures: the next ring is tried."""
        self._quiet_until = 0.0


door = Doorbell()


def ring_for(notices: Sequence[UUID]) -> None:
    """Ask once for the delivery of these notices: by name while they are few, by a sweep when they are many."""
    if len(notices) > MOST_NAMED:
        door.ring(SWEEP)
    elif notices:
        door.ring(DELIVER, *map(str, notices))
