"""Who may change who is trusted with what. Each rule answers with the sentence the refused person reads, or with ""."""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from people.directory import holders_of
from people.models import Delegation, Role, RoleGrant, User

LONGEST_ABSENCE = timedelta(days=366)
# Roles the department cannot be without for a moment.
ALWAYS_HELD = frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER})
# Who hands out access does not work cases, and who examines the work does none of it.
KEPT_APART: dict[str, frozenset[str]] = {
    Role.ADMINISTRATOR: frozenset({Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST, Role.INVESTIGATOR, Role.AUDITOR}),
    Role.AUDITOR: frozenset(set(Role) - {Role.AUDITOR}),
}


class NotAllowed(PermissionDenied):
    """Someone tried what a rule here denies; carries what they tried, on whom, and the sentence they read."""

    def __init__(self, reason: str, *, action: str, record: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.action = action
        self.record = record


def require(reason: str, *, action: str, record: object) -> None:
    """Raise NotAllowed where a rule gave a reason."""
    if reason:
        raise NotAllowed(reason, action=action, record=record)


def why_not_manage(actor: User) -> str:
    """Only administrators see the directory's inside and change it."""
    return "" if actor.has_role(Role.ADMINISTRATOR) else "Only administrators manage people and roles."


def why_not_grant(actor: User, user: User, role: str, *, office: str = "", expires_at: datetime | None = None) -> str:
    """Why this person cannot be given this role by that one now."""
    return (
        why_not_manage(actor)
        or _why_not_to_oneself(actor, user)
        or _why_not_until(expires_at)
        or why_not_hold(user, role, office=office)
    )


def why_not_hold(user: User, role: str, *, office: str = "") -> str:
    """Why this person can hold this role from nobody's hands, those at the server's command line included."""
    return _why_not_to_leaver(user) or _why_not_this_office(role, office) or _why_not_beside(user, role)


def why_not_revoke(actor: User, grant: RoleGrant) -> str:
    """Why this grant cannot be ended by that person now."""
    if grant.revoked_at is not None:
        return "This role has been taken away already."
    return why_not_manage(actor) or _why_not_leave_nobody(grant.user, {grant.role})


def why_not_deactivate(actor: User, user: User) -> str:
    """Why this person cannot be shut out by that one now."""
    if actor.pk == user.pk:
        return "You cannot deactivate yourself. Ask another administrator."
    if not user.is_active:
        return f"{user} is deactivated already."
    return why_not_manage(actor) or _why_not_leave_nobody(user, ALWAYS_HELD)


def why_not_delegate(actor: User, delegator: User, delegate: User, starts_on: date, ends_on: date) -> str:
    """Why the one cannot stand in for the other on these days."""
    return (
        _why_not_for(actor, delegator)
        or _why_not_stand_in(delegator, delegate)
        or _why_not_these_days(starts_on, ends_on)
        or _why_not_twice(delegator, starts_on, ends_on)
    )


def why_not_end(actor: User, delegation: Delegation) -> str:
    """Why this delegation cannot be ended by that person now."""
    if not delegation.covers(max(timezone.localdate(), delegation.starts_on)):
        return "This delegation is over already."
    if actor.pk in (delegation.delegator_id, delegation.delegate_id):
        return ""
    return why_not_manage(actor) and "Only the two people concerned or an administrator can end a delegation."


def _why_not_to_oneself(actor: User, user: User) -> str:
    return "You cannot give yourself a role. Ask another administrator." if actor.pk == user.pk else ""


def _why_not_to_leaver(user: User) -> str:
    return "" if user.is_active else f"{user} has left; a leaver cannot hold a role."


def _why_not_this_office(role: str, office: str) -> str:
    if role == Role.INVESTIGATOR and office not in RoleGrant.Office.values:
        return "Say which office the investigator works for."
    if role != Role.INVESTIGATOR and office:
        return "Only an investigator's role is tied to an office."
    return ""


def _why_not_until(expires_at: datetime | None) -> str:
    return "Choose a last day that is not in the past." if expires_at and expires_at <= timezone.now() else ""


def _why_not_beside(user: User, role: str) -> str:
    held = user.roles
    if role in held:
        return f"{user} holds this role already. Take it away first to give it anew."
    for other in sorted(held):
        if other in KEPT_APART.get(role, ()) or role in KEPT_APART.get(other, ()):
            return f"Nobody may be {Role(role).label} and {Role(other).label} at once. Take the other role away first."
    return ""


def _why_not_leave_nobody(user: User, roles: set[str] | frozenset[str]) -> str:
    for role in sorted(user.roles & roles & ALWAYS_HELD):
        if not holders_of(Role(role)).exclude(pk=user.pk).exists():
            return f"{user} is the only {Role(role).label}. Give the role to someone else first."
    return ""


def _why_not_for(actor: User, delegator: User) -> str:
    if actor.pk == delegator.pk or not why_not_manage(actor):
        return ""
    return "You can name someone to stand in for you, not for others."


def _why_not_stand_in(delegator: User, delegate: User) -> str:
    if delegator.pk == delegate.pk:
        return "Choose someone else: you cannot stand in for yourself."
    if not (delegator.is_active and delegate.is_active):
        return "Choose someone who still works here."
    return ""


def _why_not_these_days(starts_on: date, ends_on: date) -> str:
    if starts_on < timezone.localdate():
        return "The first day cannot be in the past."
    if ends_on < starts_on:
        return "The last day comes before the first."
    return "One delegation lasts a year at most." if ends_on - starts_on > LONGEST_ABSENCE else ""


def _why_not_twice(delegator: User, starts_on: date, ends_on: date) -> str:
    days = Delegation.objects.filter(delegator=delegator, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on)
    return "Someone stands in on some of these days already. End that delegation first." if days.exists() else ""
