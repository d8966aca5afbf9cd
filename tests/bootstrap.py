"""Loaded before Django's settings: gives each process of a test run a database, keys and folders of its own."""

import atexit
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

RUN = "TESTS_RUN_FOLDER"
# How a superuser connects to a server of this machine that the run shall use in place of the embedded one.
LENT = "TESTS_LENT_SERVER"

# The sockets of PostgreSQL lie deep in it and their addresses end at about a hundred characters.
SHORT_PATH = re.compile(r"[\w./-]{1,20}")

os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("CACHE_URL", "locmemcache://")
os.environ.setdefault("EXTRA_APPS", "tests.support")


def begin_run() -> None:
    """Make the run's folder; whatever was started in it ends and is removed with this process, `kill -9` included."""
    is_short = SHORT_PATH.fullmatch(tempfile.gettempdir())
    folder = tempfile.mkdtemp(prefix="portal-tests-", dir=None if is_short else "/tmp")  # noqa: S108  made private
    # The embedded PostgreSQL runs as another account where the tests run as root.
    Path(folder).chmod(0o711)
    os.environ[RUN] = folder
    watcher = subprocess.Popen(
        [sys.executable, "-m", "tests.left_behind", folder, os.environ.get(LENT, "")],
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.PIPE,
        # Ctrl-C and a killed process group are what it has to outlive.
        start_new_session=True,
    )
    atexit.register(watcher.communicate)


def own_folder() -> Path:
    """Give this process its part of the run's folder, and no database or key of the process that started it."""
    folder = Path(os.environ[RUN]) / os.environ.get("PYTEST_XDIST_WORKER", "main")
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    os.environ["VAR_DIR"] = str(folder / "var")
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    for inherited in ("DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY", "VAULT_KEYS", "AUDIT_SIGNING_KEY"):
        os.environ.pop(inherited, None)
    return folder


if RUN not in os.environ:
    begin_run()
OWN = own_folder()

# Reads VAR_DIR when it is imported.
from compliance_portal import embedded  # noqa: E402
from tests import servers  # noqa: E402

# Asked once, where the run begins: every process of it has to collect the same tests.
if servers.BROKERS not in os.environ:
    os.environ[servers.BROKERS] = servers.brokers()
if dsn := os.environ.get(LENT):
    os.environ.update(servers.addresses(dsn, f"{servers.prefix(OWN.parent)}_{OWN.name}"))
embedded.provide()
