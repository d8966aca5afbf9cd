"""The clause register as files. What stands in them is described in docs/clause-register.md and only ever added to."""

from typing import Any

from django.conf import settings

from policies import figures, tally
from policies.figures import Figure
from policies.register import Register, Row
from workflow import spreadsheet

HEADINGS = (
    "Clause",
    "Part",
    "Source",
    "Title",
    "What it demands",
    "State",
    "Home",
    "Enforced by",
    "What a refused person reads",
    f"Refusals in {tally.DAYS} days",
    "Records",
)
ENFORCED, AWAITED = "Enforced", "Not yet enforced"


def as_csv(register: Register) -> str:
    """A line for each clause, its headings first."""
    # The mark tells a spreadsheet that this is UTF-8.
    return "\ufeff" + "".join(spreadsheet.line(cells) for cells in (HEADINGS, *map(_cells, register.rows)))


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.clause,
        row.part.value,
        row.charter.source,
        row.charter.title,
        row.charter.demands,
        ENFORCED if row.is_enforced else AWAITED,
        row.charter.home,
        " | ".join(enforcer.name for enforcer in row.enforcers),
        " | ".join(row.refused_with),
        str(row.refusals),
        " | ".join(f"{figure.label}: {_counted(figure)}" for figure in row.records),
    )


def _counted(figure: Figure) -> str:
    return f"{figure.count}+" if figure.is_capped else str(figure.count)


def as_json(register: Register) -> dict[str, Any]:
    """The same for programs."""
    return {
        "generated_at": register.at.isoformat(),
        "records_counted_at": register.counted_at.isoformat(),
        "department": settings.DEPARTMENT,
        "refusals_over_days": tally.DAYS,
        "records_counted_up_to": figures.CAP,
        "clauses": [_described(row) for row in register.rows],
    }


def _described(row: Row) -> dict[str, Any]:
    return {
        "id": row.clause.value,
        "part": row.part.value,
        "source": row.charter.source,
        "title": row.charter.title,
        "demands": row.charter.demands,
        "home": row.charter.home,
        "enforced": row.is_enforced,
        "enforced_by": [{"name": enforcer.name, "promise": enforcer.promise} for enforcer in row.enforcers],
        "refused_with": list(row.refused_with),
        "refusals": row.refusals,
        "records": [
            {"label": figure.label, "count": figure.count, "capped": figure.is_capped} for figure in row.records
        ],
    }
