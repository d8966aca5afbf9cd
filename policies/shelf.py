"""The library's list: policies in force by number, a page at a time, found by where the page begins."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from people.keyset import SIZE, Page
from people.lately import Lately
from people.models import Unit
from policies.models import Document, Version
from workflow import clock

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z.-]{0,19}")


class Listed(NamedTuple):
    """A policy as a row shows it; `changes_on`: the day on which a version published already takes its place."""

    number: str
    title: str
    owner: str
    division: str | None
    since: date
    changes_on: date | None


def page(documents: QuerySet[Document], query: Mapping[str, Any]) -> Page[Listed]:
    """The policies after (or before) the number in an address, by number; one query, which leaves their texts be."""
    before, after = (_number(str(query.get(name, ""))) for name in ("before", "after"))
    documents = documents.filter(in_force__isnull=False)
    if before:
        found = _listed(documents.filter(number__lt=before).order_by("-number"))
        return _page(found[:SIZE][::-1], has_before=len(found) > SIZE, has_after=True)
    found = _listed((documents.filter(number__gt=after) if after else documents).order_by("number"))
    return _page(found[:SIZE], has_before=bool(after), has_after=len(found) > SIZE)


def shelves() -> list[Unit]:
    """The divisions and offices that have policies in the library, by name; read once a minute."""
    return _SHELVES.value()


def _listed(documents: QuerySet[Document]) -> list[Listed]:
    coming = Version.objects.filter(
        document=OuterRef("pk"), status=Version.Status.PUBLISHED, effective_on__gt=clock.today()
    )
    changes_on = Subquery(coming.order_by("effective_on").values("effective_on")[:1])
    names = ("number", "title", "owner__name", "division__name", "in_force__effective_on")
    return [Listed(*row) for row in documents.values_list(*names, changes_on)[: SIZE + 1]]


def _number(typed: str) -> str:
    return typed if _NUMBER.fullmatch(typed) else ""


def _page(rows: list[Listed], *, has_before: bool, has_after: bool) -> Page[Listed]:
    return Page(
        rows=rows,
        before=f"before={rows[0].number}" if rows and has_before else "",
        after=f"after={rows[-1].number}" if rows and has_after else "",
    )


def _read_shelves() -> list[Unit]:
    used = Document.objects.filter(in_force__isnull=False).values("division")
    return list(Unit.objects.filter(pk__in=used).order_by("name", "id"))


_SHELVES = Lately(_read_shelves, seconds=60.0)
