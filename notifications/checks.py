"""How far behind the outbox is."""

from datetime import timedelta

from django.db.models import Min
from django.db.models.functions import Now

from notifications.models import Notice


def outbox_lag() -> timedelta:
    """How long the longest waiting message has been due; zero when nothing waits. Minutes mean no worker sweeps."""
    waited = Notice.objects.due().aggregate(lag=Now() - Min("next_attempt_at"))
    return waited["lag"] or timedelta()
