"""`make bench`: goes on in a folder and with settings of its own, so that what `make run` keeps is never touched."""

import os
import sys
from pathlib import Path

# What a measurement may take from the terminal it is started in; everything else is the same for everyone.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SIZES", "KEEP", "ONLY")
BASE_DIR = Path(__file__).resolve().parent.parent


def environment() -> dict[str, str]:
    """What the measurement and the servers it starts are told."""
    var = Path(os.environ.get("VAR_DIR", BASE_DIR / "var")).resolve() / "bench"
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "compliance_portal.settings",
        "EXTRA_APPS": "benchmarks",
        "LOG_FORMAT": "json",
        "PYTHONUNBUFFERED": "1",
    }


if __name__ == "__main__":
    os.chdir(BASE_DIR)
    os.execve(sys.executable, [sys.executable, "-m", "benchmarks.preparing"], environment())
