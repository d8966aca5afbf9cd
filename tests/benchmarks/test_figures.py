"""The sums behind the figures, and the bars they are held against."""

from dataclasses import replace

import pytest

from benchmarks import bars, names
from benchmarks.access_targets import rows_expected
from benchmarks.bars import Verdict
from benchmarks.chores import Chore
from benchmarks.figures import AtSize, Figures, median, percentile
from benchmarks.plans import Plan

PAGE = Figures(
    name=names.FIRST_PAGE,
    p50=5.0,
    p95=9.0,
    p95_of_8=40.0,
    rate=150.0,
    rate_of_8=300.0,
    web_cpu=4.0,
    database_cpu=1.0,
    ratio=2.0,
    bytes=30_000,
    queries=6,
    rows=25,
)


def at(size: int, **changed: Figures) -> AtSize:
    """Everything measured, well within every bar but for what is changed."""
    targets = {name: replace(PAGE, name=name) for name in (*names.PAGES, names.FILING)}
    targets[names.RARE_SEARCH] = replace(targets[names.RARE_SEARCH], rows=20)
    targets |= {figures.name: figures for figures in changed.values()}
    return AtSize(size, replace(PAGE, name=names.BARE, ratio=1.0), tuple(targets.values()), 90.0, 40.0, 1.0)


def of_policies(size: int, **changed: Figures) -> AtSize:
    """The library measured, well within every bar but for what is changed."""
    rows = {names.RARE_CLAUSE: 1, names.COMMON_CLAUSE: 10}
    targets = {name: replace(PAGE, name=name, rows=rows.get(name, 25)) for name in names.POLICY_PAGES}
    targets |= {figures.name: figures for figures in changed.values()}
    return AtSize(size, replace(PAGE, name=names.BARE, ratio=1.0), tuple(targets.values()), 90.0, 40.0, 1.0)


def unmet(*results: AtSize) -> list[Verdict]:
    """The bars these figures do not meet."""
    return [verdict for verdict in bars.verdicts(results) if not verdict.met]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_value_that_was_measured(share: float, expected: int) -> None:
    assert percentile(range(100, 0, -1), share) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 0.95) == 7.0


def test_the_median_lies_in_the_middle() -> None:
    assert median([9, 1, 5]) == 5
    assert median([1, 9, 5, 7]) == 6


def test_the_cpu_of_a_request_is_the_workers_and_the_databases() -> None:
    assert PAGE.cpu == 5.0


def test_what_is_within_every_bar_meets_them_all() -> None:
    assert unmet(at(10_000), at(1_000_000)) == []


@pytest.mark.parametrize(
    ("changed", "bar"),
    [
        (replace(PAGE, ratio=4.01), "Queue, first page: CPU"),
        (replace(PAGE, name=names.FILTERED, ratio=4.01), names.FILTERED),
        (replace(PAGE, name=names.HEADS_PAGE, ratio=4.01), names.HEADS_PAGE),
        (replace(PAGE, name=names.CASE, ratio=3.01), names.CASE),
        (replace(PAGE, name=names.FILING, ratio=4.01), names.FILING),
        (replace(PAGE, name=names.DEEP_PAGE, ratio=2.5), names.DEEP_PAGE),
        (replace(PAGE, name=names.COMMON_SEARCH, p95=100.1), names.COMMON_SEARCH),
        (replace(PAGE, name=names.RARE_SEARCH, rows=25), "A search shows"),
        (replace(PAGE, name=names.RARE_SEARCH, rows=0), "A search shows"),
        (replace(PAGE, name=names.CASE, queries=9), "At most 8 queries"),
        (replace(PAGE, name=names.CASE, bytes=60_001), "At most 60 KB"),
    ],
)
def test_a_bar_that_is_missed_is_named(changed: Figures, bar: str) -> None:
    base = {"rare": replace(PAGE, name=names.RARE_SEARCH, rows=20)}
    [verdict] = unmet(at(1_000_000, **base, changed=changed))
    assert verdict.bar.startswith(bar)


def test_growth_is_held_against_the_smallest_size() -> None:
    grown = replace(PAGE, name=names.CASE, ratio=2.5)
    [verdict] = unmet(at(10_000), at(100_000), at(1_000_000, changed=grown))
    assert verdict.bar.startswith("1,000,000 / 10,000")
    assert verdict.measured == "Case page 1.25 x"


def test_memory_counts() -> None:
    [verdict] = unmet(replace(at(10_000), portal_mib=120.1))
    assert verdict.bar == "At most 120 MiB a worker"


@pytest.mark.parametrize(
    ("changed", "bar"),
    [
        (replace(PAGE, name=names.LIBRARY, ratio=2.61), "Library, first page: at 2,000"),
        (replace(PAGE, name=names.COMMON_CLAUSE, ratio=2.61, rows=10), "Policies, word in 50 %"),
        (replace(PAGE, name=names.COMMON_CLAUSE, rows=0), "A page shows"),
        (replace(PAGE, name=names.POLICY, queries=9), "At most 8 queries"),
    ],
)
def test_a_bar_the_library_misses_is_named(changed: Figures, bar: str) -> None:
    met = bars.of_policies(of_policies(20), of_policies(2_000))
    assert all(verdict.met for verdict in met)
    verdicts = bars.of_policies(of_policies(20), of_policies(2_000, changed=changed))
    [missed] = [verdict for verdict in verdicts if not verdict.met]
    assert missed.bar.startswith(bar)


NIGHT = Chore(names.EXPIRE_ALL, size=100_000, rows=99_500, seconds=300.0, mib=20.0)
PLAN = Plan(names.AWAITING, ("access_awaits",), used=("access_awaits", "people_user_pkey"), whole=(), ms=0.2, pages=40)


def of_access(size: int, **changed: Figures) -> AtSize:
    """The pages of access requests measured, well within every bar but for what is changed."""
    rows = rows_expected()
    targets = {name: replace(PAGE, name=name, rows=rows.get(name, 0)) for name in names.ACCESS_PAGES}
    targets |= {figures.name: figures for figures in changed.values()}
    return AtSize(size, replace(PAGE, name=names.BARE, ratio=1.0), tuple(targets.values()), 90.0, 40.0, 1.0)


@pytest.mark.parametrize(
    ("changed", "chore", "plan", "bar"),
    [
        (replace(PAGE, name=names.REQUEST, ratio=2.61), NIGHT, PLAN, "One request: at 100,000"),
        (replace(PAGE, name=names.HEADCOUNT, p95=1_001.0), NIGHT, PLAN, "Employees with access: p95"),
        (replace(PAGE, name=names.AWAITING, rows=0), NIGHT, PLAN, "A page shows"),
        (PAGE, replace(NIGHT, seconds=601.0), PLAN, "Nightly expiry, all the others run out: at most 10 minutes"),
        (PAGE, replace(NIGHT, mib=51.0), PLAN, "Nightly expiry, all the others run out: at most 50 MiB"),
        (PAGE, NIGHT, replace(PLAN, own=("access_newest",)), "Every question"),
        (PAGE, NIGHT, replace(PLAN, whole=("access_requests_turn",)), "Every question"),
    ],
)
def test_a_bar_access_requests_miss_is_named(changed: Figures, chore: Chore, plan: Plan, bar: str) -> None:
    met = bars.of_access(of_access(1_000), of_access(100_000), [NIGHT], [PLAN])
    assert all(verdict.met for verdict in met)
    verdicts = bars.of_access(of_access(1_000), of_access(100_000, changed=changed), [chore], [plan])
    [missed] = [verdict for verdict in verdicts if not verdict.met]
    assert missed.bar.startswith(bar)
