"""The evidence files, sealed as they are: out of the storage, and back into an empty one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.core.files import File
from django.core.files.storage import Storage, default_storage

from audit.backup import Impossible

CHUNK = 1024 * 1024


def names(storage: Storage = default_storage, folder: str = "") -> Iterator[str]:
    """The name of every stored file, folder by folder."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in sorted(files):
        yield str(PurePosixPath(folder, file))
    for inner in sorted(folders):
        yield from names(storage, str(PurePosixPath(folder, inner)))


def copy_out(name: str, target: Path) -> None:
    """Copy one stored file to a place of its own, unless it was destroyed since it was listed."""
    try:
        opened = default_storage.open(name)
    except FileNotFoundError:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with opened as source, target.open("xb") as copy:
        while chunk := source.read(CHUNK):
            copy.write(chunk)


def copy_in(source: Path, name: str) -> None:
    """Bring one file back under the very name the records know; raises Impossible if that is taken."""
    with source.open("rb") as opened:
        if default_storage.save(name, File(opened)) != name:
            raise Impossible(f"The storage already holds {name}.")


def refuse_unless_empty() -> None:
    """Raise Impossible when the storage holds any file already."""
    if any(names()):
        raise Impossible("The evidence storage is not empty: restore into a new one, so that nothing is overwritten.")


def sha256(file: Path) -> str:
    """The file's SHA-256, in hexadecimal, read in pieces."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
