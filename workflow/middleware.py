"""Turns a refusal into a page with its sentence, and writes it down once the refused step is undone."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from audit import trail
from people.models import User
from people.rules import NotAllowed
from workflow import refusals
from workflow.decisions import Refused
from workflow.refusals import denied_by

_REFUSED = {403, 409, 422}


class Refusals:
    """403 or 409 with the refusal's own words; a database refusal is a 409, never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; once it is over, a refused one is counted for the clauses that refused it."""
        refusals.begin()
        response = self.get_response(request)
        refusals.end(refused=response.status_code in _REFUSED)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else."""
        if isinstance(exception, Refused):
            actor = request.user if isinstance(request.user, User) else None
            denied = exception.denied
            trail.refused(exception.action, actor=actor, record=exception.record, **denied.facts)
            refusals.note(denied)
            return _page(request, denied.reason, 409 if denied.conflict else 403)
        if isinstance(exception, NotAllowed):
            actor = request.user if isinstance(request.user, User) else None
            record = exception.record if isinstance(exception.record, Model) else None
            trail.refused(exception.action, actor=actor, record=record, reason=exception.reason)
            return _page(request, exception.reason, 403)
        denied_by_database = denied_by(exception)
        return None if denied_by_database is None else _page(request, denied_by_database.reason, 409)


def _page(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    context = {"reason": reason, "way_on_url": _way_back(request)}
    return render(request, f"errors/{status}.html", context, status=status)


def _way_back(request: HttpRequest) -> str:
    """The page of this site they came from, where the record stands; nothing where that is the form itself."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours and urlsplit(page).path != request.path else ""
