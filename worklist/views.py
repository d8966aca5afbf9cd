"""The home page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.requests import Signed
from worklist import home as what_awaits


@require_GET
def home(request: Signed) -> HttpResponse:
    """What awaits me, my reports, and what I most often do."""
    return render(request, "worklist/home.html", what_awaits.context(request.user))
