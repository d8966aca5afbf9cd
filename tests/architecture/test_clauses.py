"""Every clause has one home, and every rule says which clause it carries."""

from importlib import import_module

import pytest

from policies.clauses import REGISTER, Clause
from tests.architecture.source import ROOT, modules

ENFORCED = frozenset(
    {
        Clause.II_A,
        Clause.II_A_1,
        Clause.II_A_2,
        Clause.II_A_3,
        Clause.II_B,
        Clause.II_B_1,
        Clause.II_B_2,
        Clause.II_B_3,
        Clause.II_F,
        Clause.III_STAY,
    }
)


@pytest.fixture(autouse=True, scope="module")
def everything_is_imported() -> None:
    """Rules register as their modules are imported."""
    for file in modules():
        if file.stem in {"rules", "screening"}:
            import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))


def test_the_clauses_built_so_far_are_enforced_and_no_other_claims_to_be() -> None:
    assert set(REGISTER) == ENFORCED


@pytest.mark.parametrize("clause", sorted(ENFORCED))
def test_a_clause_lives_in_one_module(clause: Clause) -> None:
    assert len({rule.__module__ for rule in REGISTER[clause]}) == 1


@pytest.mark.parametrize("clause", sorted(ENFORCED))
def test_a_rule_says_what_it_promises(clause: Clause) -> None:
    assert all(rule.__doc__ for rule in REGISTER[clause])
