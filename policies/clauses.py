"""Every clause the portal carries out, and the register of the functions that enforce them."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from workflow.decisions import Denied

F = TypeVar("F", bound=Callable[..., object])


class Clause(StrEnum):
    """A clause of the policy, or a statutory duty that follows from it (L_), by its id."""

    I_A = "I_A"
    I_B = "I_B"
    I_C = "I_C"
    I_D = "I_D"
    II_A = "II_A"
    II_A_1 = "II_A_1"
    II_A_2 = "II_A_2"
    II_A_3 = "II_A_3"
    II_B = "II_B"
    II_B_1 = "II_B_1"
    II_B_2 = "II_B_2"
    II_B_3 = "II_B_3"
    II_C = "II_C"
    II_C_1 = "II_C_1"
    II_C_2 = "II_C_2"
    II_D = "II_D"
    II_E = "II_E"
    II_F = "II_F"
    II_G = "II_G"
    II_H = "II_H"
    II_I = "II_I"
    III_STAY = "III_STAY"
    III_A = "III_A"
    III_B = "III_B"
    III_C = "III_C"
    III_D = "III_D"
    L_RISK = "L_RISK"
    L_INDIVIDUALS = "L_INDIVIDUALS"
    L_MEDIA = "L_MEDIA"
    L_HHS_LARGE = "L_HHS_LARGE"
    L_HHS_SMALL = "L_HHS_SMALL"
    L_DELAY = "L_DELAY"
    L_AG = "L_AG"
    L_AUDITOR = "L_AUDITOR"
    L_FTI = "L_FTI"
    L_AGREEMENT = "L_AGREEMENT"
    L_SANCTION = "L_SANCTION"
    L_RETALIATION = "L_RETALIATION"
    L_RETENTION = "L_RETENTION"
    L_ESIGN = "L_ESIGN"


# The only list kept by hand: the clauses whose home is not built yet. Every other has its rules, or nothing starts.
AWAITED: frozenset[Clause] = frozenset(
    {
        Clause.I_A,
        Clause.I_B,
        Clause.I_C,
        Clause.I_D,
        Clause.II_C,
        Clause.II_C_1,
        Clause.II_C_2,
        Clause.II_D,
        Clause.II_E,
        Clause.II_G,
        Clause.II_H,
        Clause.III_A,
        Clause.III_B,
        Clause.III_C,
        Clause.III_D,
        Clause.L_RISK,
        Clause.L_INDIVIDUALS,
        Clause.L_MEDIA,
        Clause.L_HHS_LARGE,
        Clause.L_HHS_SMALL,
        Clause.L_DELAY,
        Clause.L_AG,
        Clause.L_AUDITOR,
        Clause.L_FTI,
        Clause.L_AGREEMENT,
        Clause.L_SANCTION,
        Clause.L_RETALIATION,
        Clause.L_RETENTION,
        Clause.L_ESIGN,
    }
)
# Filled as the modules of rules are imported, which PoliciesConfig sees to as the portal starts.
REGISTER: dict[Clause, list[Callable[..., object]]] = {}


def enforces(clause: Clause) -> Callable[[F], F]:
    """Mark a function as a rule of a clause, whose refusals then carry it; one module has all rules of a clause."""

    def register(function: F) -> F:
        REGISTER.setdefault(clause, []).append(function)

        @wraps(function)
        def asked(*args: Any, **kwargs: Any) -> object:
            answer = function(*args, **kwargs)
            return replace(answer, clause=clause) if isinstance(answer, Denied) and not answer.clause else answer

        return cast(F, asked)

    return register
