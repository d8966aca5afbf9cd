"""Measuring: rounds of A and of the target in turn, so that what else the machine does falls on both."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import processes
from benchmarks.client import Burst, burst
from benchmarks.figures import Figures, median, percentile
from benchmarks.targets import Target

ROUNDS = 7
AT_ONCE = 8
WARM_UP, SECONDS, SECONDS_OF_8 = 1.0, 1.2, 1.5
MOST = 250


@dataclass(frozen=True)
class Round:
    """One burst and what it cost, in CPU seconds of the workers and of the database."""

    burst: Burst
    web: float
    database: float

    @property
    def cpu(self) -> float:
        """CPU seconds a request."""
        return (self.web + self.database) / len(self.burst.latencies)


class Meter:
    """Measures targets against A, signed in anew for each; `database` is the first process of the database server."""

    def __init__(self, bare: Callable[[], Target], database: int) -> None:
        self._bare = bare
        self._database = database

    def figures_of(self, target: Target) -> Figures:
        """The figures of a target, or of A itself."""
        count, count_of_8 = self._warmed_up(target)
        bare = self._bare()
        self._warmed_up(bare)
        alone, ratios, busy = list[Round](), list[float](), list[Burst]()
        for _ in range(ROUNDS):
            beside = self._round(bare, MOST)
            alone.append(self._round(target, count))
            ratios.append(alone[-1].cpu / beside.cpu)
        for _ in range(2):
            busy.append(burst(target.server.port, target.requests(count_of_8), at_once=AT_ONCE))
        return _summed_up(target.name, alone, ratios, busy)

    def _warmed_up(self, target: Target) -> tuple[int, int]:
        """Have every thread answer; return how many requests fill a burst, alone and eight at once."""
        first = burst(target.server.port, target.requests(1), at_once=1)
        for at_once in (AT_ONCE, 1):
            warm = burst(target.server.port, target.requests(_filling(WARM_UP, first)), at_once=at_once)
        return _filling(SECONDS, warm), max(_filling(SECONDS_OF_8, warm), AT_ONCE)

    def _round(self, target: Target, count: int) -> Round:
        requests = target.requests(count)
        workers, backends = target.server.workers, processes.children(self._database)
        web, database = processes.cpu_seconds(workers), processes.cpu_seconds(backends)
        done = burst(target.server.port, requests, at_once=1)
        web_after = processes.cpu_seconds(workers)
        database_after = processes.cpu_seconds(processes.children(self._database))
        return Round(done, processes.spent_between(web, web_after), processes.spent_between(database, database_after))


def _filling(seconds: float, seen: Burst) -> int:
    """How many requests like these take so long: a page of seconds is asked for but once."""
    return max(1, min(MOST, int(seconds / median(seen.latencies))))


def _summed_up(name: str, alone: list[Round], ratios: list[float], busy: list[Burst]) -> Figures:
    latencies = [seconds * 1000 for each in alone for seconds in each.burst.latencies]
    of_8 = [seconds * 1000 for each in busy for seconds in each.latencies]
    return Figures(
        name=name,
        p50=percentile(latencies, 0.5),
        p95=percentile(latencies, 0.95),
        p95_of_8=percentile(of_8, 0.95),
        rate=median([len(each.burst.latencies) / each.burst.elapsed for each in alone]),
        rate_of_8=max(len(each.latencies) / each.elapsed for each in busy),
        web_cpu=median([each.web / len(each.burst.latencies) for each in alone]) * 1000,
        database_cpu=median([each.database / len(each.burst.latencies) for each in alone]) * 1000,
        ratio=median(ratios),
        bytes=alone[-1].burst.bytes,
    )
