"""The visit of somebody who came back with a code: a session of its own, apart from any sign-in in the same browser."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpRequest, HttpResponse

from people.sessions import SessionStore

COOKIE = f"{settings.COOKIE_PREFIX}report"
IDLE = timedelta(minutes=30)
_REPORT = "public_report"


def begin(request: HttpRequest, response: HttpResponse, report_id: int) -> None:
    """From now on this browser has this report open, under a fresh key, until it is closed or left idle."""
    _of(request).delete()
    visit = SessionStore()
    visit[_REPORT] = report_id
    visit.set_expiry(int(IDLE.total_seconds()))
    visit.create()
    # Without an age, the browser forgets it when it is closed.
    response.set_cookie(
        COOKIE, str(visit.session_key), secure=settings.HTTPS, httponly=True, samesite="Strict", path="/"
    )


def report_id(request: HttpRequest) -> int | None:
    """The report this browser has open, if any; being asked for keeps it open."""
    if COOKIE not in request.COOKIES:
        return None
    visit = _of(request)
    found: int | None = visit.get(_REPORT)
    try:
        if found is not None:
            visit.save()
    except UpdateError:
        # Closed in another tab at this moment.
        return None
    return found


def end(request: HttpRequest, response: HttpResponse) -> None:
    """Close the report in this browser, and forget that it was open."""
    _of(request).delete()
    response.delete_cookie(COOKIE, path="/", samesite="Strict")


def _of(request: HttpRequest) -> SessionStore:
    return SessionStore(session_key=request.COOKIES.get(COOKIE))
