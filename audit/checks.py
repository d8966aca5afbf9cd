"""Answers for the readiness page."""

from datetime import timedelta

from django.db.models import Min
from django.db.models.functions import Now

from audit.models import Unsigned


def checkpoint_lag() -> timedelta | None:
    """The age of the oldest entry no checkpoint covers yet; None when all are covered."""
    lag: timedelta | None = Unsigned.objects.aggregate(lag=Now() - Min("entry__written_at"))["lag"]
    return lag
