"""How much one person may file in an hour: far above honest use, far below a flood."""

from django.core.cache import cache

from people.models import User

REPORTS_AN_HOUR = 30


def too_many_reports(user: User) -> bool:
    """Count one more report and say whether it is over the limit."""
    key = f"reports filed by {user.pk}".replace(" ", "-")
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > REPORTS_AN_HOUR
