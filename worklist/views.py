"""The home page, and a supervisor's own people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.requests import Signed
from worklist import home as what_awaits
from worklist import team as own_people


@require_GET
def home(request: Signed) -> HttpResponse:
    """What awaits me, my reports, and what I most often do."""
    return render(request, "worklist/home.html", what_awaits.context(request.user))


@require_GET
def team(request: Signed) -> HttpResponse:
    """My people, those of someone I stand in for today, and what they asked me."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    return render(request, "worklist/team.html", own_people.context(request.user, after=after, before=before))
