"""What a person can choose from in the queue: colleagues, divisions, sites, and the views they saved."""

from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef, QuerySet

from incidents import parameters, rules
from incidents.models import SavedView
from people.directory import holders_of
from people.divisions import divisions
from people.lately import Lately
from people.models import RoleGrant, User
from people.planned import Planned
from people.prepared import HERE

Choices = tuple[tuple[str, str], ...]

_SAVED_AND_COLLEAGUES = """
    SELECT 'view', id, name, query FROM incidents_savedview WHERE owner_id = %s
    UNION ALL SELECT CASE WHEN works_here THEN 'colleague' ELSE 'former' END, id, name, '' FROM ({people}) AS person
    ORDER BY 3, 2
"""


@dataclass(frozen=True)
class View:
    """A filter someone keeps under a name."""

    pk: int
    name: str
    query: str


@dataclass(frozen=True)
class Offered:
    """Everything there is to choose from, by name; `former` are those who once were in the office."""

    colleagues: Choices
    former: Choices
    divisions: Choices
    platforms: tuple[str, ...]


def to(user: User) -> tuple[Offered, tuple[View, ...]]:
    """What this person can choose from, and their own saved views; one query, and now and then one for divisions."""
    found = _saved_and_colleagues().rows(user.pk)
    colleagues, former = (
        tuple((str(pk), name) for what, pk, name, _ in found if what == kind) for kind in ("colleague", "former")
    )
    platforms = (*parameters.PLATFORMS.value(), parameters.OTHER_PLATFORM)
    saved = tuple(View(pk, name, query) for what, pk, name, query in found if what == "view")
    return Offered(colleagues, former, _DIVISIONS.value(), platforms), saved


def views_of(user: User) -> QuerySet[SavedView]:
    """The views this person saved; nobody sees another's."""
    return SavedView.objects.filter(owner=user)


def _divisions() -> Choices:
    return tuple((str(pk), name) for pk, name in divisions().values_list("pk", "name"))


# Divisions come and go some times a year: each process reads them once a minute.
_DIVISIONS = Lately(_divisions, seconds=60.0)


@cache
def _saved_and_colleagues() -> Planned:
    # Cases of someone who left the office must still be found by their name.
    ever = RoleGrant.objects.filter(user=OuterRef("pk"), role__in=rules.PRIVACY_OFFICE)
    now = holders_of(*rules.PRIVACY_OFFICE).filter(pk=OuterRef("pk")).order_by()
    people = User.objects.filter(Exists(ever)).annotate(works_here=Exists(now)).values("id", "name", "works_here")
    sql, params = people.query.sql_with_params()
    return Planned(_SAVED_AND_COLLEAGUES.format(people=sql), [HERE, *params], asks=[HERE])
