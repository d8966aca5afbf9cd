"""Stands in for the pages of the library until they are there."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from people.requests import Signed


@require_GET
def empty(request: Signed, **_kwargs: object) -> HttpResponse:  # noqa: ARG001 nothing is there yet
    """Nothing yet."""
    return HttpResponse("")
