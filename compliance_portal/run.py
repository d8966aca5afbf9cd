"""`make run`: prepares the portal on this machine, serves it, and stops it again."""

import contextlib
import fcntl
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import environ
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import Error as DatabaseError

from compliance_portal import assets, demonstration, embedded, postgres, supervision
from compliance_portal.install import VENV_PYTHON, Trouble, run_quietly, say, stage
from compliance_portal.paths import VAR_DIR

FOLDERS = ("log", "mail", "queue", "queue/control", "evidence", "static")


def main() -> int:
    """Prepare and serve until interrupted; return the exit status."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Whoever started this under nohup means it to outlive the terminal.
        if ending != signal.SIGHUP or signal.getsignal(ending) != signal.SIG_IGN:
            signal.signal(ending, signal.default_int_handler)
    try:
        with only_one():
            serve()
    except KeyboardInterrupt:
        say("\nStopped.")
    except (Trouble, postgres.Unavailable, ImproperlyConfigured, CommandError, DatabaseError, OSError) as error:
        say(f"\n{error}")
        return 1
    return 0


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold this installation's lock, which says where its portal is found."""
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (VAR_DIR / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(f"The portal is already running: {lock.read().strip() or 'it is just starting.'}") from None
        lock.truncate(0)
        lock.write(f"http://127.0.0.1:{free_port()}/ (process {os.getpid()})")
        lock.flush()
        yield


def free_port() -> int:
    """Return the port to serve on, having seen that nothing else does."""
    asked = os.environ.setdefault("PORT", "8000")
    if not asked.isascii() or not asked.isdigit() or not 0 < int(asked) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {asked!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(asked)))
        except OSError as error:
            raise Trouble(f"Port {asked} cannot be used ({error.strerror}): try PORT=8001 make run.") from None
    return int(asked)


def serve() -> None:
    """Prepare everything, then keep the portal's processes running."""
    settle_environment()
    with stage("Database"):
        server = embedded.provide()
        prepare_database()
    if not assets.are_collected():
        with stage("Styles and scripts"):
            assets.collect()
    if settings.DEMO and not has_people():
        with stage("Demo agency"):
            load_demo()
    with supervision.started() as supervisor:
        with stage("Portal"):
            supervision.await_answer(supervisor)
        greet()
        supervision.keep(supervisor, server)


def settle_environment() -> None:
    """Choose what the environment leaves open, and make the folders the processes share."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_portal.settings")
    production = environ.Env().bool("PRODUCTION", default=False)
    if demonstration.is_only_here(environ.Env()):
        os.environ.setdefault("DEMO", "1")
    if bool(os.environ.get("DATABASE_URL")) != bool(os.environ.get("OWNER_DATABASE_URL")):
        raise Trouble("Set both DATABASE_URL (the portal's role) and OWNER_DATABASE_URL (for migrations), or neither.")
    if production and not os.environ.get("DATABASE_URL"):
        raise Trouble("PRODUCTION needs DATABASE_URL and OWNER_DATABASE_URL: the embedded one is for trying out.")
    for folder in FOLDERS:
        (VAR_DIR / folder).mkdir(mode=0o700, parents=True, exist_ok=True)


def prepare_database() -> None:
    """Bring tables and rights up to date, as the owner."""
    logging.disable(logging.WARNING)
    # Sets Django up as the web server will: what would keep that from starting is said here, and at once.
    get_wsgi_application()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    call_command("database_roles", apply=True, verbosity=0)
    # Warnings are for developers; an error raises all the same.
    with Path(os.devnull).open("w") as nowhere:
        call_command("check", stdout=nowhere, stderr=nowhere)


def has_people() -> bool:
    """Say whether anyone is in the directory yet."""
    return get_user_model().objects.exists()


def load_demo() -> None:
    """Fill the empty database with the demo agency, as the owner: only the owner may write the past."""
    run_quietly([VENV_PYTHON, "manage.py", "load_demo"], DATABASE_URL=os.environ["OWNER_DATABASE_URL"])


def greet() -> None:
    """Tell the person at the terminal where everything is."""
    say(f"\nThe portal is ready: {settings.SITE_URL}/")
    if settings.DEMO:
        say(f"  Sign in as anyone:   {settings.SITE_URL}/demo/")
        say(f"  Mail it has sent:    {settings.SITE_URL}/demo/mail/")
    say(f"  Logs:                {VAR_DIR / 'log'}")
    say("  Stop:                Ctrl-C")


if __name__ == "__main__":
    sys.exit(main())
