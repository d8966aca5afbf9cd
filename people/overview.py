"""What the people pages show, each list in one query."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from people.directory import everyone
from people.models import Delegation, Role, RoleGrant, User


def in_full() -> QuerySet[User]:
    """All people with what their own page shows."""
    return everyone().select_related("unit__parent", "supervisor")


def facts(person: User) -> list[tuple[str, str]]:
    """What the directory has about a person, as terms and values."""
    return [
        ("E-mail address", person.email),
        ("Employee number", person.employee_number),
        ("Title", person.title),
        ("County", person.county),
        ("Unit", _unit(person)),
        ("Supervisor", str(person.supervisor or "")),
    ]


def grants_in_force(person: User) -> QuerySet[RoleGrant]:
    """The roles a person holds now, with who gave them."""
    return RoleGrant.objects.in_force().filter(user=person).select_related("granted_by").order_by("role")


def grant_history(person: User) -> QuerySet[RoleGrant]:
    """Every role a person ever held, newest first, with who gave and who took it."""
    grants = RoleGrant.objects.filter(user=person).select_related("granted_by", "revoked_by")
    return grants.order_by("-granted_at", "-pk")


def grants() -> QuerySet[RoleGrant]:
    """All grants, each with whose it is."""
    return RoleGrant.objects.select_related("user")


def absences(person: User) -> QuerySet[Delegation]:
    """Who stands in for a person, now and later."""
    return _open_delegations().filter(delegator=person)


def absences_and_standing_in(person: User) -> tuple[list[Delegation], list[Delegation]]:
    """Who stands in for a person, and for whom that person stands in, now and later; one query for both."""
    around = list(_open_delegations().filter(Q(delegator=person) | Q(delegate=person)))
    own = [delegation for delegation in around if delegation.delegator_id == person.pk]
    return own, [delegation for delegation in around if delegation.delegator_id != person.pk]


def delegations_within_reach(user: User) -> QuerySet[Delegation]:
    """The delegations this person gave or holds; all of them for an administrator."""
    own = Q() if user.has_role(Role.ADMINISTRATOR) else Q(delegator=user) | Q(delegate=user)
    return Delegation.objects.filter(own).select_related("delegator", "delegate")


def _open_delegations() -> QuerySet[Delegation]:
    coming = Delegation.objects.open_on(timezone.localdate())
    return coming.select_related("delegator", "delegate").order_by("starts_on", "pk")


def _unit(person: User) -> str:
    if person.unit is None:
        return ""
    return f"{person.unit}, {person.unit.parent}" if person.unit.parent else str(person.unit)
