"""How long a sign-in lasts, and what the browser may keep of what lies behind it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionLimits:
    """Signs people out who did nothing for too long or came too long ago; stands before LoginRequiredMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ends a sign-in that is over, notes one that is not, and keeps every page out of the browser's store."""
        # Whoever it is, they are asked for dozens of times from here on: by themselves, not by Django's lazy stand-in.
        request.user = get_user(request)
        if request.user.is_authenticated:
            _end_or_note(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        response.headers.setdefault("Cache-Control", "no-store")
        return _way_back(request) if _turned_away(request, response) else response


def _end_or_note(request: HttpRequest) -> None:
    now = timezone.now()
    if _over(request.session, now):
        logout(request)
        return
    request.session.setdefault(SIGNED_IN_AT, now.isoformat())
    # Written once a minute or so, not on every request.
    if (
        SEEN_AT not in request.session
        or now - _moment(request.session, SEEN_AT, now) > settings.SESSION_IDLE_LIMIT / 30
    ):
        request.session[SEEN_AT] = now.isoformat()


def _over(session: SessionBase, now: datetime) -> bool:
    idle = now - _moment(session, SEEN_AT, now)
    age = now - _moment(session, SIGNED_IN_AT, now)
    return bool(idle >= settings.SESSION_IDLE_LIMIT or age >= settings.SESSION_ABSOLUTE_LIMIT)


def _moment(session: SessionBase, key: str, otherwise: datetime) -> datetime:
    noted = session.get(key)
    return datetime.fromisoformat(noted) if noted else otherwise


def _turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the gate sent someone to the sign-in page who was not asking for a page."""
    asks_for_a_page = request.method in SAFE_METHODS and not _is_script(request)
    if asks_for_a_page or not isinstance(response, HttpResponseRedirect):
        return False
    target = urlsplit(response.url)
    return target.path == resolve_url(settings.LOGIN_URL) and REDIRECT_FIELD_NAME in parse_qs(target.query)


def _is_script(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"


def _way_back(request: HttpRequest) -> HttpResponse:
    """To sign-in, and from there to the page the person sees, whose draft holds what they typed."""
    redirect = redirect_to_login(_page_seen(request))
    if not _is_script(request):
        return redirect
    answer = HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": redirect.url})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page_seen(request: HttpRequest) -> str:
    url = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
