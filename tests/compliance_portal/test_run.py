"""`make run` from start to end: it says what it does, survives its own parts dying, and leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from compliance_portal import embedded, run, supervision
from compliance_portal.paths import BASE_DIR
from tests import processes
from tests.eventually import eventually
from tests.personas import employee

START_SECONDS = 90
STOP_SECONDS = 20
PARTS = ("gunicorn", "celery worker", "celery beat")


@dataclass
class Portal:
    """A portal that somebody started with `make run`."""

    process: "subprocess.Popen[str]"
    folder: Path
    port: int

    def healthy(self) -> bool:
        """Whether its web server answers and has nothing to complain of."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def part(self, words: str) -> set[int]:
        """The processes of one part of it."""
        return set(processes.named(self.folder, *words.split()))


@pytest.fixture(scope="module")
def installation() -> Iterator[Portal]:
    """One portal for all tests."""
    with tempfile.TemporaryDirectory(prefix="portal-run-", ignore_cleanup_errors=True) as name:
        portal = Portal(_start(Path(name), port := _free_port()), Path(name), port)
        try:
            _await_ready(portal.process)
            yield portal
        finally:
            if portal.process.poll() is None:
                portal.process.terminate()
                portal.process.communicate(timeout=STOP_SECONDS)
            assert processes.named(portal.folder) == []


@pytest.fixture
def portal(installation: Portal) -> Portal:
    """The portal, started again where the test before has stopped it."""
    if installation.process.poll() is not None:
        _start_again(installation)
    return installation


def test_it_is_ready_when_it_says_so(portal: Portal) -> None:
    assert portal.healthy()
    assert [words for words in PARTS if not portal.part(words)] == []


def test_a_second_start_says_where_the_first_is(portal: Portal) -> None:
    second = _start(portal.folder, _free_port())
    said, _ = second.communicate(timeout=START_SECONDS)
    assert second.returncode == 1
    assert said.strip().endswith(f"already running: http://127.0.0.1:{portal.port}/ (process {portal.process.pid})")


def test_a_port_in_use_is_told_in_one_line(portal: Portal, place: Path) -> None:
    other = _start(place, portal.port)
    said, _ = other.communicate(timeout=START_SECONDS)
    assert other.returncode == 1
    assert len(said.strip().splitlines()) == 1
    assert f"Port {portal.port} cannot be used" in said


@pytest.mark.parametrize("words", PARTS)
def test_no_part_knows_how_to_connect_as_the_owner(portal: Portal, words: str) -> None:
    for pid in portal.part(words):
        told = processes.told(pid)
        assert "DATABASE_URL" in told
        assert "OWNER_DATABASE_URL" not in told


@pytest.mark.parametrize("words", PARTS)
def test_a_part_that_is_killed_comes_back(portal: Portal, words: str) -> None:
    before = portal.part(words)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: portal.part(words) - before, within=30)
    eventually(portal.healthy, within=30)


def test_a_killed_database_comes_back(portal: Portal) -> None:
    before = portal.part("bin/postgres")
    os.kill(min(before), signal.SIGKILL)
    eventually(lambda: portal.part("bin/postgres") - before, within=30)
    eventually(portal.healthy, within=30)


def test_nothing_outlives_a_killed_start_but_the_database_which_the_next_one_takes_over(portal: Portal) -> None:
    database = portal.part("bin/postgres")
    portal.process.kill()
    portal.process.communicate(timeout=STOP_SECONDS)
    eventually(lambda: set(processes.named(portal.folder)) <= database, within=STOP_SECONDS)
    _start_again(portal)
    assert portal.part("bin/postgres") >= database


def test_an_interrupt_stops_everything_within_seconds(portal: Portal) -> None:
    portal.process.send_signal(signal.SIGINT)
    said, _ = portal.process.communicate(timeout=STOP_SECONDS)
    assert portal.process.returncode == 0
    assert said.strip().endswith("Stopped.")
    assert processes.named(portal.folder) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("demo", "people"), [(True, False), (True, True), (False, False)])
def test_the_demonstration_fills_an_empty_portal_alone(
    demo: bool, people: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = list[object]()
    settings.DEMO = demo
    if people:
        employee()
    for name in ("settle_environment", "greet"):
        monkeypatch.setattr(run, name, lambda: None)
    monkeypatch.setattr(embedded, "provide", lambda: None)
    monkeypatch.setattr(run, "prepare_database", lambda: done.append("prepared"))
    monkeypatch.setattr(run, "run_quietly", lambda command, **told: done.append((command[-1], told)))
    monkeypatch.setattr(supervision, "started", contextlib.nullcontext)
    monkeypatch.setattr(supervision, "await_answer", lambda _: done.append("awaited"))
    monkeypatch.setattr(supervision, "keep", lambda *_: done.append("kept"))
    run.serve()
    loaded = [("load_demo", {"DATABASE_URL": os.environ["OWNER_DATABASE_URL"]})] if demo and not people else []
    assert done == ["prepared", *loaded, "awaited", "kept"]


def _start_again(portal: Portal) -> None:
    portal.process = _start(portal.folder, portal.port)
    _await_ready(portal.process)


def _start(folder: Path, port: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "compliance_portal.run"],
        cwd=BASE_DIR,
        # Nothing of the tests' own settings: this is how a newcomer's shell looks, without a home even.
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(folder), "PORT": str(port), "DEMO": "0", "HOME": ""},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _await_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    said = ""
    while "Stop:" not in said:
        line = process.stdout.readline()
        assert line, f"It ended without being ready:\n{said}"
        said += line


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
