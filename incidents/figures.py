"""What the clause register counts of reports: totals alone, so that no figure points at a case."""

from functools import partial

from django.db.models import Q, QuerySet

from incidents import choices
from incidents.choices import Kind
from incidents.models import Incident
from policies import figures
from policies.clauses import Clause

COUNTED = (
    (Clause.II_A, "Reports of an exposure", Q(kind=Kind.EXPOSURE)),
    (Clause.II_A, "Reports of a near miss", Q(kind=Kind.NEAR_MISS)),
    (Clause.II_A_1, "Reports that name a site or app", choices.NAMES_A_PLATFORM),
    (Clause.II_A_2, "Reports that say what kind of information", choices.NAMES_INFORMATION),
    (Clause.II_A_3, "Reports", Q()),
    (Clause.II_B, "Reports of being asked for an account", Q(kind=Kind.ASKED)),
    (Clause.II_B_1, "Asked for a login", choices.ASKED_FOR_LOGIN),
    (Clause.II_B_2, "Asked for privacy settings or contacts", choices.ASKED_FOR_SETTINGS),
    (Clause.II_B_3, "Asked to add someone from DHS", choices.ASKED_TO_ADD),
    (Clause.II_F, "Reports of a DHS e-mail address", Q(kind=Kind.DHS_EMAIL)),
)


def register() -> None:
    """Tell the register which reports stand under which clause."""
    for clause, label, condition in COUNTED:
        figures.register(clause, label, partial(_reports, condition))


def _reports(condition: Q) -> QuerySet[Incident]:
    return Incident.objects.filter(condition)
