"""What every page's frame shows: who this is, where one can go, which entry one is in."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from incidents.rules import STAFF
from people.models import Role, User

MOST = 6


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """The names on the page, and at most six entries for the person signed in."""
    user = getattr(request, "user", None)
    return {
        "department": settings.DEPARTMENT,
        "portal_name": settings.PORTAL_NAME,
        "privacy_contact": settings.PRIVACY_CONTACT,
        "demo": settings.DEMO,
        "holds_sign_in": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "navigation": _places(user, request.path) if isinstance(user, User) else (),
    }


def _places(user: User, path: str) -> tuple[Place, ...]:
    entries = _entries(works=user.has_role(*STAFF), administers=user.has_role(Role.ADMINISTRATOR))
    here = max((url for _, url in entries if path.startswith(url) and (url != "/" or path == "/")), key=len, default="")
    return tuple(Place(label, url, url == here) for label, url in entries)


@cache
def _entries(*, works: bool, administers: bool) -> list[tuple[str, str]]:
    mine = ("My reports", reverse("incidents:my_reports"))
    entries = [
        ("Home", reverse("worklist:home")),
        ("Report an incident", reverse("incidents:report")),
        mine,
        *([("Incidents", reverse("incidents:queue"))] if works else []),
        ("Policies", reverse("policies:library")),
        *([("People", reverse("people:people"))] if administers else []),
        ("Notices", reverse("notifications:inbox")),
    ]
    # Of seven, Home says the same as this one.
    return entries if len(entries) <= MOST else [entry for entry in entries if entry != mine]
