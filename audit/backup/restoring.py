"""Restoring a backup: prove it whole, fill an empty database and an empty storage from it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from audit.backup import Impossible, database, evidence, manifest
from audit.backup.manifest import Manifest
from audit.backup.taking import DUMP, EVIDENCE

Progress = Callable[[Iterable[str]], Iterable[str]]


def prove(folder: Path, *, progress: Progress) -> Manifest:
    """The manifest of a backup whose every part is as it was written; raises Impossible naming one that is not."""
    stated = manifest.read(folder)
    for part in progress(sorted(stated.parts)):
        file = folder / part
        if not file.is_file() or evidence.sha256(file) != stated.parts[part]:
            raise Impossible(f"{part} is missing or not as it was written.")
    _refuse_from_the_future(stated)
    return stated


def refuse_unless_new(using: str, owner: str) -> None:
    """Raise Impossible unless database and storage are both new, and the database the owner's."""
    database.refuse_unless_new(using, owner)
    evidence.refuse_unless_empty()


def fill(folder: Path, stated: Manifest, using: str, *, progress: Progress) -> None:
    """Bring back the database, then every evidence file."""
    database.load(folder / DUMP, using, written_by=stated.pg_dump)
    kept = [part.removeprefix(f"{EVIDENCE}/") for part in stated.parts if part.startswith(f"{EVIDENCE}/")]
    for name in progress(kept):
        evidence.copy_in(folder / EVIDENCE / name, name)


def pending(stated: Manifest) -> list[str]:
    """The migrations this version of the portal has that the backup had not."""
    return sorted(_known() - set(stated.migrations))


def _refuse_from_the_future(stated: Manifest) -> None:
    if unknown := sorted(set(stated.migrations) - _known()):
        raise Impossible(f"The backup comes from a newer version of the portal, with {', '.join(unknown)}: install it.")


def _known() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}
