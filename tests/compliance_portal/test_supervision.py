"""What runs under one roof, and what it is told."""

from configparser import RawConfigParser

import pytest

from compliance_portal import supervision
from compliance_portal.paths import BASE_DIR

PROCESSES = {"web": "gunicorn", "worker": "celery", "beat": "celery"}


@pytest.fixture
def plan() -> RawConfigParser:
    """The supervisor's own settings."""
    parser = RawConfigParser(inline_comment_prefixes=(";",))
    parser.read(BASE_DIR / "supervisord.conf")
    return parser


def test_web_worker_and_timetable_run_and_nothing_else(plan: RawConfigParser) -> None:
    programs = {name.removeprefix("program:") for name in plan.sections() if name.startswith("program:")}
    assert programs == set(PROCESSES)
    assert {name.strip() for name in plan["group:portal"]["programs"].split(",")} == programs


@pytest.mark.parametrize(("name", "command"), PROCESSES.items())
def test_each_comes_back_after_a_crash_and_goes_with_its_parent(plan: RawConfigParser, name: str, command: str) -> None:
    program = plan[f"program:{name}"]
    assert program["command"].startswith(f"python -P compliance_portal/tether.py python -m {command} ")
    assert program.getboolean("autorestart")


@pytest.mark.parametrize("name", PROCESSES)
def test_each_ends_before_the_supervisor_is_given_up_on(plan: RawConfigParser, name: str) -> None:
    assert int(plan[f"program:{name}"]["stopwaitsecs"]) < supervision.STOP_SECONDS


def test_nothing_listens_for_commands(plan: RawConfigParser) -> None:
    assert [name for name in plan.sections() if "http_server" in name or "rpcinterface" in name] == []


def test_the_processes_never_hear_of_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OWNER_DATABASE_URL", "postgresql://portal_owner@/portal")
    monkeypatch.setenv("DATABASE_URL", "postgresql://portal_app@/portal")
    told = supervision.environment()
    assert "OWNER_DATABASE_URL" not in told
    assert told["DATABASE_URL"] == "postgresql://portal_app@/portal"
