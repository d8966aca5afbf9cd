"""Every clause has one home, or is named among those that still await theirs: else no build and no start succeeds."""

from collections.abc import Iterator
from typing import Any

from django.core import checks

from policies import charter, clauses
from policies.clauses import Clause

_NOBODY = "Mark its rules with @enforces, or name it in policies.clauses.AWAITED."
_BUILT = "Take it out of policies.clauses.AWAITED."
_SILENT = "Say in policies.charter what it demands."
_SCATTERED = "Keep all rules of a clause in one module."
_ASTRAY = "Move its rules there, or name another home in policies.charter."


def begin() -> None:
    """Have Django check the clauses whenever it checks the portal."""
    checks.register(every_clause_has_a_home)


def every_clause_has_a_home(**_asked: Any) -> list[checks.CheckMessage]:
    """An error for each clause that has no home, two, or another than its charter says."""
    return [error for clause in Clause for error in _errors(clause)]


def _errors(clause: Clause) -> Iterator[checks.Error]:
    modules = sorted({rule.__module__ for rule in clauses.REGISTER.get(clause, ())})
    awaited = clause in clauses.AWAITED
    if not modules and not awaited:
        yield checks.Error(f"Nothing enforces {clause}.", hint=_NOBODY, id="policies.E001")
    if modules and awaited:
        yield checks.Error(f"{clause} is enforced and awaited at once.", hint=_BUILT, id="policies.E002")
    if len(modules) > 1:
        yield checks.Error(f"{clause} is enforced in {' and '.join(modules)}.", hint=_SCATTERED, id="policies.E003")
    yield from _errors_of_charter(clause, {module.partition(".")[0] for module in modules})


def _errors_of_charter(clause: Clause, apps: set[str]) -> Iterator[checks.Error]:
    entry = charter.CHARTER.get(clause)
    if entry is None:
        yield checks.Error(f"The charter says nothing of {clause}.", hint=_SILENT, id="policies.E004")
    elif apps - {entry.home}:
        strays = " and ".join(sorted(apps - {entry.home}))
        words = f"{clause} is enforced in {strays}, not in its home {entry.home}."
        yield checks.Error(words, hint=_ASTRAY, id="policies.E005")
