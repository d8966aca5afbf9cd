"""The lists: one's own requests, and everything that was sent for those who examine it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from access_requests import rules, shelf
from access_requests.models import AccessRequest
from people.keyset import page_of
from people.requests import Signed


@require_GET
def mine(request: Signed) -> HttpResponse:
    """What this person asked for, newest first."""
    page = page_of(shelf.asked_by(request.user), request.GET, order=("created_at", "pk"), newest_first=True)
    return render(request, "access_requests/mine.html", {"page": page})


@require_GET
def register(request: Signed) -> HttpResponse:
    """Every request this person may see, newest first, all of them or those in one state."""
    if not rules.may_count(request.user):
        raise Http404
    states = [choice for choice in AccessRequest.Status.choices if choice[0] != AccessRequest.Status.DRAFT]
    status = request.GET.get("state", "")
    status = status if status in dict(states) else ""
    rows = rules.visible_to(request.user).filter(submitted_at__isnull=False)
    rows = rows.filter(status=status) if status else rows
    page = page_of(rows, request.GET, order=("submitted_at", "pk"), newest_first=True)
    filter_query = f"state={status}" if status else ""
    context = {"page": page, "states": states, "state": status, "filter_query": filter_query}
    return render(request, "access_requests/register.html", context)
