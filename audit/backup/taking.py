"""Taking a backup: sign, dump, copy, and write down what there is."""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from audit import checkpoints
from audit.backup import Impossible, database, evidence
from audit.backup.manifest import Manifest
from audit.models import Checkpoint
from audit.verification import clock, head_of

DUMP, EVIDENCE = "database.dump", "evidence"
Progress = Callable[[Iterable[str]], Iterable[str]]


def take(folder: Path, *, progress: Progress) -> Manifest:
    """Put everything into an empty folder of one's own; raises Impossible."""
    _claim(folder)
    checkpoints.sign_all()
    head = head_of(Checkpoint.objects.order_by("number").last())
    # The database first: every file a dumped row speaks of is then there to be copied.
    written_by = database.dump("owner", folder / DUMP)
    for name in progress(list(evidence.names())):
        evidence.copy_out(name, folder / EVIDENCE / name)
    manifest = Manifest(
        taken_at=clock("owner").isoformat(),
        pg_dump=written_by,
        head=head,
        migrations=applied("owner"),
        parts=_parts(folder),
    )
    manifest.write(folder)
    return manifest


def applied(using: str) -> list[str]:
    """The migrations a database has been through, as app.name."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations())


def _claim(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Impossible(f"{folder} is not empty: a backup gets a folder of its own.")


def _parts(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): evidence.sha256(file) for file in files}
