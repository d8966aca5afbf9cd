"""The real portal, as `make run` starts it, with a copy of the demonstration, in a folder of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from compliance_portal.paths import BASE_DIR
from tests.browser.client import Client
from tests.demo.commands import Demonstration, address
from tests.eventually import eventually

START_SECONDS = 120
STOP_SECONDS = 20
# Below the ports that outgoing connections are given: until the portal listens, nothing else may get this one.
PORTS = range(20_000, 30_000)
CHORE = """
import os, sys
from datetime import timedelta
os.environ["DJANGO_SETTINGS_MODULE"] = "compliance_portal.settings"
from compliance_portal import embedded; embedded.provide()
import django; django.setup()
from django.utils.module_loading import import_string
from workflow import clock
with clock.held_at(clock.now() + timedelta(days=int(sys.argv[2]))):
    import_string(sys.argv[1])()
"""


@dataclass
class Portal:
    """A running portal: where it is, and who has signed in there."""

    process: "subprocess.Popen[bytes]"
    log: Path
    port: int
    surroundings: dict[str, str]
    _signed_in: dict[str, Client] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is found."""
        return f"http://127.0.0.1:{self.port}"

    def client(self, slug: str = "") -> Client:
        """Someone signed in, who asks without a browser; for nobody a new client without a cookie."""
        if not slug:
            return Client(self.port)
        if slug not in self._signed_in:
            client = Client(self.port)
            client.sign_in(slug)
            self._signed_in[slug] = client
        return self._signed_in[slug]

    def do(self, chore: str, *, days: int) -> None:
        """Have one of the portal's chores done now, as if it were so many days later."""
        done = subprocess.run(
            [sys.executable, "-c", CHORE, chore, str(days)],
            cwd=BASE_DIR,
            env=self.surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]

    def is_ready(self) -> bool:
        """Whether it answers for the whole of itself; fails with the end of what it said once it has ended."""
        assert self.process.poll() is None, f"The portal ended by itself:\n{self.log.read_text()[-2000:]}"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


@contextlib.contextmanager
def running(demonstration: Demonstration) -> Iterator[Portal]:
    """A portal that owns this demonstration; afterwards nothing of it runs and its folder is gone."""
    with tempfile.TemporaryDirectory(prefix="portal-browser-", ignore_cleanup_errors=True) as name:
        shutil.copytree(demonstration.folder, Path(name, "var"))
        portal = _start(Path(name), _free_port(), demonstration.database)
        try:
            eventually(portal.is_ready, within=START_SECONDS)
            yield portal
        finally:
            _stop(portal.process)


def _start(folder: Path, port: int, database: str) -> Portal:
    log, surroundings = folder / "said.log", _surroundings(folder / "var", port, database)
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "compliance_portal.run"],
            cwd=BASE_DIR,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Portal(process, log, port, surroundings)


def _surroundings(folder: Path, port: int, database: str) -> dict[str, str]:
    # Of the tests' own settings only the server and the keys that the demonstration was sealed with. Signed in once is
    # signed in for the whole run, however long the tests of other folders keep this portal waiting.
    shared = {name: os.environ[name] for name in ("PATH", "SECRET_KEY", "VAULT_KEYS", "AUDIT_SIGNING_KEY")}
    databases = {name: address(name, database) for name in ("DATABASE_URL", "OWNER_DATABASE_URL")}
    own = {"VAR_DIR": str(folder), "PORT": str(port), "DEMO": "1", "SESSION_IDLE_MINUTES": "600"}
    return {"HOME": "", "TMPDIR": tempfile.gettempdir(), **shared, **databases, **own}


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    first = PORTS[os.getpid() % len(PORTS)]
    ports: Iterator[int] = chain(range(first, PORTS.stop), range(PORTS.start, first))
    return next(port for port in ports if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
