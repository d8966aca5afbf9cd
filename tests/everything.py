"""`make test`: every check of the house, then the tests on a local PostgreSQL if one answers, then all tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

from compliance_portal.install import say, stage
from tests import servers

BASE_DIR = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CHECKS = {
    "Style": (PYTHON, "-m", "ruff", "check", "--quiet", "."),
    "Format": (PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."),
    "Types": (PYTHON, "-m", "mypy", "--no-error-summary", "."),
    "Order of the floors": (str(Path(PYTHON).parent / "lint-imports"), "--no-cache"),
}
# Where the database itself decides, its version and its locale must make no difference: files that speak of what it
# refuses or of several connections, and those that search or ask its functions.
ABOUT_THE_DATABASE = re.compile(r'transaction=True|committed|DatabaseError|IntegrityError|connections\["owner"\]')
SEARCHING = (
    "*/test_finding.py",
    "incidents/test_conflicts.py",
    "incidents/test_families.py",
    "incidents/test_kept_from.py",
    "incidents/test_queue.py",
    "incidents/test_related.py",
    "people/test_directory.py",
)
# Of whole processes and brokers, which take long and decide nothing in the database.
NOT_ABOUT_IT = ("browser", "compliance_portal", "demo", "benchmarks", "notifications/test_worker.py")


def main(arguments: list[str]) -> int:
    """Run what was asked for, also after a failure; return 0 only when nothing failed. Pytest's lines are the last."""
    only = [] if "--checks-only" in arguments else _asked_for()
    results = {} if only else {name: check(name) for name in CHECKS}
    if only:
        results["Tests"] = passes(*only)
    elif "--checks-only" not in arguments:
        results["Tests on this machine's PostgreSQL"] = passes_on_local_server()
        results["Tests"] = passes()
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        say(f"\nNot passed: {', '.join(failed)}")
    return 1 if failed else 0


def _asked_for() -> list[str]:
    return [f"tests/{name}" for name in os.environ.get("ONLY", "").replace(",", " ").split()]


def check(name: str) -> bool:
    """Run one check on one line; show all it found when it finds something."""
    with stage(name):
        done = subprocess.run(CHECKS[name], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"{done.stdout}{done.stderr}")
    return done.returncode == 0


def passes_on_local_server() -> bool:
    """Run what depends on the database's version or locale on the machine's own PostgreSQL, where one answers."""
    dsn = servers.lent()
    if dsn is None:
        return True
    say("\nThe database's part of the tests on the PostgreSQL of this machine:")
    return pytest(*map(str, on_a_real_server()), TESTS_LENT_SERVER=dsn)


def on_a_real_server() -> list[Path]:
    """The files of tests that also run on the machine's own PostgreSQL."""
    tests = BASE_DIR / "tests"
    searching = {file for pattern in SEARCHING for file in tests.glob(pattern)}
    left_out = {file for place in NOT_ABOUT_IT for file in (tests / place, *(tests / place).glob("*"))}
    speaking = {file for file in tests.glob("*/test_*.py") if ABOUT_THE_DATABASE.search(file.read_text("utf-8"))}
    return sorted((searching | speaking | {*(tests / "audit").glob("test_*.py")}) - left_out)


def passes(*places: str) -> bool:
    """Run every test, or those in these places, on the embedded PostgreSQL."""
    say(f"\n{'The tests asked for' if places else 'Every test'}, on the embedded PostgreSQL:")
    return pytest(*places)


def pytest(*arguments: str, **environment: str) -> bool:
    """Run pytest in a process for each of at most two cores, with its output shown as it comes."""
    spread = ["--numprocesses=2"] if len(os.sched_getaffinity(0)) > 1 else []
    command = [PYTHON, "-m", "pytest", "--quiet", *spread, *arguments]
    return subprocess.run(command, cwd=BASE_DIR, env={**os.environ, **environment}, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
