"""Changing who is trusted with what: lock, check, change, report; each in one transaction."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from people import changes, rules
from people.models import Delegation, Role, RoleGrant, User


@transaction.atomic
def grant_role(
    user: User, role: Role, *, actor: User, office: str = "", expires_at: datetime | None = None
) -> RoleGrant:
    """Give a role to someone, for good or until a moment; raises rules.NotAllowed."""
    user = _locked(user)
    reason = rules.why_not_grant(actor, user, role, office=office, expires_at=expires_at)
    rules.require(reason, action="person.grant_role", record=user)
    return _granted(user, role, actor=actor, office=office, expires_at=expires_at)


@transaction.atomic
def appoint(user: User, role: Role, *, office: str = "") -> RoleGrant:
    """Give a role from the server's command line, where nobody is signed in; raises rules.NotAllowed."""
    user = _locked(user)
    rules.require(rules.why_not_hold(user, role, office=office), action="person.grant_role", record=user)
    return _granted(user, role, actor=None, office=office, expires_at=None)


@transaction.atomic
def revoke_role(grant: RoleGrant, *, actor: User) -> RoleGrant:
    """End a grant; raises rules.NotAllowed, also where somebody else ended it first."""
    _lock_everyone_with(grant.role)
    grant = RoleGrant.objects.select_related("user").get(pk=grant.pk)
    rules.require(rules.why_not_revoke(actor, grant), action="person.revoke_role", record=grant.user)
    _end_grants(Q(pk=grant.pk), actor)
    changes.report("person.role_revoked", actor=actor, user=grant.user, role=grant.role)
    grant.refresh_from_db()
    return grant


@transaction.atomic
def delegate(delegator: User, to: User, *, starts_on: date, ends_on: date, reason: str, actor: User) -> Delegation:
    """Have one person stand in for another from day to day; raises rules.NotAllowed."""
    delegator = _locked(delegator)
    refusal = rules.why_not_delegate(actor, delegator, to, starts_on, ends_on)
    rules.require(refusal, action="person.delegate", record=delegator)
    made = Delegation.objects.create(
        delegator=delegator, delegate=to, starts_on=starts_on, ends_on=ends_on, reason=reason
    )
    days = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    changes.report("person.delegated", actor=actor, user=delegator, delegate=to.pk, **days)
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, actor: User) -> Delegation:
    """Have a delegation count no longer from now on; raises rules.NotAllowed."""
    locked = Delegation.objects.select_for_update(of=("self",), no_key=True).select_related("delegator")
    delegation = locked.get(pk=delegation.pk)
    rules.require(rules.why_not_end(actor, delegation), action="person.end_delegation", record=delegation.delegator)
    Delegation.objects.filter(pk=delegation.pk).update(ended_at=Now())
    changes.report("person.delegation_ended", actor=actor, user=delegation.delegator, delegate=delegation.delegate_id)
    delegation.refresh_from_db()
    return delegation


@transaction.atomic
def deactivate(user: User, *, actor: User) -> User:
    """Shut someone out at once: no sign-in, no roles, standing in for nobody; raises rules.NotAllowed."""
    for role in sorted(rules.ALWAYS_HELD):
        _lock_everyone_with(role)
    user = _locked(user)
    rules.require(rules.why_not_deactivate(actor, user), action="person.deactivate", record=user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    roles = sorted(user.roles)
    strip([user.pk], actor=actor)
    changes.report("person.deactivated", actor=actor, user=user, roles=roles)
    return user


def strip(people: list[int], *, actor: User | None) -> None:
    """Take from leavers, by id, every role and every delegation given or held; inside the caller's transaction."""
    _end_grants(Q(user__in=people), actor)
    Delegation.objects.filter(Q(delegator__in=people) | Q(delegate__in=people), ended_at=None).update(ended_at=Now())


def _granted(user: User, role: Role, *, actor: User | None, office: str, expires_at: datetime | None) -> RoleGrant:
    # An expired grant still stands in the row that keeps a role from being held twice.
    _end_grants(Q(user=user, role=role, expires_at__lte=Now()), actor)
    grant = RoleGrant.objects.create(user=user, role=role, office=office, granted_by=actor, expires_at=expires_at)
    until = expires_at.isoformat() if expires_at else ""
    changes.report("person.role_granted", actor=actor, user=user, role=str(role), office=office, expires_at=until)
    return grant


def _end_grants(which: Q, actor: User | None) -> None:
    RoleGrant.objects.filter(which, revoked_at=None).update(revoked_at=Now(), revoked_by=actor)


def _locked(user: User) -> User:
    """The person as they stand now, with nobody else changing them until the transaction ends."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _lock_everyone_with(role: str) -> None:
    """Two who take a role from one another at once must take turns, or nobody would be left with it."""
    list(RoleGrant.objects.select_for_update(no_key=True).filter(role=role, revoked_at=None).order_by("pk"))
