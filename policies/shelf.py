"""The library's list: policies in force by number, a page at a time, found by where the page begins."""

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from people.keyset import SIZE, Page
from people.lately import Lately
from people.models import Unit
from policies.models import Document, Version
from workflow import clock

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,19}")


def page(documents: QuerySet[Document], query: Mapping[str, Any]) -> Page[Document]:
    """The policies after (or before) the number in an address, by number; one query.

    Each knows `changes_on`, the day on which a version that is published already takes its place.
    """
    before, after = (_number(str(query.get(name, ""))) for name in ("before", "after"))
    rows = _with_changes(documents.filter(in_force__isnull=False))
    if before:
        found = list(rows.filter(number__lt=before).order_by("-number")[: SIZE + 1])
        return _page(found[:SIZE][::-1], has_before=len(found) > SIZE, has_after=True)
    rows = rows.filter(number__gt=after) if after else rows
    found = list(rows.order_by("number")[: SIZE + 1])
    return _page(found[:SIZE], has_before=bool(after), has_after=len(found) > SIZE)


def shelves() -> list[Unit]:
    """The divisions and offices that have policies in the library, by name; read once a minute."""
    return _SHELVES.value()


def _with_changes(documents: QuerySet[Document]) -> QuerySet[Document]:
    coming = Version.objects.filter(
        document=OuterRef("pk"), status=Version.Status.PUBLISHED, effective_on__gt=clock.today()
    )
    return documents.annotate(changes_on=Subquery(coming.order_by("effective_on").values("effective_on")[:1]))


def _number(typed: str) -> str:
    return typed if _NUMBER.fullmatch(typed) else ""


def _page(rows: list[Document], *, has_before: bool, has_after: bool) -> Page[Document]:
    return Page(
        rows=rows,
        before=f"before={rows[0].number}" if rows and has_before else "",
        after=f"after={rows[-1].number}" if rows and has_after else "",
    )


def _read_shelves() -> list[Unit]:
    used = Document.objects.filter(in_force__isnull=False).values("division")
    return list(Unit.objects.filter(pk__in=used).order_by("name", "id"))


_SHELVES = Lately(_read_shelves, seconds=60.0)
