"""What is measured of access requests: the pages of those who ask, decide, grant and count."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from access_requests.models import AccessRequest, Turn
from benchmarks import names
from benchmarks.grants import CASES, WAITING
from benchmarks.serving import Server
from benchmarks.targets import DEPTH, EPOCH, Target, page
from people.models import Role, User

_ADDRESSES = {
    names.AWAITING: "awaiting",
    names.MINE: "mine",
    names.REGISTER: "register",
    names.SECURITY: "security",
    names.HEADCOUNT: "figures",
}


def of(server: Server) -> Iterator[Callable[[], Target]]:
    """Every page, made when its turn comes."""
    people = visitors()
    for name, path in addresses().items():
        yield partial(page, name, server, people[name], path)


def visitors() -> dict[str, User]:
    """Who asks for each page."""
    team = waiting()
    supervisor, requester = team.person, team.request.requester
    officer, security = (holder(role) for role in (Role.PRIVACY_OFFICER, Role.IT_SECURITY))
    asking = (supervisor, requester, officer, officer, supervisor, security, officer)
    return dict(zip(names.ACCESS_PAGES, asking, strict=True))


def addresses() -> dict[str, str]:
    """The address of each page, by its name."""
    found = {name: reverse(f"access_requests:{address}") for name, address in _ADDRESSES.items()}
    deep = f"{found[names.REGISTER]}?{urlencode({'after': place_at(DEPTH)})}"
    one = reverse("access_requests:request", args=[waiting().request_id])
    every = found | {names.DEEP_REGISTER: deep, names.REQUEST: one}
    return {name: every[name] for name in names.ACCESS_PAGES}


def waiting() -> Turn:
    """The first turn of the measured team, in which the same waits at any size."""
    turns = Turn.objects.filter(outcome="", request__case_number="CW-team-0").order_by("request")
    return turns.select_related("person", "request__requester")[0]


def holder(role: Role) -> User:
    """Someone with this role, who has nobody below."""
    held = User.objects.filter(grants__role=role, is_active=True)
    return held.annotate(below=Count("reports")).order_by("below", "-pk")[0]


def place_at(share: float) -> str:
    """Where in the register this share of it is left behind."""
    sent = AccessRequest.objects.filter(submitted_at__isnull=False).order_by("-submitted_at", "-pk")
    row = sent.only("submitted_at")[int(sent.count() * share)]
    since = (row.submitted_at or EPOCH) - EPOCH
    return f"{since // timedelta(microseconds=1)}-{row.pk}"


def rows_expected() -> dict[str, int]:
    """How many rows a page shows whatever the size, by which it shows that it was really drawn."""
    # Each case has a table of its own, and each table a heading of its own.
    return {names.AWAITING: WAITING + CASES - 1, names.MINE: 25, names.REGISTER: 25, names.DEEP_REGISTER: 25}
