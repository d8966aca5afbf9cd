"""The two web servers that are measured side by side, under the portal's own gunicorn settings."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import processes
from benchmarks.client import Connection, Unexpected, get
from compliance_portal.install import Trouble
from compliance_portal.paths import BASE_DIR, VAR_DIR
from compliance_portal.supervision import TETHERED

PORTAL, BARE = "compliance_portal", "benchmarks.bare"
WORKERS = 2
READY_SECONDS = 30
# Of the measuring process alone: no web server of the portal's has these.
_KEPT_BACK = {"OWNER_DATABASE_URL", "EXTRA_APPS"}


@dataclass(frozen=True)
class Server:
    """A web server that answers on a port, and its first process."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return processes.children(self.process.pid)

    def memory_mib(self) -> float:
        """What the larger of the workers has in use."""
        return max(processes.resident_mib(pid) for pid in self.workers)


@contextlib.contextmanager
def started(project: str) -> Iterator[Server]:
    """Serve a project until the block ends."""
    port = free_port()
    log = VAR_DIR / "log" / f"{project}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as written:
        server = Server(port, _gunicorn(project, port, written.fileno()))
    try:
        _await_answer(server, log)
        yield server
    finally:
        server.process.terminate()
        server.process.wait()


def _gunicorn(project: str, port: int, log: int) -> subprocess.Popen[bytes]:
    told = {name: value for name, value in os.environ.items() if name not in _KEPT_BACK}
    own = {
        "WEB_BIND": f"127.0.0.1:{port}",
        "PORT": str(port),
        "WEB_CONCURRENCY": str(WORKERS),
        "DJANGO_SETTINGS_MODULE": f"{project}.settings",
    }
    return subprocess.Popen(
        [*TETHERED, sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", f"{project}.wsgi"],
        cwd=BASE_DIR,
        env={**told, **own},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
    )


def _await_answer(server: Server, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while len(server.workers) < WORKERS or not _answers(server.port):
        if time.monotonic() > deadline or server.process.poll() is not None:
            raise Trouble(f"The web server does not answer; the end of its log:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = Connection(port)
    try:
        connection.ask(get(port, "/", ""))
    except Unexpected:
        # Sent to sign in, as a stranger should be: it answers.
        return True
    except OSError:
        return False
    finally:
        connection.close()
    return True


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
