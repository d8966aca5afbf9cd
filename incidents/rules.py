"""What the policy says about incidents: who sees them, who works on them, what must be so before a step."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from incidents import conflicts
from incidents.choices import DECIDED, Ground, Kind, Status, Verb, YesNo
from incidents.models import Incident, Involvement, Unmasking
from people.directory import holders_of
from people.models import Role, User
from people.subtree import acts_as, below
from policies.clauses import Clause, enforces
from workflow.decisions import ALLOWED, Decision, Denied, first_denial

PRIVACY_OFFICE = (Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST)
STAFF = (*PRIVACY_OFFICE, Role.COUNSEL)


# --- Who sees what ---------------------------------------------------------------------------------------------------


def reported_by(user: User) -> QuerySet[Incident]:
    """The reports this person filed."""
    return Incident.objects.filter(reporter=user)


def visible_to(user: User) -> QuerySet[Incident]:
    """The incidents this person may see as staff; their own reports, and any that name them, are not among them."""
    theirs = _by_role(user).exclude(reporter=user)
    return theirs.exclude(_named(user)).exclude(Q(kind=Kind.ASKED) & _names_someone_below(user))


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


def _named(user: User) -> Exists:
    return Exists(Involvement.objects.filter(incident=OuterRef("pk"), person__in=acts_as(user)))


def _names_someone_below(user: User) -> Exists:
    return Exists(Involvement.objects.filter(incident=OuterRef("pk"), person__in=below(user)))


@enforces(Clause.II_B)
def barred(incident: Incident) -> frozenset[int]:
    """The ids of those kept from an incident: named in it, above them where an account was asked for, or standing in.

    One query where the incident was not read by for_reader.
    """
    ids = getattr(incident, "kept_from", None)
    if ids is None:
        rows = Incident.objects.filter(pk=incident.pk).annotate(ids=conflicts.BARRED)
        ids = rows.values_list("ids", flat=True).get()
    return frozenset(ids)


@enforces(Clause.II_B)
def staff_concerned(incident: Incident, *roles: Role) -> QuerySet[User]:
    """Who works on an incident or is told of it: the Privacy Office, and counsel where someone was asked.

    With roles given, only those of them who hold one.
    """
    asked = roles or (STAFF if incident.kind == Kind.ASKED else PRIVACY_OFFICE)
    return holders_of(*asked).exclude(pk__in=barred(incident)).exclude(pk=incident.reporter_id)


def holder_or_office(incident: Incident) -> list[User]:
    """Who hears of news in a case: whoever has it and still may, else all of the Privacy Office who may."""
    return holder_among(holders_of(*PRIVACY_OFFICE), incident)


def holder_among(office: Iterable[User], incident: Incident) -> list[User]:
    """The same of a Privacy Office already read: for many cases, whose `kept_from` was read with them."""
    kept_from = barred(incident) | {incident.reporter_id}
    impartial = [person for person in office if person.pk not in kept_from]
    return [person for person in impartial if person.pk == incident.assignee_id] or impartial


def knows_the_reporter(user: User, incident: Incident) -> bool:
    """Whether the reporter's name may be shown to this person."""
    if not incident.confidential or user.pk == incident.reporter_id:
        return True
    if (known := getattr(incident, "reader_knows", None)) is not None:
        return bool(known)
    return Unmasking.objects.filter(incident=incident, officer=user).exists()


# --- What a report must and must not say ------------------------------------------------------------------------------


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


@enforces(Clause.II_B)
def asking_was_allowed(incident: Incident) -> Decision:
    """No way of asking for a personal account is allowed: required, requested, suggested and caused all violate."""
    if incident.kind == Kind.ASKED:
        return Denied("DHS may not require, request, suggest or cause this (II(B)).")
    return ALLOWED


def statute_applies(incident: Incident) -> bool:
    """Whether the way of asking also falls under Ark. Code 11-2-124, which forbids requiring."""
    return incident.kind == Kind.ASKED and incident.verb == Verb.REQUIRED


@enforces(Clause.II_F)
def account_left_dhs_email(incident: Incident) -> Decision:
    """A personal account opened with a DHS e-mail must have been moved to a personal one."""
    if incident.kind == Kind.DHS_EMAIL and incident.moved_to_personal != YesNo.YES:
        return Denied("Use a personal e-mail for personal accounts (II(F)).")
    return ALLOWED


# --- Who works on it --------------------------------------------------------------------------------------------------


@enforces(Clause.II_A_3)
def is_impartial(actor: User, incident: Incident) -> Decision:
    """Neither someone named in the report nor its reporter works on it, whatever their role."""
    if actor.pk in {involvement.person_id for involvement in incident.involvements.all()}:
        return Denied("You are named in this report and cannot work on it.")
    if actor.pk in barred(incident):
        return Denied("You are above, or stand in for, someone named in this report and cannot work on it.")
    if actor.pk == incident.reporter_id:
        return Denied("You filed this report, so someone else works on it.")
    return ALLOWED


@enforces(Clause.II_A_3)
def may_work_on(actor: User, incident: Incident) -> Decision:
    """The Privacy Office works on incidents, impartially."""
    if not actor.has_role(*PRIVACY_OFFICE):
        return Denied("Only the Privacy Office works on incidents.")
    return is_impartial(actor, incident)


@enforces(Clause.II_A_3)
def may_be_assigned(person: User, incident: Incident) -> Decision:
    """Whether a case may be given to this person."""
    if may_work_on(person, incident):
        return ALLOWED
    return Denied(f"{person.name} cannot work on this case. Choose someone else from the Privacy Office.")


def assignable() -> QuerySet[User]:
    """Everyone in the Privacy Office: leaving out those who may not would tell who a confidential reporter is."""
    return holders_of(*PRIVACY_OFFICE).order_by("name")


@enforces(Clause.II_A_3)
def is_ready_for_review(actor: User, incident: Incident) -> Decision:
    """A review begins once someone has the case and a person has decided how severe it is."""
    allowed = may_work_on(actor, incident)
    if not allowed:
        return allowed
    if incident.assignee_id is None:
        return Denied("Give the case to someone first.", conflict=True)
    if not incident.severity:
        return Denied("Decide the severity first.", conflict=True)
    return ALLOWED


@enforces(Clause.II_A_3)
def may_decide(actor: User, incident: Incident) -> Decision:
    """A Privacy Officer decides what was found, impartially, once the case has a severity."""
    if not actor.has_role(Role.PRIVACY_OFFICER):
        return Denied("Only a Privacy Officer decides what was found.")
    return is_ready_for_review(actor, incident)


@enforces(Clause.II_A_3)
def may_close(actor: User, incident: Incident) -> Decision:
    """Only the Privacy Office closes, once everything II(F) asks for is done."""
    if not actor.has_role(*PRIVACY_OFFICE):
        return Denied("Only the Privacy Office may close an incident.")
    return first_denial(is_impartial(actor, incident), _stands_decided(incident), account_left_dhs_email(incident))


def _stands_decided(incident: Incident) -> Decision:
    if incident.status not in DECIDED:
        return Denied("Decide what was found first.", conflict=True)
    if incident.decided_by_id in barred(incident):
        return Denied("Whoever decided is named in this report now. Review the case again first.", conflict=True)
    return ALLOWED


@enforces(Clause.II_A_3)
def may_reopen(actor: User, incident: Incident) -> Decision:
    """A Privacy Officer reopens a closed case, impartially."""
    if not actor.has_role(Role.PRIVACY_OFFICER):
        return Denied("Only a Privacy Officer reopens a case.")
    return is_impartial(actor, incident)


@enforces(Clause.II_A_3)
def may_unmask(actor: User, incident: Incident) -> Decision:
    """A Privacy Officer may learn who a confidential reporter is; the reporter is shown who asked and why."""
    if not actor.has_role(Role.PRIVACY_OFFICER):
        return Denied("Only a Privacy Officer may ask who reported this.")
    if not incident.confidential:
        return Denied("The reporter gave their name; there is nothing to reveal.", conflict=True)
    return is_impartial(actor, incident)


def is_open(incident: Incident) -> Decision:
    """A closed case stays as it is until it is reopened."""
    if incident.status == Status.CLOSED:
        return Denied("This case is closed. Reopen it first.", conflict=True)
    return ALLOWED


def is_undecided(incident: Incident) -> Decision:
    """A decision stands on the severity it was made with."""
    if incident.status in DECIDED:
        return Denied("This is decided. Review the case again first.", conflict=True)
    return is_open(incident)


def may_reply(actor: User, incident: Incident) -> Decision:
    """The reporter answers in the thread as long as the report exists; the Privacy Office while it works on it."""
    if actor.pk == incident.reporter_id:
        return ALLOWED
    return may_work_on(actor, incident)
