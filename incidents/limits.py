"""How much may be sent in an hour: far above honest use, far below a flood, and without keeping anyone's address."""

import ipaddress
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from incidents.models import Draft
from people.planned import Planned
from workflow import clock

REPORTS_AN_HOUR = 30
_HOUR = 3600
_PEPPER_BYTES = 32
_DIGITS = 32
# A flood can come from all of the 65,536 networks that whoever rents one piece of the IPv6 internet has.
_NEIGHBOURS = 10
_INSPECTIONS_AT_ONCE = 3
_INSPECTIONS_OF_AN_ADDRESS = 2
_INSPECTION_SECONDS = 120


@dataclass(frozen=True)
class Limit:
    """What is counted and for how many seconds: narrow by browser, wide by address, since an office shares one."""

    # There is no ceiling for everyone together: whoever reached it from a few addresses would shut the door to all.
    what: str
    seconds: int
    browser: int
    address: int


# Twenty colleagues who each send all that one browser may leave room in their office for whoever comes next.
REPORTS = Limit("reports", _HOUR, browser=20, address=500)
FILES = Limit("files", _HOUR, browser=30, address=750)
WITHOUT_CODE = Limit("lost codes", _HOUR, browser=5, address=120)
# Only codes that open nothing are counted. Those of one browser use up a small part of what its office has.
WRONG_CODES = Limit("wrong codes", _HOUR // 4, browser=10, address=250)
# In a day less than all who do not sign in may add together, so that one address never uses that up for the others.
MEGABYTES = Limit("megabytes", _HOUR, browser=150, address=400)
MESSAGES_AN_HOUR = 30


# Of the newest reports alone: those of somebody who filed hundreds are not gone through each time.
_LATELY = f"""
    (SELECT count(*) FROM (
        SELECT newest.reported_at FROM incidents_incident AS newest WHERE newest.reporter_id = {{reporter}}
        ORDER BY newest.id DESC LIMIT {REPORTS_AN_HOUR}
    ) AS filed WHERE filed.reported_at > statement_timestamp() - {_HOUR} * interval '1 second')
"""  # noqa: S608  put together from constants
_COUNTED = Planned(f"SELECT {_LATELY.format(reporter='%s')}", ["reporter"], asks=["reporter"])
# The same beside a draft, as `filed_lately`.
FILED_LATELY = RawSQL(  # noqa: S611  fixed text
    _LATELY.format(reporter="incidents_draft.author_id"), (), output_field=IntegerField()
)


def too_many_reports(draft: Draft) -> bool:
    """Whether its author has filed as many reports within an hour as anyone may.

    One query where the draft was not read together with FILED_LATELY.
    """
    counted = vars(draft).get("filed_lately")
    return bool((_COUNTED.rows(draft.author_id)[0][0] if counted is None else counted) >= REPORTS_AN_HOUR)


def full_until(request: HttpRequest, limit: Limit) -> datetime | None:
    """When to come back, where a limit is reached; None where there is room. Nothing is counted."""
    most = _allowed(request, limit)
    counted = cache.get_many(list(most))
    if all(counted.get(key, 0) < allowed for key, allowed in most.items()):
        return None
    return datetime.fromtimestamp((_window(limit.seconds) + 1) * limit.seconds, UTC)


def count(request: HttpRequest, limit: Limit, times: int = 1) -> None:
    """Count what is done, for the browser and for its address."""
    for key in _allowed(request, limit):
        _add(key, times, limit.seconds)


def forget_ended() -> int:
    """Delete what is over from a cache in the database; any other cache does so by itself. Returns how many rows."""
    if not isinstance(caches[DEFAULT_CACHE_ALIAS], DatabaseCache):
        return 0
    table = connection.ops.quote_name(settings.CACHES[DEFAULT_CACHE_ALIAS]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires <= %s", [timezone.now()])  # noqa: S608  from the settings
        return int(cursor.rowcount)


def too_many_messages(report_id: int) -> bool:
    """Count one more message to a report opened with its code and say whether it is over the limit."""
    return _add(f"outside:messages:{_window(_HOUR)}:{report_id}", 1, _HOUR) > MESSAGES_AN_HOUR


@contextmanager
def turn_to_inspect(request: HttpRequest) -> Iterator[bool]:
    """Whether a file of somebody unknown may be looked into now: few at once, and one address never has every turn."""
    here = f"outside:inspecting:{_digest(_pepper(_HOUR), _networks(request)[0])}"
    taken = [_place(here, _INSPECTIONS_OF_AN_ADDRESS)]
    if taken[0]:
        taken.append(_place("outside:inspecting", _INSPECTIONS_AT_ONCE))
    try:
        yield all(taken)
    finally:
        cache.delete_many([place for place in taken if place])


def _place(among: str, places: int) -> str:
    """The first of these places that is free, now taken; empty where all are."""
    keys = [f"{among}:{number}" for number in range(places)]
    return next((key for key in keys if cache.add(key, 1, timeout=_INSPECTION_SECONDS)), "")


def _add(key: str, times: int, seconds: int) -> int:
    left = _left(seconds)
    if cache.add(key, times, timeout=left):
        return times
    try:
        counted = cache.incr(key, times)
    except ValueError:
        # The count went with the cache's housekeeping between two steps; one more does no harm.
        return times
    # Some caches forget at every step how long a number is to be kept.
    cache.touch(key, left)
    return counted


def _allowed(request: HttpRequest, limit: Limit) -> dict[str, int]:
    """How much each count that this request belongs to may hold, under the count's key."""
    counts = f"outside:{limit.what.replace(' ', '-')}:{_window(limit.seconds)}"
    pepper = _pepper(limit.seconds)
    networks = _networks(request)
    browser = f"{networks[0]} {request.COOKIES.get(settings.CSRF_COOKIE_NAME, '')}"
    named = {browser: limit.browser, **dict(zip(networks, (limit.address, limit.address * _NEIGHBOURS), strict=False))}
    return {f"{counts}:{_digest(pepper, name)}": allowed for name, allowed in named.items()}


def _window(seconds: int) -> int:
    return int(clock.about_now().timestamp() // seconds)


def _left(seconds: int) -> int:
    """How long the window still lasts: nothing of it is kept beyond."""
    return seconds - int(clock.about_now().timestamp() % seconds)


def _pepper(seconds: int) -> str:
    """The random secret of this window: with it goes every way from what was counted to an address."""
    # What comes last in the alphabet goes last where the cache in the database makes room.
    key = f"pepper:outside:{seconds}:{_window(seconds)}"
    known: str | None = cache.get(key)
    if known is not None:
        return known
    mine = secrets.token_hex(_PEPPER_BYTES)
    # Of two who begin a window at once, only one adds.
    return mine if cache.add(key, mine, timeout=_left(seconds)) else cache.get(key, mine)


def _digest(pepper: str, name: str) -> str:
    # With the portal's own key as well, a look at the cache alone does not lead to anyone even within the window.
    return salted_hmac(f"incidents.limits {pepper}", name, algorithm="sha256").hexdigest()[:_DIGITS]


def _networks(request: HttpRequest) -> list[str]:
    """The address a request came from, as sign-in finds it; of IPv6 what a household shares, and what it lies in."""
    try:
        address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ValueError):
        # A server that listens on a socket without a proxy before it knows no addresses: all count as one.
        return ["unknown"]
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return [str(ipaddress.ip_network((address, length), strict=False)) for length in (64, 48)]
    return [str(getattr(address, "ipv4_mapped", None) or address)]
