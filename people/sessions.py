"""Where sessions are kept: as Django does, and only a key that Django could have given out is ever looked up."""

import re
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

_KEY = re.compile(r"[0-9a-z]{32}")


class SessionStore(db.SessionStore):
    """A session in the database; a key from a cookie that is none opens nothing, whatever characters it holds."""

    def _validate_session_key(self, key: Any) -> bool:
        return isinstance(key, str) and _KEY.fullmatch(key) is not None


class SignInSessions(SessionMiddleware):
    """Django's own, which leaves the sign-in unread and unwritten on pages for anyone: being there leaves no trace."""

    def process_request(self, request: HttpRequest) -> None:
        """Give the request its session; on a page for anyone an empty one, whoever is signed in."""
        super().process_request(request)
        if _is_for_anyone(request):
            request.session = self.SessionStore()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session where it changed; on a page for anyone leave session and cookie as they are."""
        return response if _is_for_anyone(request) else super().process_response(request, response)


def _is_for_anyone(request: HttpRequest) -> bool:
    # The address without its last slash is led there, and is as much a trace.
    return f"{request.path_info}/".startswith(settings.PAGES_FOR_ANYONE)
