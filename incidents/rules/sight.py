"""Who sees which incident, who is kept from it, and what follows where someone was asked for an account."""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from incidents import conflicts
from incidents.choices import Ground, Kind, Verb
from incidents.models import Incident, Involvement, Unmasking
from people.directory import holders_of, read_holders
from people.models import Role, User
from people.planned import Planned
from people.prepared import HERE, Prepared
from policies.clauses import Clause, enforces
from workflow.decisions import ALLOWED, Decision, Denied

PRIVACY_OFFICE = (Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST)
STAFF = (*PRIVACY_OFFICE, Role.COUNSEL)


def reported_by(user: User) -> QuerySet[Incident]:
    """The reports this person filed."""
    return Incident.objects.filter(reporter=user)


def visible_to(user: User) -> QuerySet[Incident]:
    """The incidents this person may see as staff; neither their own reports nor any with a conflict of interest."""
    return _by_role(user).exclude(family__in=conflicts.hidden_from(user))


def for_reader(rows: QuerySet[Incident], user: User) -> QuerySet[Incident]:
    """The same incidents with everyone who stands in them and what this reader may know, in two queries."""
    named = Prefetch("involvements", Involvement.objects.select_related("person").order_by("pk"))
    asked_for_name = Exists(Unmasking.objects.filter(incident=OuterRef("pk"), officer=user))
    people = rows.select_related("assignee", "reporter", "decided_by").prefetch_related(named)
    return people.annotate(kept_from=conflicts.BARRED, reader_knows=asked_for_name)


def sees(user: User, incident_id: str) -> bool:
    """Whether this person sees the incident as its reporter or as staff; one or two queries."""
    rows = reported_by(user).filter(pk=incident_id)
    return rows.exists() or visible_to(user).filter(pk=incident_id).exists()


def _by_role(user: User) -> QuerySet[Incident]:
    if user.has_role(*PRIVACY_OFFICE):
        return Incident.objects.all()
    if user.has_role(Role.COUNSEL):
        return Incident.objects.filter(kind=Kind.ASKED)
    return Incident.objects.none()


@enforces(Clause.II_B)
def barred(incident: Incident) -> frozenset[int]:
    """The ids of those kept from an incident: named in its family, above them or the reporter where an account was
    asked for, standing in for these, or the reporter of a merged report.

    One query where the incident was not read by for_reader.
    """
    ids = getattr(incident, "kept_from", None)
    if ids is None:
        ids = vars(_KEPT_FROM.rows(incident.pk)[0])["ids"]
    return frozenset(ids)


_KEPT_FROM = Prepared(lambda number: Incident.objects.filter(pk=number).only("pk").annotate(ids=conflicts.BARRED))


@enforces(Clause.II_B)
def staff_concerned(incident: Incident, *roles: Role) -> QuerySet[User]:
    """Who works on an incident or is told of it: the Privacy Office, and counsel where someone was asked.

    With roles given, only those of them who hold one.
    """
    asked = roles or (STAFF if incident.kind == Kind.ASKED else PRIVACY_OFFICE)
    return holders_of(*asked).exclude(pk__in=barred(incident) | {incident.reporter_id})


class Colleague(NamedTuple):
    """Someone in the Privacy Office, by as much as it takes to tell them."""

    pk: int
    email: str
    is_active: bool


def office_for(incident: Incident) -> list[Colleague]:
    """Everyone in the Privacy Office who may work on an incident, as things stand in the database; one query."""
    return [Colleague(*row) for row in _office_for().rows(incident.pk)]


@cache
def _office_for() -> Planned:
    sql, params = _impartial_office(HERE).values_list("pk", "email", "is_active").query.sql_with_params()
    return Planned(sql, params, asks=[HERE])


def _impartial_office(number: int) -> QuerySet[User]:
    reporter = "SELECT reporter_id FROM incidents_incident WHERE id = %s AND reporter_id IS NOT NULL"
    kept_from = f"SELECT unnest(incident_kept_from(%s, %s)) UNION ALL {reporter}"
    return holders_of(*PRIVACY_OFFICE).exclude(pk__in=RawSQL(kept_from, (number, settings.TIME_ZONE, number)))  # noqa: S611


def holder_or_office(incident: Incident) -> list[User]:
    """Who hears of news in a case: whoever has it and still may, else all of the Privacy Office who may."""
    return holder_among(read_holders(*PRIVACY_OFFICE), incident)


def holder_among(office: Iterable[User], incident: Incident) -> list[User]:
    """The same of a Privacy Office already read: for many cases, whose `kept_from` was read with them."""
    kept_from = barred(incident) | {incident.reporter_id}
    impartial = [person for person in office if person.pk not in kept_from]
    return [person for person in impartial if person.pk == _holder(incident)] or impartial


def _holder(incident: Incident) -> int | None:
    # Whoever has a case has the reports merged into it.
    return incident.assignee_id if incident.merged_into is None else incident.merged_into.assignee_id


def knows_the_reporter(user: User, incident: Incident) -> bool:
    """Whether the reporter's name may be shown to this person."""
    if incident.is_public or not incident.confidential or user.pk == incident.reporter_id:
        return True
    if (known := getattr(incident, "reader_knows", None)) is not None:
        return bool(known)
    return Unmasking.objects.filter(incident=incident, officer=user).exists()


ASKING_IS_BARRED = Denied("DHS may not require, request, suggest or cause this (II(B)).")


@enforces(Clause.II_B)
def asking_was_allowed(incident: Incident) -> Decision:
    """No way of asking for a personal account is allowed: required, requested, suggested and caused all violate."""
    return ASKING_IS_BARRED if incident.kind == Kind.ASKED else ALLOWED


@enforces(Clause.II_B_2)
def way_of_asking_is_recorded(incident: Incident) -> Decision:
    """Which of the four it was must be on record before a report of being asked is decided."""
    if incident.kind == Kind.ASKED and not incident.verb:
        return Denied("Record how they asked first: required, requested, suggested or caused (II(B)).", conflict=True)
    return ALLOWED


@enforces(Clause.II_B_3)
def ground_answers_asking(incident: Incident, ground: str) -> Decision:
    """Asking violates in all four ways, whatever came of it, so only what shows that nobody asked ends such a case."""
    if incident.kind == Kind.ASKED and ground in {Ground.NOT_CONFIDENTIAL, Ground.NOT_EXPOSED}:
        return ASKING_IS_BARRED
    return ALLOWED


@enforces(Clause.II_B_3)
def statute_applies(incident: Incident) -> bool:
    """Whether the way of asking also falls under Ark. Code 11-2-124, which forbids requiring."""
    return incident.kind == Kind.ASKED and incident.verb == Verb.REQUIRED
