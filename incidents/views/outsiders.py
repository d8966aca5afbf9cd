"""What all pages share that need no sign-in: nothing is kept by the browser or found by a search engine."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

View = Callable[[HttpRequest], HttpResponse]


def for_anyone(view: View) -> View:
    """A view that needs no sign-in, is kept nowhere and indexed by nobody."""

    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return answer


def slow_down(until: datetime) -> str:
    """The sentence for whom a limit stops: when to come back, and another way."""
    moment = date_format(timezone.localtime(until), "g:i a")
    return (
        f"Too much came in from where you are in a short time, so this was not sent. What you typed is still on this"
        f" page. Try again at {moment} or later. If it cannot wait, call or write to the Privacy Office of the"
        f" {settings.DEPARTMENT}."
    )
