"""Ends what a test run has left once the run is gone: `python -m tests.left_behind FOLDER [DSN]`, told by its input."""

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from threading import Event

from tests import processes, servers

PATIENCE_SECONDS = 10


def main(folder: Path, dsn: str) -> None:
    """Wait for the end of the run, then end its processes and remove its folder and its databases."""
    sys.stdin.read()
    try:
        end_all(folder)
        if dsn:
            servers.drop_databases(dsn, servers.prefix(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def end_all(folder: Path) -> None:
    """Ask every process that works in this folder to end, insist when it takes too long, and name those that stay."""
    asked, pause = time.monotonic(), Event()
    while pids := processes.within(folder) - {os.getpid()}:
        waited = time.monotonic() - asked
        if waited > 2 * PATIENCE_SECONDS:
            sys.stderr.write(f"These processes of the tests do not end: {sorted(pids)}\n")
            return
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL if waited > PATIENCE_SECONDS else signal.SIGTERM)
        pause.wait(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
