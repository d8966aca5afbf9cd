"""Where the CPU of filing a report goes, part by part, in this process and in the database's that serves it."""

import importlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import wraps
from time import thread_time
from typing import Any

from django.db import connection

from benchmarks.processes import cpu_seconds
from benchmarks.queries import Filing
from people.models import User

# A part's name, the module, and the function or method in it. None of them calls another.
PARTS = (
    ("Who is signed in: session, person, roles", "people.middleware", "get_user"),
    ("The form: its 27 fields made", "incidents.forms.report", "ReportForm.__init__"),
    ("The form: answers read and screened", "incidents.forms.report", "ReportForm.is_valid"),
    ("The draft, and how many reports came lately", "incidents.operations.reporting", "draft_to_file"),
    ("The draft taken, so that it is sent once", "incidents.operations.reporting", "_claim"),
    ("The incident, with its words indexed", "incidents.operations.reporting", "create"),
    ("The trail", "audit.trail", "write"),
    ("Everyone told", "incidents.notices", "tell_of_report"),
    ("The ring", "notifications.doorbell", "ring_for"),
)
REST = "Everything else: Django and its middleware, the commit, the log, and whoever sends it from here"


@dataclass
class Spent:
    """CPU seconds in this process and in the database."""

    web: float = 0.0
    database: float = 0.0


@dataclass
class Profile:
    """What each part spent over so many filings, and all of it together."""

    filings: int
    parts: dict[str, Spent] = field(default_factory=lambda: {name: Spent() for name, _, _ in PARTS})
    whole: Spent = field(default_factory=Spent)

    def rows(self) -> list[tuple[str, float, float, float]]:
        """Each part: its milliseconds for one filing here and in the database, and its share of all, from 0 to 1."""
        rest = Spent(self.whole.web - self._known("web"), self.whole.database - self._known("database"))
        whole, each_one = self.whole.web + self.whole.database, self.filings / 1000
        return [
            (name, part.web / each_one, part.database / each_one, (part.web + part.database) / whole)
            for name, part in [*self.parts.items(), (REST, rest)]
        ]

    def _known(self, where: str) -> float:
        return float(sum(getattr(part, where) for part in self.parts.values()))


def of_filing(reporters: Sequence[User]) -> Profile:
    """One report filed by each of these people, after one by the first to warm up."""
    Filing(reporters[0]).send()
    forms = [Filing(person) for person in reporters]
    profile = Profile(len(forms))
    with ExitStack() as watched:
        for name, module, path in PARTS:
            watched.enter_context(_timed(profile.parts[name], module, path))
        with _clocks(profile.whole):
            for form in forms:
                form.send()
    return profile


@contextmanager
def _clocks(spent: Spent) -> Iterator[None]:
    backend = connection.connection.get_backend_pid()
    web, database = thread_time(), cpu_seconds([backend])
    yield
    spent.web += thread_time() - web
    spent.database += cpu_seconds([backend])[backend] - database[backend]


@contextmanager
def _timed(spent: Spent, module: str, path: str) -> Iterator[None]:
    owner: Any = importlib.import_module(module)
    *classes, name = path.split(".")
    for each in classes:
        owner = getattr(owner, each)
    original: Callable[..., Any] = getattr(owner, name)

    @wraps(original)
    def timed(*args: Any, **kwargs: Any) -> Any:
        with _clocks(spent):
            return original(*args, **kwargs)

    setattr(owner, name, timed)
    try:
        yield
    finally:
        setattr(owner, name, original)
