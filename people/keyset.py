"""Pages of a long list: found by where they begin, never by counting, so every page costs the same."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, UUIDField

SIZE = 25
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
_UUID = re.compile(r"([0-9]{1,17})-([0-9a-f]{32})")

M = TypeVar("M", bound=Model)
R = TypeVar("R")


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows in order, and the query strings of the pages beside them (empty where there is none)."""

    rows: list[R]
    before: str
    after: str


@dataclass(frozen=True)
class Stretch:
    """Where a page begins (nowhere: at an end of the list), and which way it goes on from there."""

    start: tuple[datetime, int | UUID] | None
    upwards: bool

    def of(self, rows: QuerySet[M], order: tuple[str, str]) -> QuerySet[M]:
        """The rows from there on, in their order."""
        names = (name if self.upwards else f"-{name}" for name in order)
        return _beyond(rows, order, self.start, upwards=self.upwards).order_by(*names)


def page_of(
    rows: QuerySet[M], query: Mapping[str, Any], *, order: tuple[str, str], newest_first: bool = False
) -> Page[M]:
    """The page an address asks for with before= or after=, else the first; one query.

    `order` names a moment and the primary key. What somebody made up in the address counts as not there.
    """
    by_uuid = isinstance(rows.model._meta.pk, UUIDField)  # noqa: SLF001  Django's documented way in
    return page_read(
        query,
        order=order,
        newest_first=newest_first,
        by_uuid=by_uuid,
        read=lambda stretch: stretch.of(rows, order)[: SIZE + 1],
    )


def page_read(
    query: Mapping[str, Any],
    *,
    order: tuple[str, str],
    read: Callable[[Stretch], Iterable[R]],
    newest_first: bool = False,
    by_uuid: bool = False,
) -> Page[R]:
    """The same where the rows are found in some other way.

    `read` is told where the page begins, and answers the first SIZE + 1 rows from there, of which each needs no more
    than the two names of `order`.
    """
    before, after = (_place(str(query.get(name, "")), by_uuid=by_uuid) for name in ("before", "after"))
    upwards = (before is not None) == newest_first
    found = list(read(Stretch(before or after, upwards)))
    more, found = len(found) > SIZE, found[:SIZE]
    if before is not None:
        found.reverse()
        return _page(found, order, has_before=more, has_after=True)
    return _page(found, order, has_before=after is not None, has_after=more)


def _place(text: str, *, by_uuid: bool) -> tuple[datetime, int | UUID] | None:
    found = (_UUID if by_uuid else _NUMBER).fullmatch(text)
    if found is None:
        return None
    row = UUID(found[2]) if by_uuid else int(found[2])
    return EPOCH + timedelta(microseconds=int(found[1])), row


def _beyond(
    rows: QuerySet[M], order: tuple[str, str], start: tuple[datetime, int | UUID] | None, *, upwards: bool
) -> QuerySet[M]:
    if start is None:
        return rows
    moment, pk = order
    side = "gt" if upwards else "lt"
    exactly = Q(**{f"{moment}__{side}": start[0]}) | Q(**{moment: start[0], f"{pk}__{side}": start[1]})
    # The bare comparison lets the index find the place; the other settles rows of the same moment.
    return rows.filter(exactly, **{f"{moment}__{side}e": start[0]})


def _page(rows: list[R], order: tuple[str, str], *, has_before: bool, has_after: bool) -> Page[R]:
    return Page(
        rows=rows,
        before=f"before={_at(rows[0], order)}" if rows and has_before else "",
        after=f"after={_at(rows[-1], order)}" if rows and has_after else "",
    )


def _at(row: object, order: tuple[str, str]) -> str:
    moment: datetime = getattr(row, order[0])
    pk = getattr(row, order[1])
    return f"{(moment - EPOCH) // timedelta(microseconds=1)}-{pk.hex if isinstance(pk, UUID) else pk}"
