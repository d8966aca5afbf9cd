"""How many employees have access now, by division and site (Ark. Code 25-4-110 asks for such counts)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, Count, F, Func

from access_requests import shelf
from people.divisions import division_of_unit, divisions
from workflow import spreadsheet

ELSEWHERE = "Outside the divisions"
ALL = "All divisions"


@dataclass(frozen=True)
class Row:
    """One division: how many of its employees have access at all, and to each site."""

    name: str
    people: int
    sites: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Headcount:
    """The table, and its last row for all divisions together."""

    sites: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row

    @property
    def most(self) -> int:
        """The largest number of people in one division, for the chart."""
        return max((row.people for row in self.rows), default=0)


def read() -> Headcount:
    """Everyone with access in force today; someone with two grants counts once. Three queries."""
    people = _by_division(shelf.in_force().order_by().values_list("requester__unit").annotate(n=_heads()))
    each_site = Func(F("granted_sites"), function="unnest", output_field=CharField())
    found = shelf.in_force().order_by().annotate(site=each_site).values_list("requester__unit", "site")
    counts: dict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for unit, site, heads in found.annotate(n=_heads()):
        counts[site].append((unit, heads))
    by_site = {site: _by_division(pairs) for site, pairs in sorted(counts.items())}
    names = {division.pk: division.name for division in divisions()} | {None: ELSEWHERE}
    rows = tuple(
        Row(name, people.get(pk, 0), tuple((site, each.get(pk, 0)) for site, each in by_site.items()))
        for pk, name in names.items()
        if pk is not None or people.get(None)
    )
    total = Row(ALL, sum(people.values()), tuple((site, sum(each.values())) for site, each in by_site.items()))
    return Headcount(tuple(by_site), rows, total)


def as_csv(counted: Headcount) -> str:
    """The same table for a spreadsheet."""
    lines = [("Division", "Employees with access", *counted.sites)]
    lines += [
        (row.name, str(row.people), *(str(heads) for _, heads in row.sites)) for row in (*counted.rows, counted.total)
    ]
    return "".join(map(spreadsheet.line, lines))


def _heads() -> Count:
    return Count("requester", distinct=True)


def _by_division(pairs: Iterable[tuple[int | None, int]]) -> dict[int | None, int]:
    # Everyone is in one unit, so the units of a division add up to it.
    counted: dict[int | None, int] = defaultdict(int)
    for unit, heads in pairs:
        counted[division_of_unit(unit)] += heads
    return counted
