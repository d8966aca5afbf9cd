"""What is measured: each page's address, found in the data as it stands, and who asks for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from benchmarks import names
from benchmarks.casefile import MEASURED
from benchmarks.client import Request, get
from benchmarks.filing import Reporters
from benchmarks.serving import Server
from benchmarks.visitors import BARE_BACKEND, signed_in
from benchmarks.words import COMMON, MIDDLING, RARE
from incidents import queue
from incidents.models import Incident
from incidents.narrowing import ANY_STATE
from incidents.rules import visible_to
from people.models import User

Requests = Callable[[int], list[Request]]
DEPTH = 0.75
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
REPORTERS = 300
OTHERS = 4000
# The session and the user, which its page does not let Django count here.
QUERIES_OF_BARE = 2


@dataclass(frozen=True)
class Target:
    """Something measured: its name, where it answers, its requests; of a page, who asks for it and its address."""

    name: str
    server: Server
    requests: Requests
    user: User | None = None
    path: str = ""


def bare(server: Server) -> Target:
    """A: the least a signed-in Django page can cost."""
    return page(names.BARE, server, reporters()[0], "/", backend=BARE_BACKEND)


def of(server: Server) -> Iterator[Callable[[], Target]]:
    """Every target of the portal, made when its turn comes: nobody's sign-in is noted anew for a minute."""
    for name, path in addresses().items():
        yield partial(page, name, server, head() if name == names.HEADS_PAGE else analyst(), path)
    yield partial(_other_cases, server)
    yield partial(_filing, server)


def addresses() -> dict[str, str]:
    """The address of each page, by its name."""
    listed = reverse("incidents:queue")
    asked = {
        names.FIRST_PAGE: {},
        names.DEEP_PAGE: {"after": place_at(queue.matching(analyst(), {}), DEPTH)},
        names.FILTERED: {"severity": "high", "platform": "Facebook"},
        names.COMBINED: {"kind": "exposure", "severity": "high", "platform": "Facebook"},
        names.HEADS_PAGE: {},
        names.RARE_SEARCH: {"q": RARE, "status": ANY_STATE},
        names.OPEN_SEARCH: {"q": RARE},
        names.MIDDLING_SEARCH: {"q": MIDDLING, "status": ANY_STATE},
        names.COMMON_SEARCH: {"q": COMMON, "status": ANY_STATE},
    }
    found = {name: f"{listed}?{urlencode(query)}" if query else listed for name, query in asked.items()}
    return {**found, names.CASE: reverse("incidents:case", args=[f"INC-{MEASURED}"])}


def analyst() -> User:
    """Whose queue is measured: the analyst who has the measured case."""
    return User.objects.get(pk=Incident.objects.values_list("assignee", flat=True).get(pk=MEASURED))


def head() -> User:
    """The officer at the head of the Privacy Office, for whom the portal has to look at everyone below as well."""
    return User.objects.get(reports=analyst())


def reporters() -> list[User]:
    """Employees without any role, to file reports in turn."""
    return list(User.objects.filter(grants=None, is_active=True).order_by("-pk")[:REPORTERS])


def place_at(rows: QuerySet[Incident], share: float) -> str:
    """Where in a list, as its addresses say it, this share of its rows is left behind."""
    ordered = rows.order_by("due_at", "pk").values_list("due_at", "pk")
    due_at, pk = ordered[int(ordered.count() * share)]
    return f"{(due_at - EPOCH) // timedelta(microseconds=1)}-{pk}"


def page(name: str, server: Server, user: User, path: str, *, backend: str = "") -> Target:
    """A page that this person asks for again and again."""
    request = get(server.port, path, signed_in(user, backend=backend))
    return Target(name, server, lambda count: [request] * count, user, path)


def _other_cases(server: Server) -> Target:
    """A case nobody looked at before, time and again: nothing of its page was drawn before."""
    user = analyst()
    numbers = cycle(visible_to(user).order_by("-pk").values_list("pk", flat=True)[:OTHERS])
    session = signed_in(user)
    paths = (reverse("incidents:case", args=[f"INC-{number}"]) for number in numbers)
    first = next(paths)

    def requests(count: int) -> list[Request]:
        return [get(server.port, next(paths), session) for _ in range(count)]

    return Target(names.OTHER_CASES, server, requests, user, first)


def _filing(server: Server) -> Target:
    turns = Reporters(reporters())
    return Target(names.FILING, server, partial(turns.reports, server.port))
