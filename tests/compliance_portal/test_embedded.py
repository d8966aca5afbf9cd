"""The portal's own PostgreSQL: shared while anyone needs it, stopped by the last, wherever it lives."""

import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from compliance_portal import postgres
from compliance_portal.paths import BASE_DIR
from tests import processes

HOLD = """
import sys
from pathlib import Path
from compliance_portal import postgres
print(postgres.Server(Path(sys.argv[1])).hold(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["plain", "with a space, a comma and a 'quote'", "deep/" * 30], ids=["plain", "odd", "deep"])
def home(request: pytest.FixtureRequest, place: Path) -> Path:
    """A place for a server: a simple one, and ones that trip simple commands."""
    return Path(place, request.param, "postgres")


@pytest.fixture
def holders(place: Path) -> Iterator["list[subprocess.Popen[str]]"]:
    """Two processes that both use one server."""
    started = [_holder(place / "postgres") for _ in range(2)]
    yield started
    for process in started:
        process.kill()
        process.communicate()
    server = postgres.Server(place / "postgres")
    server.hold()
    server.release()


def test_it_answers_on_a_socket_alone_and_stops_with_its_only_user(home: Path) -> None:
    server = postgres.Server(home)
    sockets = server.hold()
    assert _ask(sockets, "SHOW listen_addresses") == ""
    assert server.is_alive()
    server.release()
    assert not server.is_alive()


def test_its_sockets_and_data_are_nobody_elses(home: Path) -> None:
    server = postgres.Server(home)
    sockets = server.hold()
    try:
        assert stat.S_IMODE(Path(sockets).stat().st_mode) == 0o700
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
    finally:
        server.release()


def test_its_log_keeps_nothing_of_a_row_or_statement_it_refused(place: Path) -> None:
    server = postgres.Server(place / "postgres")
    sockets = server.hold()
    try:
        _ask(sockets, "CREATE TABLE said (words text CHECK (words <> ''), short varchar(3)); SELECT 1")
        for statement in ("INSERT INTO said VALUES ('', 'Zoe')", "INSERT INTO said VALUES ('Zoe was there', 'long')"):
            with pytest.raises(psycopg2.Error):
                _ask(sockets, statement)
    finally:
        server.release()
    written = "".join(file.read_text() for file in (place / "postgres" / "log").glob("*.log"))
    assert "violates check constraint" in written
    assert "Zoe" not in written


def test_a_first_start_that_was_cut_short_is_begun_again(place: Path) -> None:
    half_made = place / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    server = postgres.Server(place / "postgres")
    server.hold()
    server.release()
    assert not half_made.exists()


def test_it_stays_until_the_last_of_two_lets_go(holders: "list[subprocess.Popen[str]]", place: Path) -> None:
    first, last = holders
    assert _socket_of(first) == _socket_of(last)
    first.communicate("")
    assert processes.named(place, "bin/postgres")
    last.communicate("")
    assert not processes.named(place, "bin/postgres")


def test_a_killed_user_does_not_keep_it_running(holders: "list[subprocess.Popen[str]]", place: Path) -> None:
    killed, other = holders
    _socket_of(killed)
    _socket_of(other)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    other.communicate("")
    assert not processes.named(place, "bin/postgres")


def test_what_lies_in_the_way_of_its_socket_is_never_taken_over(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = place / "an odd place" / "postgres"
    server = postgres.Server(home)
    sockets = Path(server.hold())
    server.release()
    assert not sockets.exists()
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    sockets.symlink_to(elsewhere)
    try:
        with pytest.raises(postgres.Unavailable, match="in the way"):
            server.ensure()
    finally:
        sockets.unlink()


def _holder(home: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, str(home)]
    return subprocess.Popen(command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _socket_of(holder: "subprocess.Popen[str]") -> str:
    assert holder.stdout is not None
    return holder.stdout.readline().strip()


def _ask(sockets: str, question: str) -> object:
    connection = psycopg2.connect(host=sockets, port=postgres.PORT, user="postgres", dbname="postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            row = cursor.fetchone()
            return row and row[0]
    finally:
        connection.close()
