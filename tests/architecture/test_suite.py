"""The tests' own house: all of them run, each folder has a budget that is kept, and nothing outlives a run."""

import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import costs, everything, processes
from tests.architecture.source import ROOT
from tests.budgets import BUDGETS, SHARED, SLOW, YARDSTICK_SECONDS, Budget
from tests.eventually import eventually

TESTS = ROOT / "tests"
SLEEPER = "import sys; sys.stdin.read()"


def report(name: str, seconds: float, **changed: object) -> pytest.TestReport:
    """What a process tells of a test that took so long."""
    made = pytest.TestReport(name, ("", 0, ""), {}, "passed", None, "call", duration=seconds)
    vars(made)["costs"] = {**costs.NO_COSTS, "cpu": seconds, "wall": seconds, **changed}
    return made


@pytest.fixture
def counting(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> costs.Counting:
    """The count of a whole run of one folder, whose budget is two seconds."""
    monkeypatch.setattr(costs, "BUDGETS", {"people": Budget(2, 2)})
    monkeypatch.setattr(costs, "SLOW", {"tests/people/test_a.py::test_known": "Said why."})
    made = costs.Counting(pytestconfig)
    made.whole = True
    return made


def test_every_folder_of_tests_is_collected(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("testpaths") == ["tests"]
    assert pytestconfig.getini("python_files") == ["test_*.py", "*_test.py"]
    left_out = pytestconfig.getini("norecursedirs")
    folders = {parent for file in TESTS.rglob("test_*.py") for parent in file.relative_to(TESTS).parents}
    assert [folder for folder in folders for name in left_out if fnmatch(folder.name, name)] == []


def test_every_folder_of_tests_has_a_budget() -> None:
    folders = {file.relative_to(TESTS).parts[0] for file in TESTS.rglob("test_*.py")}
    assert folders == BUDGETS.keys() - {SHARED}


def test_what_the_database_decides_also_runs_on_the_machines_own() -> None:
    chosen = {str(file.relative_to(TESTS)) for file in everything.on_a_real_server()}
    asked_for = ["access_requests/test_held_by_the_database.py", "attachments/test_database.py", "audit/test_trail.py"]
    asked_for += ["incidents/test_merging_at_once.py", "policies/test_finding.py", "vault/test_store.py"]
    assert set(asked_for) <= chosen
    assert "notifications/test_worker.py" not in chosen


def test_every_reason_is_that_of_a_test() -> None:
    missing = [
        name
        for name in SLOW
        if f"def {name.partition('::')[2]}(" not in (ROOT / name.partition("::")[0]).read_text(encoding="utf-8")
    ]
    assert missing == []


def test_a_folder_within_its_budget_passes(counting: costs.Counting) -> None:
    counting.pytest_runtest_logreport(report("tests/people/test_a.py::test_one", 1.9))
    assert counting.over() == []


def test_a_folder_over_its_budget_is_named_with_what_it_took(counting: costs.Counting) -> None:
    for number in range(2):
        counting.pytest_runtest_logreport(report(f"tests/people/test_a.py::test_{number}", 1.1))
    assert counting.over() == ["people took 2.2 s of CPU and 2.2 s, not 2 and 2"]


def test_a_slow_machine_is_allowed_for(counting: costs.Counting) -> None:
    slowly = report("tests/people/test_a.py::test_one", 3.8, yardstick=(2 * YARDSTICK_SECONDS, 2 * YARDSTICK_SECONDS))
    counting.pytest_runtest_logreport(slowly)
    assert counting.over() == []


def test_a_folder_without_tests_or_budget_is_named(counting: costs.Counting) -> None:
    counting.pytest_runtest_logreport(report("tests/elsewhere/test_a.py::test_one", 1.0))
    assert counting.over() == ["elsewhere has no line in tests/budgets.py", "people ran no test"]


def test_a_slow_test_needs_a_reason_and_a_very_slow_one_has_none(
    counting: costs.Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costs, "BUDGETS", {"people": Budget(99, 99)})
    for name, seconds in {"known[one]": 6.0, "new": 6.0, "endless": 15.3}.items():
        counting.pytest_runtest_logreport(report(f"tests/people/test_a.py::test_{name}", seconds))
    assert counting.over() == [
        "tests/people/test_a.py::test_endless took 15.3 s, over 15.0",
        "tests/people/test_a.py::test_new took 6.0 s, over 4.5, without a reason in tests/budgets.py",
    ]


@pytest.mark.parametrize(("ci", "ends_with"), [("true", pytest.ExitCode.TESTS_FAILED), ("", pytest.ExitCode.OK)])
def test_over_budget_fails_in_ci_alone(
    ci: str, ends_with: int, counting: costs.Counting, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(request.session, "exitstatus", pytest.ExitCode.OK)
    counting.pytest_runtest_logreport(report("tests/people/test_a.py::test_one", 2.5))
    counting.pytest_sessionfinish(request.session)
    assert request.session.exitstatus == ends_with


def test_nothing_outlives_a_run_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    (folder / "main" / "var").mkdir(parents=True)
    around = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder / "main" / "var")}
    left = subprocess.Popen([sys.executable, "-c", SLEEPER], env=around, stdin=subprocess.PIPE, start_new_session=True)
    watcher = subprocess.Popen([sys.executable, "-m", "tests.left_behind", folder], cwd=ROOT, stdin=subprocess.PIPE)
    eventually(lambda: left.pid in processes.within(folder), within=10)
    # What the end of the process that ran the tests does, whatever ended it.
    watcher.communicate()
    left.communicate()
    assert left.returncode != 0
    assert not folder.exists()
