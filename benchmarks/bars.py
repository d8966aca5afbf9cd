"""The bars that were set, held against the figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import names
from benchmarks.access_targets import rows_expected
from benchmarks.chores import Chore
from benchmarks.figures import AtSize, Figures
from benchmarks.plans import Plan
from benchmarks.words import RARE_INCIDENTS
from people.keyset import SIZE
from policies.finding import PER_PAGE

QUEUE, QUEUE_DREAM, CASE, FILING = 4.0, 2.0, 3.0, 4.0
DEEP, GROWTH = 1.2, 1.2
POLICY_GROWTH = 1.3
SEARCH_MS = 100.0
COUNT_MS, NIGHT_S, CHORE_MIB = 1_000.0, 600.0, 50.0
QUERIES, BYTES, MIB = 8, 60_000, 120.0


@dataclass(frozen=True)
class Verdict:
    """One bar, what was measured, and whether it is met."""

    bar: str
    measured: str
    met: bool


def verdicts(results: Sequence[AtSize]) -> list[Verdict]:
    """Every bar, held against the largest size; growth against the smallest as well."""
    last = results[-1]
    found = [*_costs(last), *_searches(last)]
    if len(results) > 1:
        found.append(_growth(results[0], last))
    return [*found, *_sizes(last, names.PAGES), _memory(last), _searched(last)]


def of_policies(first: AtSize, last: AtSize) -> list[Verdict]:
    """The bars of the library: each page with many policies beside the same page with few."""
    grown = [_grown(name, first, last) for name in names.POLICY_PAGES]
    return [*grown, *_sizes(last, names.POLICY_PAGES), _memory(last), _found(last)]


def of_access(first: AtSize, last: AtSize, chores: Sequence[Chore], plans: Sequence[Plan]) -> list[Verdict]:
    """The bars of access requests: each page, what runs by the clock, and how the database finds it all."""
    grown = [_grown(name, first, last) for name in names.ACCESS_PAGES if name != names.HEADCOUNT]
    counting = last.named(names.HEADCOUNT).p95
    counted = Verdict(f"{names.HEADCOUNT}: p95 at most {COUNT_MS:,.0f} ms", f"{counting:,.0f} ms", counting <= COUNT_MS)
    sizes = _sizes(last, names.ACCESS_PAGES)
    return [*grown, counted, *sizes, _memory(last), _drawn(last), *_chores(chores), _planned(plans)]


def _drawn(last: AtSize) -> Verdict:
    wanted = rows_expected()
    told = {name: last.named(name).rows for name in wanted}
    return Verdict("A page shows what it is asked for", ", ".join(map(str, told.values())), told == wanted)


def _chores(chores: Sequence[Chore]) -> Iterator[Verdict]:
    for chore in chores:
        if chore.name in {names.EXPIRE_SOME, names.EXPIRE_ALL}:
            told = f"{chore.seconds:,.1f} s, {chore.rate:,.0f} a second"
            yield Verdict(f"{chore.name}: at most 10 minutes", told, chore.seconds <= NIGHT_S)
            bar = f"{chore.name}: at most {CHORE_MIB:g} MiB more than before"
            yield Verdict(bar, f"{chore.mib:.0f} MiB", chore.mib <= CHORE_MIB)


def _planned(plans: Sequence[Plan]) -> Verdict:
    over = [plan.name for plan in plans if not plan.by_index]
    return Verdict("Every question is found by its own index", "; ".join(over) or f"all {len(plans)}", not over)


def _grown(name: str, first: AtSize, last: AtSize) -> Verdict:
    few, many = first.named(name).ratio, last.named(name).ratio
    bar = f"{name}: at {last.size:,} at most {POLICY_GROWTH:g} x what it costs at {first.size}"
    return Verdict(bar, f"{many / few:.2f} x ({few:.2f} and {many:.2f} x A)", many / few <= POLICY_GROWTH)


def _found(last: AtSize) -> Verdict:
    rows = [last.named(name).rows for name in (names.RARE_CLAUSE, names.COMMON_CLAUSE, names.LIBRARY)]
    told = f"{rows[0]}, {rows[1]} and {rows[2]} policies"
    return Verdict("A page shows what it is asked for", told, rows == [1, PER_PAGE, SIZE])


def _costs(last: AtSize) -> Iterator[Verdict]:
    for name, most in (*((queue, QUEUE) for queue in names.QUEUES), (names.CASE, CASE), (names.FILING, FILING)):
        ratio = last.named(name).ratio
        dream = f" ({QUEUE_DREAM:g} x is the dream)" if name == names.FIRST_PAGE else ""
        yield Verdict(f"{name}: CPU at most {most:g} x A{dream}", f"{ratio:.2f} x", ratio <= most)
    deep = last.named(names.DEEP_PAGE).ratio / last.named(names.FIRST_PAGE).ratio
    yield Verdict(f"{names.DEEP_PAGE}: CPU at most {DEEP:g} x the first page", f"{deep:.2f} x", deep <= DEEP)


def _searches(last: AtSize) -> Iterator[Verdict]:
    for name in names.SEARCHES:
        p95 = last.named(name).p95
        yield Verdict(f"{name}: p95 at most {SEARCH_MS:g} ms", f"{p95:.1f} ms", p95 <= SEARCH_MS)


def _growth(first: AtSize, last: AtSize) -> Verdict:
    # As multiples of the A measured beside each: a machine that was slower for a while does not count.
    grown = {figures.name: figures.ratio / first.named(figures.name).ratio for figures in last.targets}
    over = [f"{name} {times:.2f} x" for name, times in grown.items() if times > GROWTH]
    told = "; ".join(over) or f"at most {max(grown.values()):.2f} x"
    return Verdict(f"{last.size:,} / {first.size:,}: CPU at most {GROWTH:g} x everywhere", told, not over)


def _sizes(last: AtSize, pages: Sequence[str]) -> Iterator[Verdict]:
    shown = [last.named(name) for name in pages]
    yield _all_pages(shown, f"At most {QUERIES} queries a page", QUERIES, lambda page: page.queries)
    yield _all_pages(shown, f"At most {BYTES // 1000} KB of HTML a page", BYTES, lambda page: page.bytes)


def _all_pages(shown: Sequence[Figures], bar: str, most: int, count: Callable[[Figures], int]) -> Verdict:
    counts = {page.name: count(page) for page in shown}
    over = [f"{name} {counted:,}" for name, counted in counts.items() if counted > most]
    return Verdict(bar, "; ".join(over) or f"at most {max(counts.values()):,}", not over)


def _searched(last: AtSize) -> Verdict:
    # A page that ignores what is asked would be fast, too.
    rare, common = last.named(names.RARE_SEARCH).rows, last.named(names.COMMON_SEARCH).rows
    told = f"{rare} and {common} rows"
    return Verdict("A search shows what it is asked for", told, 0 < rare <= RARE_INCIDENTS < common)


def _memory(last: AtSize) -> Verdict:
    return Verdict(f"At most {MIB:g} MiB a worker", f"{last.portal_mib:.0f} MiB", last.portal_mib <= MIB)
