"""Who works on an incident, and what must be so before a step: II(A)(3)."""

from typing import Protocol

from django.db.models import QuerySet

from incidents.choices import DECIDED, Kind, Status
from incidents.models import Incident, Task
from incidents.rules.report import account_left_dhs_email
from incidents.rules.sight import PRIVACY_OFFICE, barred, way_of_asking_is_recorded
from people.directory import holders_of
from people.models import Role, User
from policies.clauses import Clause, enforces
from workflow.decisions import ALLOWED, Decision, Denied, first_denial

HAS_TO_DO_WITH_IT = (
    "You are above, or stand in for, someone in this report, or it is merged with one that concerns you."
    " You cannot work on it."
)

# One sentence for every reason, without a name: else choosing a colleague would tell who a confidential reporter is.
NOT_FOR_THEM = Denied("This case cannot be given to the person you chose. Choose someone else.")


class Report(Protocol):
    """As much of a report as it takes to tell what it can be merged with."""

    @property
    def pk(self) -> int:
        """Its number."""

    @property
    def kind(self) -> str:
        """What it is about."""

    @property
    def status(self) -> str:
        """Where it stands."""

    @property
    def reference(self) -> str:
        """The number people quote."""


@enforces(Clause.II_A_3)
def is_impartial(actor: User, incident: Incident) -> Decision:
    """Neither someone named in the report nor its reporter works on it, whatever their role."""
    if actor.pk in barred(incident):
        return Denied(_why_barred(actor, incident))
    if actor.pk == incident.reporter_id:
        return Denied("You filed this report, so someone else works on it.")
    return ALLOWED


def _why_barred(actor: User, incident: Incident) -> str:
    if actor.pk in {involvement.person_id for involvement in incident.involvements.all()}:
        return "You are named in this report and cannot work on it."
    return HAS_TO_DO_WITH_IT


@enforces(Clause.II_A_3)
def may_work_on(actor: User, incident: Incident) -> Decision:
    """The Privacy Office works on incidents, impartially."""
    if not actor.has_role(*PRIVACY_OFFICE):
        return Denied("Only the Privacy Office works on incidents.")
    return is_impartial(actor, incident)


@enforces(Clause.II_A_3)
def may_be_assigned(person: User, incident: Incident) -> Decision:
    """Whether a case may be given to this person; a no never says why."""
    return ALLOWED if may_work_on(person, incident) else NOT_FOR_THEM


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
    return first_denial(is_ready_for_review(actor, incident), way_of_asking_is_recorded(incident))


@enforces(Clause.II_A_3)
def may_close(actor: User, incident: Incident) -> Decision:
    """Only the Privacy Office closes, once everything II(F) asks for is done."""
    if not actor.has_role(*PRIVACY_OFFICE):
        return Denied("Only the Privacy Office may close an incident.")
    return first_denial(
        is_impartial(actor, incident),
        _stands_decided(incident),
        account_left_dhs_email(incident),
        _tasks_are_settled(incident),
    )


def _tasks_are_settled(incident: Incident) -> Decision:
    if incident.status in DECIDED and any(task.state == Task.State.OPEN for task in incident.tasks.all()):
        return Denied("Some tasks are still to do. Finish them, or say why they are not needed.", conflict=True)
    return ALLOWED


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


def is_open(incident: Report) -> Decision:
    """A closed case stays as it is until it is reopened; a merged one until it is taken out again."""
    if incident.status == Status.CLOSED:
        return Denied("This case is closed. Reopen it first.", conflict=True)
    if incident.status == Status.MERGED:
        return Denied("This report is merged with another: work on that one, or take this one out.", conflict=True)
    return ALLOWED


@enforces(Clause.II_A_3)
def may_merge(actor: User, incident: Incident, into: Incident) -> Decision:
    """Two open reports of one matter may be worked on as one by whoever may work on both."""
    return first_denial(
        may_work_on(actor, incident),
        may_work_on(actor, into),
        suits(incident, into, takes_others_with_it=incident.merged.exists()),
    )


def suits(incident: Report, into: Report, *, takes_others_with_it: bool) -> Decision:
    """Whether two reports can be worked on as one, whoever asks; no query."""
    if incident.pk == into.pk:
        return Denied("This is the same report. Enter the number of the other one.")
    if (incident.kind == Kind.ASKED) != (into.kind == Kind.ASKED):
        return Denied("Someone who was asked for an account is only merged with a report of the same kind.")
    if takes_others_with_it:
        return Denied("Other reports are merged into this one. Merge the other way round.", conflict=True)
    return first_denial(is_undecided(incident), _takes_others(into))


def _takes_others(into: Report) -> Decision:
    if into.status == Status.CLOSED:
        return Denied(f"{into.reference} is closed. Reopen it first.", conflict=True)
    if into.status == Status.MERGED:
        return Denied(f"{into.reference} is merged with another report. Enter the number of that one.", conflict=True)
    return ALLOWED


@enforces(Clause.II_A_3)
def kind_suits_its_family(incident: Incident, kind: str) -> Decision:
    """Whoever was asked for an account is protected by more: merged reports are all of that kind, or none is."""
    if (incident.kind == Kind.ASKED) != (kind == Kind.ASKED) and incident.merged.exists():
        return Denied("Take the reports merged into this one out first, then change its kind.", conflict=True)
    return ALLOWED


@enforces(Clause.II_A_3)
def kind_suits_its_decision(incident: Incident, kind: str) -> Decision:
    """What was found was found of one kind of report: each asks other questions before a decision counts."""
    if incident.status in DECIDED and kind != incident.kind:
        return Denied("This is decided. Review the case again first, then change its kind.", conflict=True)
    return ALLOWED


def is_undecided(incident: Report) -> Decision:
    """A decision stands on the severity it was made with."""
    if incident.status in DECIDED:
        return Denied("This is decided. Review the case again first.", conflict=True)
    return is_open(incident)


def may_reply(actor: User, incident: Incident) -> Decision:
    """The reporter answers in the thread as long as the report exists; the Privacy Office while it works on it."""
    if actor.pk == incident.reporter_id:
        return ALLOWED
    return may_work_on(actor, incident)
