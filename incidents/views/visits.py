"""The visit of somebody who came back with a code: a session of its own, apart from any sign-in in the same browser."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.sessions import SessionStore

COOKIE = f"{settings.COOKIE_PREFIX}report"
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=2)
_REPORT = "public_report"
_ENDS = "ends_at"


def begin(request: HttpRequest, response: HttpResponse, report_id: int) -> None:
    """From now on this browser has this report open, under a fresh key, until it is closed, left idle or too old."""
    _of(request).delete()
    visit = SessionStore()
    visit[_REPORT] = report_id
    ends = timezone.now() + min(LONGEST, settings.SESSION_ABSOLUTE_LIMIT)
    visit[_ENDS] = ends.isoformat()
    _stay_open(visit, ends)
    visit.create()
    # Without an age, the browser forgets it when it is closed.
    response.set_cookie(
        COOKIE, str(visit.session_key), secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )


def report_id(request: HttpRequest) -> int | None:
    """The report this browser has open, if any; being asked for keeps it open, up to its end."""
    if COOKIE not in request.COOKIES:
        return None
    visit = _of(request)
    if not {_REPORT, _ENDS} <= set(visit.keys()):
        return None
    _stay_open(visit, datetime.fromisoformat(visit[_ENDS]))
    try:
        visit.save()
    except UpdateError:
        # Closed in another tab at this moment.
        return None
    found: int = visit[_REPORT]
    return found


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Close the report in this browser, and forget that it was open."""
    _of(request).delete()
    response.delete_cookie(COOKIE, path="/", samesite="Strict")


def _stay_open(visit: SessionStore, ends: datetime) -> None:
    # Once this moment has come the database finds the visit no more: no step carries it beyond its end.
    visit.set_expiry(min(timezone.now() + IDLE, ends))


def _of(request: HttpRequest) -> SessionStore:
    return SessionStore(session_key=request.COOKIES.get(COOKIE))
