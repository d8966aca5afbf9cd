"""The charter speaks of every clause, once and in whole sentences."""

from importlib import import_module

import pytest

from policies.charter import CHARTER
from policies.clauses import REGISTER, Clause
from tests.architecture.source import ROOT, modules

HOMES = frozenset(
    {
        "people",
        "policies",
        "incidents",
        "access_requests",
        "credential_requests",
        "communications",
        "consent",
        "investigations",
        "breaches",
        "records",
    }
)


def test_every_clause_has_an_entry_in_the_order_of_the_policy() -> None:
    assert list(CHARTER) == list(Clause)


def test_no_two_clauses_have_the_same_title() -> None:
    titles = [entry.title for entry in CHARTER.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("clause", Clause)
def test_a_title_is_a_phrase_and_a_demand_is_one_or_two_sentences(clause: Clause) -> None:
    entry = CHARTER[clause]
    assert entry.title
    assert not entry.title.endswith(".")
    assert entry.demands.endswith(".")
    assert entry.demands.count(". ") <= 1


@pytest.mark.parametrize("clause", Clause)
def test_a_clause_says_where_it_is_written(clause: Clause) -> None:
    source = CHARTER[clause].source
    assert source.startswith("Policy 1021, ") == (not clause.startswith("L_"))
    assert source


def test_every_home_is_an_app_of_the_portal() -> None:
    assert {entry.home for entry in CHARTER.values()} <= HOMES


def test_the_rules_of_a_clause_live_in_the_home_it_names() -> None:
    for file in modules():
        relative = file.relative_to(ROOT)
        if "rules" in relative.with_suffix("").parts or file.stem == "screening":
            import_module(".".join(relative.with_suffix("").parts))
    homes = {clause: {rule.__module__.split(".")[0] for rule in rules} for clause, rules in REGISTER.items()}
    assert homes == {clause: {CHARTER[clause].home} for clause in REGISTER}
