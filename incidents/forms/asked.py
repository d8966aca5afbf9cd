"""Which kinds of report ask which question."""

from collections.abc import Iterable
from typing import Any

from incidents.choices import Kind

WITH_INFORMATION = frozenset({Kind.EXPOSURE, Kind.NEAR_MISS, Kind.OTHER})
IN_SIGHT = frozenset({Kind.EXPOSURE, Kind.IMPERSONATION, Kind.OTHER})
# What is not listed is asked of all.
ASKED_OF = {
    **dict.fromkeys(("verb", "asked_for"), frozenset({Kind.ASKED})),
    "moved_to_personal": frozenset({Kind.DHS_EMAIL}),
    **dict.fromkeys(("visibility", "still_live"), IN_SIGHT),
    **dict.fromkeys(
        ("information", "altered", "affected", "affected_count", "affected_range", "programmes"), WITH_INFORMATION
    ),
}
NOTHING: dict[str, Any] = {
    **{several: [] for several in ("asked_for", "information", "affected", "programmes")},
    "altered": False,
    "affected_count": None,
}


def when(kinds: Iterable[str]) -> str:
    """The condition under which the form reveals what is asked of these kinds."""
    return "kind=" + "|".join(sorted(kinds))


def not_asked(kind: str) -> dict[str, Any]:
    """Empty answers to the questions this kind of report does not ask, whatever was given before it was chosen."""
    unasked = [name for name, kinds in ASKED_OF.items() if kind and kind not in kinds]
    return {name: NOTHING.get(name, "") for name in unasked}
