"""What a report must and must not say."""

from incidents.choices import Ground, Kind, YesNo
from incidents.models import Incident
from policies.clauses import Clause, enforces
from workflow.decisions import ALLOWED, Decision, Denied


@enforces(Clause.II_A_1)
def platform_is_named(platform: str, other: str, *, other_label: str) -> Decision:
    """A social media account is on some site or app: "other" needs its name."""
    if platform == other_label and not other:
        return Denied("Name the site or app.")
    return ALLOWED


@enforces(Clause.II_A_2)
def ground_counts(ground: str) -> Decision:
    """Whether a reason for finding nothing counts; blurring never lowers what is confidential."""
    if ground == Ground.ALTERED:
        return Denied("A blurred or altered photograph is still confidential under II(A)(2).")
    return ALLOWED


@enforces(Clause.II_F)
def account_left_dhs_email(incident: Incident) -> Decision:
    """A personal account opened with a DHS e-mail must have been moved to a personal one."""
    if incident.kind == Kind.DHS_EMAIL and incident.moved_to_personal != YesNo.YES:
        return Denied("Use a personal e-mail for personal accounts (II(F)).")
    return ALLOWED
