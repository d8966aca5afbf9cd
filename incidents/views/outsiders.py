"""What all pages share that need no sign-in: nothing is kept by the browser or found by a search engine."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import NamedTuple

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


class Stopped(NamedTuple):
    """What a limit kept from being done, and until when, where that is known; report/stopped.html says it in words."""

    undone: str
    until: datetime | None = None


def wait_with_files(until: datetime) -> str:
    """The sentence for whose files a limit stops, while their words are taken."""
    return (
        "Your files were not added, because many came in from where you are in a short time."
        f" You can add them at {_time(until)} or later."
    )


def _time(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "g:i a")
