"""What processes cost, as the kernel counts it: CPU to the nanosecond, memory in use."""

import contextlib
import re
import time
from collections.abc import Iterable
from pathlib import Path

_PARENT = re.compile(r"\) \S (\d+)")
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")


def children(parent: int) -> list[int]:
    """The processes this one started, and theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found = _PARENT.search(stat.read_text())
            parents[int(stat.parent.name)] = int(found[1]) if found else 0
    return _beneath({parent}, parents)


def _beneath(above: set[int], parents: dict[int, int]) -> list[int]:
    found = [pid for pid, parent in parents.items() if parent in above]
    return [*found, *_beneath(set(found), parents)] if found else []


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """How long each of these processes has computed so far; those that are gone are left out."""
    spent = {}
    for pid in pids:
        # The number of another process's CPU clock, as clock_getcpuclockid(3) makes it.
        with contextlib.suppress(OSError):
            spent[pid] = time.clock_gettime(~pid << 3 | 2)
    return spent


def spent_between(before: dict[int, float], after: dict[int, float]) -> float:
    """The CPU seconds of all processes between two looks; one that began between them counts whole."""
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def resident_mib(pid: int) -> float:
    """The memory a process has in use now."""
    found = _RESIDENT.search(Path("/proc", str(pid), "status").read_text())
    return int(found[1]) / 1024 if found else 0.0
