"""How often one person may ask for something."""

import time

from django.core.cache import cache


def within(what: str, who: int, *, limit: int, seconds: int) -> bool:
    """Whether this person may ask once more in the current window of so many seconds; counts the asking."""
    key = f"pace:{what}:{who}:{int(time.time() // seconds)}"
    if cache.add(key, 1, timeout=seconds):
        return True
    try:
        return cache.incr(key) <= limit
    except ValueError:
        # The count went with the cache's housekeeping between two steps; one question more does no harm.
        return True
