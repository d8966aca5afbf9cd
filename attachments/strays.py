"""Sealed files whose row never came: found at the end of the request that wrote them, or by the sweep."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.db.models import Q

from attachments.models import Attachment

_expected: ContextVar[list[str] | None] = ContextVar("expected", default=None)


def expect(name: str) -> str:
    """Note, before it is written, a name for which a row should follow; returns it."""
    names = _expected.get()
    if names is not None:
        names.append(name)
    return name


@contextmanager
def deleted_at_the_end() -> Iterator[None]:
    """Delete what was written meanwhile and has no row afterwards, whichever way its transaction ended."""
    names: list[str] = []
    token = _expected.set(names)
    try:
        yield
    finally:
        _expected.reset(token)
        _delete_without_row(names)


def without_row(names: Iterable[str]) -> set[str]:
    """Those of these stored names that belong to no file, or to a removed one."""
    wanted = set(names)
    rows = Attachment.objects.filter(Q(stored_name__in=wanted) | Q(copy_name__in=wanted), removed_at=None)
    return wanted.difference(*rows.values_list("stored_name", "copy_name"))


def lying_about(before: datetime) -> Iterator[str]:
    """Every stored name without a row that was written before this moment, folder by folder."""
    for folder in _folders():
        _, files = default_storage.listdir(folder)
        old = [name for file in files if _written(name := f"{folder}/{file}") < before]
        yield from sorted(without_row(old))


def _folders() -> list[str]:
    try:
        folders, _ = default_storage.listdir("")
    except FileNotFoundError:
        # Nothing was ever stored here.
        return []
    return sorted(folders)


def _written(name: str) -> datetime:
    return default_storage.get_modified_time(name)


def _delete_without_row(names: list[str]) -> None:
    if not names:
        return
    try:
        strays = without_row(names)
    except DatabaseError:
        # Nobody can tell now; the sweep will.
        return
    for name in strays:
        default_storage.delete(name)
