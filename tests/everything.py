"""`make test`: every check of the house, then the tests on a local PostgreSQL if one answers, then all tests."""

import os
import subprocess
import sys
from collections.abc import Mapping
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
# Where the database itself decides: its version and its locale must make no difference.
ON_A_REAL_SERVER = (
    "audit",
    "people",
    "notifications",
    "vault",
    "attachments",
    *(
        f"incidents/test_{name}.py"
        for name in "conflicts families finding kept_from lifecycle merging merging_at_once queue related".split()
    ),
    *(
        f"policies/test_{name}.py"
        for name in "finding held_by_the_database lifecycle publishing_at_once question_races".split()
    ),
    *(f"investigations/test_{name}.py" for name in "at_once held_by_the_database".split()),
    "access_requests/test_held_by_the_database.py",
    "access_requests/test_at_once.py",
)


def main(arguments: list[str]) -> int:
    """Run it all, also after a failure; return 0 only when nothing failed. Pytest's closing line is then the last."""
    results = {name: check(name) for name in CHECKS}
    if "--checks-only" not in arguments:
        results["Tests on this machine's PostgreSQL"] = passes_on_local_server()
        results["Tests"] = passes()
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        say(f"\nNot passed: {', '.join(failed)}")
    return 1 if failed else 0


def check(name: str) -> bool:
    """Run one check on one line; show all it found when it finds something."""
    with stage(name):
        done = subprocess.run(CHECKS[name], cwd=BASE_DIR, capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"{done.stdout}{done.stderr}")
    return done.returncode == 0


def passes_on_local_server() -> bool:
    """Run what talks to the database on the machine's own PostgreSQL too, where one answers."""
    environment = servers.lent_environment()
    if environment is None:
        return True
    say("\nThe database's part of the tests on the PostgreSQL of this machine:")
    folders = [f"tests/{name}" for name in ON_A_REAL_SERVER if (BASE_DIR / "tests" / name).exists()]
    return pytest("-m", "not browser", *folders, environment=environment)


def passes() -> bool:
    """Run every test on the embedded PostgreSQL."""
    say("\nEvery test, on the embedded PostgreSQL:")
    return pytest(environment=os.environ)


def pytest(*arguments: str, environment: Mapping[str, str]) -> bool:
    """Run pytest with its output shown as it comes."""
    command = [PYTHON, "-m", "pytest", "--quiet", *arguments]
    return subprocess.run(command, cwd=BASE_DIR, env=dict(environment), check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
