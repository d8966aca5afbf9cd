"""How much may be sent in an hour: far above honest use, far below a flood, and without keeping anyone's address."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from incidents.models import Incident
from people.models import User
from people.prepared import Prepared
from workflow import clock

REPORTS_AN_HOUR = 30
_HOUR = 3600
# Four thousand addresses of the network share each of these: enough to slow a flood, too few to lead back to anyone.
_ADDRESS_DIGITS = 5
_BROWSER_DIGITS = 16
_INSPECTIONS_AT_ONCE = 2
_INSPECTION_SECONDS = 120


@dataclass(frozen=True)
class Limit:
    """What is counted and for how many seconds: narrow by browser, wide by address, since an office shares one."""

    what: str
    seconds: int
    browser: int
    address: int
    everyone: int


REPORTS = Limit("reports", _HOUR, browser=20, address=400, everyone=4000)
FILES = Limit("files", _HOUR, browser=30, address=400, everyone=1000)
WITHOUT_CODE = Limit("lost codes", _HOUR, browser=5, address=60, everyone=300)
# Only codes that open nothing are counted. Those of one browser use up a small part of what its office has.
WRONG_CODES = Limit("wrong codes", _HOUR // 4, browser=10, address=200, everyone=2000)
MESSAGES_AN_HOUR = 30


def too_many_reports(user: User) -> bool:
    """Whether this person has filed as many reports within an hour as anyone may; one query."""
    return _FILED_LATELY.count(user.pk) >= REPORTS_AN_HOUR


def _filed_lately(reporter: int) -> QuerySet[Incident]:
    lately = Incident.objects.filter(reporter=reporter, reported_at__gt=Now() - timedelta(seconds=_HOUR))
    return lately.only("pk")[:REPORTS_AN_HOUR]


_FILED_LATELY = Prepared(_filed_lately)


def full_until(request: HttpRequest, limit: Limit) -> datetime | None:
    """When to come back, where a limit is reached; None where there is room. One look, and nothing is counted."""
    most = dict(zip(_keys(request, limit), (limit.browser, limit.address, limit.everyone), strict=True))
    counted = cache.get_many(list(most))
    if all(counted.get(key, 0) < allowed for key, allowed in most.items()):
        return None
    return datetime.fromtimestamp((_window(limit.seconds) + 1) * limit.seconds, UTC)


def count(request: HttpRequest, limit: Limit, times: int = 1) -> None:
    """Count what was just done, for the browser, its address and everyone."""
    for key in _keys(request, limit):
        _add(key, times, limit.seconds)


def too_many_messages(report_id: int) -> bool:
    """Count one more message to a report opened with its code and say whether it is over the limit."""
    return _add(f"outside:messages:{_window(_HOUR)}:{report_id}", 1, _HOUR) > MESSAGES_AN_HOUR


@contextmanager
def turn_to_inspect() -> Iterator[bool]:
    """Whether a file of somebody unknown may be looked into now: two at once, lest they keep everyone waiting."""
    places = [f"outside:inspecting:{number}" for number in range(_INSPECTIONS_AT_ONCE)]
    mine = next((place for place in places if cache.add(place, 1, timeout=_INSPECTION_SECONDS)), "")
    try:
        yield bool(mine)
    finally:
        if mine:
            cache.delete(mine)


def _add(key: str, times: int, seconds: int) -> int:
    if cache.add(key, times, timeout=seconds):
        return times
    try:
        counted = cache.incr(key, times)
    except ValueError:
        # The count went with the cache's housekeeping between two steps; one more does no harm.
        return times
    # Some caches forget at every step how long a number is to be kept.
    cache.touch(key, seconds)
    return counted


def _keys(request: HttpRequest, limit: Limit) -> list[str]:
    window = f"outside:{limit.what.replace(' ', '-')}:{_window(limit.seconds)}"
    browser = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    address = _short_lived(_network(request), _ADDRESS_DIGITS)
    return [f"{window}:b{address}-{_short_lived(browser, _BROWSER_DIGITS)}", f"{window}:a{address}", f"{window}:all"]


def _window(seconds: int) -> int:
    return int(clock.about_now().timestamp() // seconds)


def _short_lived(secret: str, digits: int) -> str:
    """A few digits for something nobody shall find out again; others tomorrow."""
    today = timezone.localdate(clock.about_now())
    return salted_hmac(f"incidents.limits {today}", secret, algorithm="sha256").hexdigest()[:digits]


def _network(request: HttpRequest) -> str:
    """The address a request came from, as sign-in finds it; of an IPv6 address the part that a household shares."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        # A server that listens on a socket without a proxy before it knows no addresses: all count as one.
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False))
    return str(address)
