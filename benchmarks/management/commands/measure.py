"""Fills the measurement's database to each size and measures there; started by `python -m benchmarks`."""

import os
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from benchmarks import (
    access_targets,
    agency,
    bars,
    filling,
    machine,
    measuring,
    names,
    policy_targets,
    profiling,
    queries,
    reporting,
    serving,
    targets,
)
from benchmarks.chores import Chore, apart, expiry, reading
from benchmarks.figures import AtSize, Figures
from benchmarks.plans import all_of_them
from compliance_portal.install import Trouble, say, stage
from compliance_portal.paths import BASE_DIR, VAR_DIR

SIZES = "10000,100000,1000000"
POLICIES = (20, 2_000)
GRANTS, SOME = (1_000, 100_000), 500


class Command(BaseCommand):
    """Measures the portal beside A at each size."""

    help = "Fill the database of the measurement and measure; `make bench` prepares it first."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Measure what ONLY names, or everything."""
        database = filling.Database.of_settings()
        for part in parts(os.environ.get("ONLY", "")):
            part(database)


def parts(only: str) -> list[Callable[[filling.Database], None]]:
    """What is measured; raises Trouble where ONLY names something else."""
    if only and only not in PARTS:
        raise Trouble(f"ONLY is one of {', '.join(PARTS)}; not {only!r}.")
    return [PARTS[only]] if only else list(PARTS.values())


def of_incidents(database: filling.Database) -> None:
    """Measure at every size asked for; the page in docs/ is written by a whole run alone."""
    asked = sizes(os.environ.get("SIZES") or SIZES, held=database.held())
    results = [_at(size, database.grow_to, "incidents", database, targets.of) for size in asked]
    profile = profiling.of_filing(targets.reporters())
    told = reporting.of_run(results, bars.verdicts(results), machine.facts(), timezone.localdate(), profile)
    _tell(told, reporting.INCIDENTS, whole=asked == sizes(SIZES))


def of_policies(database: filling.Database) -> None:
    """Measure the library with few and with many policies; its part of the page in docs/ is written every time."""
    results = [_at(size, database.shelve, "policies", database, policy_targets.of) for size in POLICIES]
    told = reporting.of_policies(results, bars.of_policies(*results), machine.facts(), timezone.localdate())
    _tell(told, reporting.POLICIES, whole=True)


def of_access(database: filling.Database) -> None:
    """Measure access requests with few and with many grants; its part of the page in docs/ is written every time."""
    results, chores = list[AtSize](), list[Chore]()
    for size in GRANTS:
        results.append(_at(size, database.give_access, reporting.ACCESS.of_what, database, access_targets.of))
        chores.append(_carried_out(partial(reading, size)))
    plans = all_of_them()
    for name, count in ((names.EXPIRE_SOME, SOME), (names.EXPIRE_ALL, GRANTS[-1] - SOME)):
        database.let_run_out(count)
        chores.append(_carried_out(partial(expiry, name, GRANTS[-1])))
    verdicts = bars.of_access(results[0], results[-1], chores, plans)
    ran_on = reporting.ran_on(machine.facts(), timezone.localdate())
    _tell(reporting.of_access(results, verdicts, chores, plans, ran_on), reporting.ACCESS, whole=True)


PARTS = {"incidents": of_incidents, "policies": of_policies, "access": of_access}


def _carried_out(chore: Callable[[], Chore]) -> Chore:
    done = apart(chore)
    say(f"  {done.name}: {done.rows:,} in {done.seconds:,.2f} s, {done.mib:,.0f} MiB more")
    return done


def _tell(told: str, place: reporting.Place, *, whole: bool) -> None:
    say(f"\n{told}")
    (VAR_DIR / f"performance of {place.of_what}.md").write_text(f"{told}\n", encoding="utf-8")
    if whole:
        reporting.put_into(BASE_DIR / "docs" / "performance.md", told, place)


def sizes(text: str, *, held: int = 0) -> list[int]:
    """The sizes to measure at, growing; with KEEP=1 those below what is held already are left out."""
    try:
        asked = sorted({int(part) for part in text.split(",")})
    except ValueError:
        raise Trouble(f"SIZES lists numbers, as in {SIZES}; not {text!r}.") from None
    return [size for size in asked if size >= held] or [held]


def _at(
    size: int,
    fill: Callable[[int, agency.Agency], None],
    of_what: str,
    database: filling.Database,
    measured: Callable[[serving.Server], Iterable[Callable[[], targets.Target]]],
) -> AtSize:
    began = time.monotonic()
    with stage(f"{size:,} {of_what}"):
        fill(size, agency.built())
    filled_in = time.monotonic() - began
    with ExitStack() as running:
        portal = running.enter_context(serving.started(serving.PORTAL))
        bare = running.enter_context(serving.started(serving.BARE))
        meter = measuring.Meter(lambda: targets.bare(bare), database.process())
        figures = tuple(_told(meter, make()) for make in measured(portal))
        return AtSize(
            size, _told(meter, targets.bare(bare)), figures, portal.memory_mib(), bare.memory_mib(), filled_in
        )


def _told(meter: measuring.Meter, target: targets.Target) -> Figures:
    queries_put, rows = _counted(target)
    figures = replace(meter.figures_of(target), queries=queries_put, rows=rows)
    say(f"  {' | '.join(reporting.of_target(figures))}")
    return figures


def _counted(target: targets.Target) -> tuple[int, int]:
    """The queries of a target and the rows on its page."""
    if target.name == names.BARE:
        return targets.QUERIES_OF_BARE, 0
    if target.user is None:
        return queries.of_filing(targets.reporters()[0]), 0
    return queries.of_page(target.user, target.path)
