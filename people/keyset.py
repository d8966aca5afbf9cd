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


def page_of(
    rows: QuerySet[M], query: Mapping[str, Any], *, order: tuple[str, str], newest_first: bool = False
) -> Page[M]:
    """The page an address asks for with before= or after=, else the first; one query.

    `order` names a moment and the primary key. What somebody made up in the address counts as not there.
    """
    return page_read(rows, query, order=order, newest_first=newest_first, read=lambda ordered: ordered[: SIZE + 1])


def page_read(
    rows: QuerySet[M],
    query: Mapping[str, Any],
    *,
    order: tuple[str, str],
    newest_first: bool = False,
    read: Callable[[QuerySet[M]], Iterable[R]],
) -> Page[R]:
    """The same where finding the rows takes more than one query.

    `read` is given the rows in order from where the page begins, and answers the first SIZE + 1 of them that it wants;
    what it answers needs no more than the two names of `order`.
    """
    by_uuid = isinstance(rows.model._meta.pk, UUIDField)  # noqa: SLF001  Django's documented way in
    before, after = (_place(str(query.get(name, "")), by_uuid=by_uuid) for name in ("before", "after"))
    start = before or after
    upwards = (before is not None) == newest_first
    found = list(read(_ordered(_beyond(rows, order, start, upwards=upwards), order, upwards=upwards)))
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


def _ordered(rows: QuerySet[M], order: tuple[str, str], *, upwards: bool) -> QuerySet[M]:
    return rows.order_by(*(name if upwards else f"-{name}" for name in order))


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
