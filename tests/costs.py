"""What each folder of tests costs, told in a table at the end; in CI a run that is over its budget fails."""

import os
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field
from statistics import mean
from time import perf_counter, process_time
from typing import Any

import pytest

from tests.budgets import BUDGETS, SHARED, SLOW, YARDSTICK_SECONDS

REASON_NEEDED, REFUSED = 3.0, 10.0
# A single test is measured once: what else the machine does at that moment is granted it.
FOR_THE_MOMENT = 1.5
TESTS_PER_YARDSTICK = 40
NO_COSTS: dict[str, Any] = {"cpu": 0.0, "wall": 0.0, "shared": (0.0, 0.0), "yardstick": None}


@dataclass
class Cost:
    """What the tests of one folder took so far, in seconds."""

    tests: set[str] = field(default_factory=set)
    cpu: float = 0.0
    wall: float = 0.0


class Measuring:
    """In each process that runs tests: puts what a phase of a test took on its report."""

    def __init__(self) -> None:
        self._mark = 0.0
        self._shared = [0.0, 0.0]
        self._sharing = False
        self._tests = 0
        self._is_last = False

    def pytest_runtest_protocol(self, nextitem: pytest.Item | None) -> None:
        """Begin a test; what ran since the last one is no test's."""
        self._mark, self._is_last = _cpu(), nextitem is None

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """Keep what a whole run shares apart from the test that happens to come first."""
        if fixturedef.scope != "session" or self._sharing:
            return (yield)
        self._sharing, cpu, wall = True, _cpu(), perf_counter()
        try:
            return (yield)
        finally:
            self._sharing = False
            self._shared = [self._shared[0] + _cpu() - cpu, self._shared[1] + perf_counter() - wall]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note CPU seconds, those of the children waited for included, and now and then how fast the machine is."""
        report = yield
        shared, self._shared = self._shared, [0.0, 0.0]
        took = _cpu() - self._mark
        if self._is_last and report.when == "teardown":
            # With the last test ends what all have shared.
            shared = [took, report.duration]
        costs = {"cpu": took - shared[0], "wall": report.duration - shared[1], "shared": shared, "yardstick": None}
        if report.when == "setup":
            self._tests += 1
            costs["yardstick"] = _yardstick() if self._tests % TESTS_PER_YARDSTICK == 1 else None
        vars(report)["costs"] = costs
        self._mark = _cpu()
        return report


class Counting:
    """In the process that tells of the run: adds the reports up, prints the table, judges."""

    def __init__(self, config: pytest.Config) -> None:
        self.whole = config.args == config.getini("testpaths") and not config.option.markexpr
        self._costs: dict[str, Cost] = defaultdict(Cost)
        self._calls: dict[str, float] = {}
        self._yardsticks: list[tuple[float, float]] = []
        self._began = perf_counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what one phase of a test took to its folder."""
        # Missing where a process died under its test.
        costs = vars(report).get("costs", NO_COSTS)
        one = self._costs[_folder(report.nodeid)]
        one.tests.add(report.nodeid)
        one.cpu += costs["cpu"]
        one.wall += costs["wall"]
        self._costs[SHARED].cpu += costs["shared"][0]
        self._costs[SHARED].wall += costs["shared"][1]
        if costs["yardstick"]:
            self._yardsticks.append(costs["yardstick"])
        if report.when == "call":
            self._calls[report.nodeid] = costs["wall"]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run in CI that went over a budget."""
        if self.over() and os.environ.get("CI") and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table of folders, each with its slowest five, and what is over budget."""
        write = terminalreporter.write_line
        terminalreporter.section("what the tests cost, in seconds")
        write(f"{'folder':20} {'tests':>6} {'CPU':>8} {'wall':>8}   budget (CPU, wall)")
        for folder, cost in sorted(self._costs.items()):
            budget = BUDGETS.get(folder)
            allowed = f"{budget.cpu:8.0f} {budget.wall:8.0f}" if budget else ""
            write(f"{folder:20} {len(cost.tests):6} {cost.cpu:8.1f} {cost.wall:8.1f}   {allowed}")
        cpu, wall = (sum(getattr(cost, kind) for cost in self._costs.values()) for kind in ("cpu", "wall"))
        write(f"{'all':20} {len(self._calls):6} {cpu:8.1f} {wall:8.1f}   in {perf_counter() - self._began:.0f} s")
        cpu, wall = self.slowness()
        write(
            f"The same work took {cpu:.2f} times the CPU and {wall:.2f} times the wall time that budgets were set by."
        )
        for folder in sorted(self._costs):
            slowest = sorted(self._of(folder), key=self._calls.__getitem__, reverse=True)[:5]
            write("\n".join([f"slowest of {folder}:", *(f"  {self._calls[name]:6.2f} {name}" for name in slowest)]))
        for sentence in self.over():
            write(f"OVER BUDGET: {sentence}", red=True)

    def slowness(self) -> tuple[float, float]:
        """How many times the CPU and wall time of the machine of the budgets the same work took here; at least 1."""
        measured = self._yardsticks or [(0.0, 0.0)]
        cpu, wall = (mean(times) / YARDSTICK_SECONDS for times in zip(*measured, strict=True))
        return max(1.0, cpu), max(1.0, wall)

    def over(self) -> list[str]:
        """A sentence for each budget the run has gone over, as on the machine of the budgets."""
        return [*self._folders_over(), *self._tests_over()] if self.whole else self._tests_over()

    def _folders_over(self) -> list[str]:
        slowness = self.slowness()
        unknown = sorted(self._costs.keys() - BUDGETS.keys() - {SHARED})
        found = [f"{folder} has no line in tests/budgets.py" for folder in unknown]
        for folder, budget in BUDGETS.items():
            cost = self._costs.get(folder, Cost())
            cpu, wall = cost.cpu / slowness[0], cost.wall / slowness[1]
            if not cost.tests and folder != SHARED:
                found.append(f"{folder} ran no test")
            if cpu > budget.cpu or wall > budget.wall:
                found.append(
                    f"{folder} took {cpu:.1f} s of CPU and {wall:.1f} s, not {budget.cpu:.0f} and {budget.wall:.0f}"
                )
        return found

    def _tests_over(self) -> list[str]:
        granted = self.slowness()[1] * FOR_THE_MOMENT
        slow = {name: seconds for name, seconds in self._calls.items() if seconds > REASON_NEEDED * granted}
        refused = {name: seconds for name, seconds in slow.items() if seconds > REFUSED * granted}
        unexplained = {name: seconds for name, seconds in slow.items() if name.partition("[")[0] not in SLOW}
        return [
            *(f"{name} took {seconds:.1f} s, over {REFUSED * granted:.1f}" for name, seconds in refused.items()),
            *(
                f"{name} took {seconds:.1f} s, over {REASON_NEEDED * granted:.1f}, without a reason in tests/budgets.py"
                for name, seconds in unexplained.items()
                if name not in refused
            ),
        ]

    def _of(self, folder: str) -> list[str]:
        return [name for name in self._calls if _folder(name) == folder]


def pytest_configure(config: pytest.Config) -> None:
    """Measure wherever tests run; count where the run is told of."""
    config.pluginmanager.register(Measuring(), "measuring")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Counting(config), "counting")


def _folder(nodeid: str) -> str:
    return nodeid.split("/")[1]


def _cpu() -> float:
    return sum(os.times()[:4])


def _yardstick() -> tuple[float, float]:
    cpu, wall = process_time(), perf_counter()
    sum(hash(str(number)) & 1 for number in range(200_000))
    return process_time() - cpu, perf_counter() - wall
