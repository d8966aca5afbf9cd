"""Starts, watches and stops the supervisor under which the web server, the worker and the timetable run."""

import contextlib
import http
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from compliance_portal import postgres
from compliance_portal.install import Trouble, say
from compliance_portal.paths import BASE_DIR, VAR_DIR

READY_SECONDS = 60
STOP_SECONDS = 12
# The portal's processes never connect as the owner of its tables.
KEPT_BACK = {"OWNER_DATABASE_URL"}
TETHERED = (sys.executable, "-P", "compliance_portal/tether.py")
Supervisor = subprocess.Popen[bytes]


@contextlib.contextmanager
def started() -> Iterator[Supervisor]:
    """Run the supervisor; on leaving, stop it and everything under it."""
    supervisor = subprocess.Popen(
        [*TETHERED, sys.executable, "-m", "supervisor.supervisord", "--configuration", "supervisord.conf"],
        cwd=BASE_DIR,
        env=environment(),
        stdin=subprocess.DEVNULL,
        # Ctrl-C is for this process alone, which then stops the others in order.
        start_new_session=True,
    )
    try:
        yield supervisor
    finally:
        stop(supervisor)


def environment() -> dict[str, str]:
    """Return what the portal's processes are told."""
    told = {name: value for name, value in os.environ.items() if name not in KEPT_BACK}
    path = f"{Path(sys.executable).parent}{os.pathsep}{told.get('PATH', os.defpath)}"
    return {**told, "VAR_DIR": str(VAR_DIR), "PATH": path}


def stop(supervisor: Supervisor) -> None:
    """Ask the supervisor to end what it runs and then itself; insist when it takes too long."""
    # From here on it is stopping anyway: a second Ctrl-C must not cut that short.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.SIG_IGN)
    supervisor.terminate()
    try:
        supervisor.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        supervisor.kill()
        supervisor.wait()


def await_answer(supervisor: Supervisor) -> None:
    """Return once the web server answers; raise Trouble with the end of its log when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while not _answers():
        if time.monotonic() > deadline or supervisor.poll() is not None:
            raise Trouble(f"The web server does not answer. The end of its log:\n{_end_of('web.log')}")
        time.sleep(0.1)


def keep(supervisor: Supervisor, server: postgres.Server | None) -> None:
    """Stay until the supervisor ends, starting the embedded PostgreSQL again should it be gone."""
    while supervisor.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            supervisor.wait(1)
        if server is not None and not server.is_alive():
            # What is left of the old one may need a moment to go: then the next round succeeds.
            with contextlib.suppress(postgres.Unavailable):
                server.ensure()
                say("PostgreSQL had stopped; it runs again.")
    raise Trouble(f"The supervisor ended by itself. The end of its log:\n{_end_of('supervisor.log')}")


def _answers() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()


def _end_of(name: str) -> str:
    log = VAR_DIR / "log" / name
    lines = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
    return "\n".join(f"    {line}" for line in lines)
