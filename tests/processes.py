"""Looking at the processes of one installation from outside."""

from pathlib import Path


def named(folder: Path, *words: str) -> list[int]:
    """The processes of the installation that keeps its data in this folder whose command has all of these words."""
    return [pid for pid, command in _running(folder).items() if all(word in command for word in words)]


def within(folder: Path) -> set[int]:
    """The processes that were told to work in this folder or in one within it, PostgreSQL's among them."""
    # PostgreSQL is started with an environment of its own, and names the folder in its command.
    return {pid for pid in _all() if str(folder) in " ".join(_read(pid, "environ"))} | {*named(folder, "bin/postgres")}


def told(pid: int) -> set[str]:
    """The names in a process's environment."""
    return {entry.partition("=")[0] for entry in _read(pid, "environ")}


def _running(folder: Path) -> dict[int, str]:
    commands = {pid: " ".join(_read(pid, "cmdline")) for pid in _all()}
    # PostgreSQL is started with an environment of its own, and names the folder in its command.
    return {pid: command for pid, command in commands.items() if str(folder) in command or _keeps_in(pid, folder)}


def _all() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _keeps_in(pid: int, folder: Path) -> bool:
    return f"VAR_DIR={folder}" in _read(pid, "environ")


def _read(pid: int, name: str) -> list[str]:
    try:
        return Path("/proc", str(pid), name).read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []
