"""The department: its people, its units, the roles they hold and who stands in for whom."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now


class Unit(models.Model):
    """A place in the department's tree: the department itself, a division, or an office."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department"
        DIVISION = "division"
        OFFICE = "office"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    head = models.ForeignKey("people.User", models.SET_NULL, null=True, blank=True, related_name="heads")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What someone is trusted with beyond being an employee."""

    PRIVACY_OFFICER = "privacy_officer", "Privacy Officer"
    PRIVACY_ANALYST = "privacy_analyst", "Privacy analyst"
    OCCE = "occe", "Communications office (OCCE)"
    INVESTIGATOR = "investigator", "Investigator"
    COUNSEL = "counsel", "Counsel"
    OFFICE_HEAD = "office_head", "Office head"
    IT_SECURITY = "it_security", "IT Security"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is one person's whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The person who signs in with this address; raises User.DoesNotExist."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make one person; without a password nobody can sign in as them until they set one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An employee; the e-mail address is the login, the employee number the identity across imports."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    employee_number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200, blank=True)
    county = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    supervisor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reports")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "employee_number"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
            models.CheckConstraint(condition=~Q(supervisor=F("id")), name="user_not_own_supervisor"),
        ]
        indexes = [models.Index(fields=["name", "id"], name="user_by_name")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles in force now; asked once a request, so a revoked role is gone on the next."""
        return frozenset(RoleGrant.objects.in_force().filter(user=self).values_list("role", flat=True))

    def has_role(self, *roles: Role) -> bool:
        """Whether any of these roles is in force for this person, who must be active."""
        return self.is_active and not self.roles.isdisjoint(roles)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants by whether they count now."""

    def in_force(self) -> RoleGrantQuerySet:
        """Grants that are neither revoked nor expired, by the database's clock."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=Now()), revoked_at=None)


class RoleGrant(models.Model):
    """One role given to one person by another, for a time or until revoked; never edited, only ended."""

    class Office(models.TextChoices):
        INTERNAL_AFFAIRS = "internal_affairs", "Internal Affairs/Fraud"
        PRIVACY = "privacy", "Privacy Office"
        SECURITY = "security", "Security Office"

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    office = models.CharField(max_length=30, choices=Office.choices, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RoleGrant]] = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], condition=Q(revoked_at=None), name="role_held_once"),
            models.CheckConstraint(condition=~Q(granted_by=F("user")), name="role_not_granted_to_oneself"),
            models.CheckConstraint(
                condition=Q(role=Role.INVESTIGATOR) ^ Q(office=""), name="investigator_has_an_office"
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(revoked_at__isnull=False), name="role_revoked_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.user}"

    @property
    def title(self) -> str:
        """The role as people name it, with an investigator's office."""
        office = self.get_office_display()
        return f"{self.get_role_display()}, {office}" if office else self.get_role_display()


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations by the days they count on."""

    def covering(self, day: date) -> DelegationQuerySet:
        """Delegations that count on this day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, ended_at=None)

    def open_on(self, day: date) -> DelegationQuerySet:
        """Delegations that count on this day or will on a later one."""
        return self.filter(ends_on__gte=day, ended_at=None)


class Delegation(models.Model):
    """Someone who decides in another's name from one day to another, both included."""

    class Reason(models.TextChoices):
        LEAVE = "leave", "Annual leave"
        SICK = "sick", "Sick leave"
        TRAVEL = "travel", "Travel or training"
        OTHER = "other", "Another absence"

    delegator = models.ForeignKey(User, models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(User, models.PROTECT, related_name="delegations_held")
    starts_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=20, choices=Reason.choices)
    created_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Delegation]] = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(delegator=F("delegate")), name="delegate_is_someone_else"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["delegator", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.delegator}"

    def covers(self, day: date) -> bool:
        """Whether the delegation counts on this day."""
        return self.ended_at is None and self.starts_on <= day <= self.ends_on
