"""Brings this checkout's packages up to its lock files; runs before any exist, on the standard library alone."""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
VENV = BASE_DIR / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".installed.json"
MODULES = BASE_DIR / "node_modules"
OLDEST_NPM = 8
PIP = (VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")


class Trouble(Exception):
    """What went wrong and what to do about it, in words for the person at the terminal."""


def say(line: str = "", end: str = "\n") -> None:
    """Write to the terminal at once, also through a pipe."""
    sys.stdout.write(line + end)
    sys.stdout.flush()


@contextlib.contextmanager
def stage(label: str) -> Iterator[None]:
    """Show one step of the work on one line, with the seconds it took."""
    say(f"  {label} … ", end="")
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say("not done")
        raise
    say(f"{time.monotonic() - began:.0f} s")


def run_quietly(command: Sequence[str | Path], **environment: str) -> None:
    """Run a command without showing its output; raise Trouble with the last of it if the command fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=BASE_DIR,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-15:])
        raise Trouble(f"This command failed: {' '.join(map(str, command))}\n{last}")


def main(arguments: Sequence[str]) -> int:
    """Install what `make run` needs, or with --dev what `make test` needs; do nothing when it is all there."""
    for_tests = "--dev" in arguments
    # The embedded PostgreSQL may run as another account than the one that installs it.
    os.umask(0o022)
    try:
        with one_at_a_time():
            install("requirements-dev.txt" if for_tests else "requirements.txt")
            if for_tests:
                install_browser()
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped; run the same command again to go on.")
        return 130
    return 0


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for any other command that is installing into this checkout."""
    try:
        lock = (BASE_DIR / ".install.lock").open("a")
    except OSError as error:
        raise Trouble(f"Cannot write to {BASE_DIR}: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another command that is installing packages here …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(requirements: str) -> None:
    """Make the virtual environment and fill it and node_modules, each only when its lock file has changed."""
    if not venv_works():
        with stage("Virtual environment"):
            make_venv()
    if not is_installed(requirements):
        with stage("Python packages"):
            run_quietly([*PIP, "--only-binary", ":all:", "-r", requirements])
        note_installed(requirements)
    modules_stamp = MODULES / ".installed"
    if not modules_stamp.exists() or modules_stamp.read_text() != digest("package-lock.json"):
        with stage("Front-end packages"):
            install_modules()
        modules_stamp.write_text(digest("package-lock.json"))


def venv_works() -> bool:
    """Say whether the virtual environment's interpreter still starts; its own may have been upgraded away."""
    try:
        return subprocess.run([VENV_PYTHON, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Make an empty virtual environment, installing the system's missing half of Python's venv where it may."""
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if not can_make_venv():
        if os.geteuid() == 0 and shutil.which("apt-get"):
            install_system_packages(f"{python}-venv")
        if not can_make_venv():
            raise Trouble(f"{sys.executable} cannot make virtual environments. Install them: apt install {python}-venv")
    shutil.rmtree(VENV, ignore_errors=True)
    run_quietly([sys.executable, "-m", "venv", VENV])


def can_make_venv() -> bool:
    """Say whether this Python has its ensurepip, which Debian and Ubuntu package separately."""
    return subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0


def install_system_packages(*names: str) -> None:
    """Install Debian or Ubuntu packages; for root only."""
    run_quietly(["apt-get", "update"], DEBIAN_FRONTEND="noninteractive")
    run_quietly(["apt-get", "install", "-y", "--no-install-recommends", *names], DEBIAN_FRONTEND="noninteractive")


def digest(name: str) -> str:
    """Return the hash of one lock file."""
    return hashlib.sha256((BASE_DIR / name).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    """Return the lock files the virtual environment was filled from, with their hashes."""
    try:
        noted: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return noted


def is_installed(requirements: str) -> bool:
    """Say whether the virtual environment holds what this lock file asks for."""
    return installed().get(requirements) == digest(requirements)


def note_installed(requirements: str) -> None:
    """Remember what was installed; the development lock file repeats every pin of the other."""
    names = {requirements, "requirements.txt"} if requirements == "requirements-dev.txt" else {requirements}
    STAMP.write_text(json.dumps({**installed(), **{name: digest(name) for name in names}}))


def install_modules() -> None:
    """Run `npm ci` with the system's npm, or with one from the Python package index where there is none."""
    # Kept here because a home folder may be missing or read-only.
    cache = f"--cache={BASE_DIR / '.venv' / 'npm-cache'}"
    if not system_npm_works():
        run_quietly([*PIP, "--only-binary", ":all:", "-r", "requirements-node.txt"])
        path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        run_quietly([VENV_PYTHON, VENV / "bin" / "npm", *NPM_CI, cache], PATH=path)
    else:
        run_quietly(["npm", *NPM_CI, cache])
    shutil.rmtree(VENV / "npm-cache", ignore_errors=True)


def system_npm_works() -> bool:
    """Say whether there is an npm on the PATH, recent enough to read the lock file."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    version = subprocess.run(["npm", "--version"], cwd=BASE_DIR, capture_output=True, text=True, check=False).stdout
    major = version.strip().partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NPM


def browser() -> str | None:
    """Return the command of a Chromium that starts, the one CHROMIUM names first."""
    for name in (os.environ.get("CHROMIUM", ""), *BROWSERS):
        found = shutil.which(name)
        # Where the browser comes as a snap, a command of its name may be there and only say so.
        if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
            return found
    return None


def install_browser() -> None:
    """Have a Chromium for the tests: the system's, else one from its packages when root."""
    if browser() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        with stage("Chromium"):
            install_system_packages("chromium")
    if browser() is None:
        raise Trouble("The browser tests need Chromium: apt install chromium, or set CHROMIUM to its path.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
