"""A's one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Who is signed in."""
    return HttpResponse(f"<p>{request.user}</p>")


urlpatterns = [path("", page)]
