"""What the workers do: deliver one message, sweep up what is still owed, group the day's reminders."""

from uuid import UUID

from celery import shared_task

from notifications import delivery, reminders

# Well under a claim's lease (MAIL_CLAIM_LEASE): whoever is stopped has stopped before another may take the mail up.
SOFT_SECONDS, HARD_SECONDS = 60, 90


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def deliver(*notice_ids: str) -> None:
    """Send the mail of these few notices, but for those somebody has in hand or that are done."""
    delivery.deliver(*map(UUID, notice_ids))


@shared_task(soft_time_limit=SOFT_SECONDS, time_limit=HARD_SECONDS)
def sweep() -> None:
    """Send everything that is owed and due, whoever forgot to ring for it."""
    delivery.sweep()


@shared_task
def send_digests() -> None:
    """Owe everyone the one mail with their reminders, on working days and once a day."""
    reminders.send_digests()
