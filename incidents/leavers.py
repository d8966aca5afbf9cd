"""Open cases in the hands of people who left the Privacy Office, and who holds open cases at all."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from incidents import rules
from incidents.choices import UNSETTLED, Status
from incidents.models import Incident
from people.directory import holders_of
from people.models import RoleGrant, User

CAP = 1000


@dataclass(frozen=True)
class Holder:
    """Someone who has open cases, and how many of them a Privacy Officer may see."""

    person_id: int
    name: str
    cases: int
    left: bool

    def __str__(self) -> str:
        return f"{self.name} ({self.cases} open case{'' if self.cases == 1 else 's'})"


def person(number: str) -> User:
    """The person of this number."""
    return User.objects.get(pk=number)


def former_colleagues() -> QuerySet[User]:
    """Everyone who once worked in the Privacy Office and does so no longer, leavers included."""
    once = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=rules.PRIVACY_OFFICE)
    return User.objects.filter(Exists(once)).exclude(pk__in=holders_of(*rules.PRIVACY_OFFICE).values("pk"))


def ended_by_date() -> QuerySet[User]:
    """Former colleagues whose role in the Privacy Office ended by its date, each with that moment as `ended_at`."""
    ended = RoleGrant.objects.filter(
        user=OuterRef("pk"), role__in=rules.PRIVACY_OFFICE, revoked_at=None, expires_at__lte=Now()
    ).order_by("-expires_at")
    return former_colleagues().annotate(ended_at=Subquery(ended.values("expires_at")[:1])).exclude(ended_at=None)


def left_behind(user: User) -> QuerySet[Incident]:
    """The open cases this person may see that are in the hands of former colleagues."""
    return rules.visible_to(user).filter(UNSETTLED, assignee__in=former_colleagues().values("pk"))


def in_no_hands(user: User) -> tuple[int, int]:
    """How many open cases someone in the Privacy Office sees that nobody has, and how many former colleagues have.

    Counted up to CAP each, in one query.
    """
    both = (rules.visible_to(user).filter(UNSETTLED, assignee=None), left_behind(user))
    capped = [rows.values("pk")[:CAP].query.sql_with_params() for rows in both]
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS capped)" for sql, _ in capped)  # noqa: S608  the ORM's own SQL
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}", [param for _, params in capped for param in params])
        nobodys, left = cursor.fetchone()
    return nobodys, left


def open_cases_of(holder: User, user: User) -> QuerySet[Incident]:
    """The open cases this holder has, as far as the user may see them, due first."""
    return rules.visible_to(user).filter(UNSETTLED, assignee=holder).order_by("due_at", "pk")


def states_of(holder: User, user: User) -> list[tuple[str, int]]:
    """How many of these cases stand in each state; one query."""
    counted = open_cases_of(holder, user).order_by().values_list("status").annotate(number=Count("pk"))
    numbers = dict(counted)
    return [(str(label), numbers[value]) for value, label in Status.choices if value in numbers]


def holders(user: User) -> list[Holder]:
    """Who has open cases this person may see, former colleagues first, then by name; two queries."""
    here = set(holders_of(*rules.PRIVACY_OFFICE).values_list("pk", flat=True))
    rows = rules.visible_to(user).filter(UNSETTLED, assignee__isnull=False)
    counted = rows.values_list("assignee_id", "assignee__name").annotate(number=Count("pk")).order_by()
    found = [Holder(pk, name, number, pk not in here) for pk, name, number in counted]
    return sorted(found, key=lambda holder: (not holder.left, holder.name, holder.person_id))
