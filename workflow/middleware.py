"""Turns a refusal into a page with its sentence, and writes it down once the refused step is undone."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit import trail
from people.models import User
from people.rules import NotAllowed
from workflow.decisions import Refused
from workflow.refusals import denied_by


class Refusals:
    """403 or 409 with the refusal's own words; a database refusal is a 409, never a 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; None for anything else."""
        if isinstance(exception, Refused):
            actor = request.user if isinstance(request.user, User) else None
            denied = exception.denied
            trail.refused(exception.action, actor=actor, record=exception.record, reason=denied.reason)
            return _page(request, denied.reason, 409 if denied.conflict else 403)
        if isinstance(exception, NotAllowed):
            actor = request.user if isinstance(request.user, User) else None
            record = exception.record if isinstance(exception.record, Model) else None
            trail.refused(exception.action, actor=actor, record=record, reason=exception.reason)
            return _page(request, exception.reason, 403)
        denied_by_database = denied_by(exception)
        return None if denied_by_database is None else _page(request, denied_by_database.reason, 409)


def _page(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", {"reason": reason}, status=status)
