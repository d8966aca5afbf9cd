"""Every clause has one home, and every rule says which clause it carries."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from policies import charter, clauses
from policies.checks import every_clause_has_a_home
from policies.clauses import REGISTER, Clause
from tests.architecture.source import ROOT, functions, modules

TOLD = """
import django; django.setup()
from policies.clauses import REGISTER
print(*(f"{clause} {rule.__module__}.{rule.__name__}" for clause, rules in REGISTER.items() for rule in rules))
"""
FORGETFUL = """
import django; django.setup()
from django.core.management import call_command
from policies import clauses
clauses.AWAITED = frozenset(); call_command("check")
"""


def rule_of(module: str) -> Callable[..., object]:
    """A rule that stands in this module."""

    def rule() -> bool:
        return True

    rule.__module__ = module
    return rule


def complaints() -> list[tuple[str | None, str]]:
    """What the portal's own check finds: the number of the fault, and what it says."""
    return [(error.id, error.msg) for error in every_clause_has_a_home()]


def written_down() -> set[str]:
    """Every function that is marked as a rule in the source, and its clause."""
    found = set()
    for file, tree in modules().items():
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for function in functions(tree):
            for mark in function.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "enforces":
                    found.add(f"{ast.unparse(mark.args[0]).removeprefix('Clause.')} {module}.{function.name}")
    return found


def anew(told: str) -> subprocess.CompletedProcess[str]:
    """What a portal says that starts by itself and is told this."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "compliance_portal.settings"}
    command = [sys.executable, "-c", told]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_clause_has_a_home_or_awaits_one() -> None:
    assert complaints() == []


def test_the_portal_knows_every_rule_as_soon_as_it_has_started() -> None:
    started = anew(TOLD)
    assert started.returncode == 0, started.stderr
    assert len(written_down()) > 20
    # A clause and a function alternate.
    words = started.stdout.split()
    assert {f"{clause} {rule}" for clause, rule in zip(words[::2], words[1::2], strict=True)} == written_down()


def test_whatever_checks_the_portal_checks_its_clauses() -> None:
    checked = anew(FORGETFUL)
    assert checked.returncode != 0
    assert "(policies.E001) Nothing enforces I_A." in checked.stderr


def test_a_clause_that_nothing_enforces_and_nothing_awaits_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clauses, "REGISTER", {each: its for each, its in REGISTER.items() if each != Clause.II_F})
    monkeypatch.setattr(clauses, "AWAITED", clauses.AWAITED - {Clause.L_ESIGN})
    assert complaints() == [
        ("policies.E001", "Nothing enforces II_F."),
        ("policies.E001", "Nothing enforces L_ESIGN."),
    ]


def test_a_clause_that_is_built_is_awaited_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, Clause.L_RETENTION, [rule_of("records.rules")])
    assert complaints() == [("policies.E002", "L_RETENTION is enforced and awaited at once.")]


def test_a_clause_lives_in_one_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, Clause.II_F, [*REGISTER[Clause.II_F], rule_of("incidents.rules.elsewhere")])
    words = "II_F is enforced in incidents.rules.elsewhere and incidents.rules.report."
    assert complaints() == [("policies.E003", words)]


def test_a_clause_that_the_charter_leaves_out_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = {each: entry for each, entry in charter.CHARTER.items() if each != Clause.II_B_2}
    monkeypatch.setattr(charter, "CHARTER", entries)
    assert complaints() == [("policies.E004", "The charter says nothing of II_B_2.")]


def test_a_clause_lives_in_the_app_that_the_charter_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(REGISTER, Clause.II_F, [rule_of("people.rules")])
    assert complaints() == [("policies.E005", "II_F is enforced in people, not in its home incidents.")]


@pytest.mark.parametrize("clause", sorted(set(Clause) - clauses.AWAITED))
def test_a_rule_says_what_it_promises(clause: Clause) -> None:
    assert REGISTER[clause]
    assert all(rule.__doc__ for rule in REGISTER[clause])
