"""What the figures were taken on, without a name of the machine itself."""

import os
import platform
import re
from pathlib import Path

import django
from django.db import connection

GIB = 1024**3


def facts() -> dict[str, str]:
    """The machine and the versions, by what they are called."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GiB",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "PostgreSQL": _postgresql(),
        "Kernel": platform.release().split("-")[0],
    }


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _postgresql() -> str:
    connection.ensure_connection()
    version: int = connection.pg_version  # type: ignore[attr-defined]
    return f"{version // 10_000}.{version % 10_000}"
