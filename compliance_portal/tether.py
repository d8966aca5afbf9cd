"""Runs a command that may not outlive the process that started it: `python -P tether.py COMMAND ...`."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> None:
    """Become the command; the kernel will end it when its parent is gone, `kill -9` included."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # The parent may have ended before the kernel was asked.
    if os.getppid() == parent:
        os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
