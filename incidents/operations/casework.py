"""What the Privacy Office does with an incident: each verb locks, checks, changes, writes down and tells."""

from django.db import transaction

from audit import trail
from incidents import lifecycle, notices, parameters, rules
from incidents.choices import Kind, Severity, Status
from incidents.models import Incident, Involvement, Message, Unmasking
from incidents.severity import suggest
from people.models import User
from workflow import calendar, clock
from workflow.decisions import ALLOWED, Decision, Denied, first_denial, require
from workflow.lifecycle import Transition, advance


def locked(incident: Incident) -> Incident:
    """The incident as it stands now, held until the transaction ends."""
    return Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)


@transaction.atomic
def take(incident: Incident, *, actor: User) -> Incident:
    """Give oneself an unassigned case; of two who try at once, the second reads who was first."""
    incident = locked(incident)
    require(
        first_denial(rules.may_work_on(actor, incident), rules.is_open(incident), _is_free(incident)),
        action="incident.take",
        record=incident,
    )
    return _give(incident, to=actor, actor=actor)


@transaction.atomic
def assign(incident: Incident, *, actor: User, to: User) -> Incident:
    """Give the case to a colleague in the Privacy Office who may work on it."""
    incident = locked(incident)
    require(
        first_denial(rules.may_work_on(actor, incident), rules.is_open(incident), rules.may_be_assigned(to, incident)),
        action="incident.assign",
        record=incident,
    )
    return _give(incident, to=to, actor=actor)


def _is_free(incident: Incident) -> Decision:
    if incident.assignee is None:
        return ALLOWED
    return Denied(f"{incident.assignee.name} took this case a moment ago.", conflict=True)


def _give(incident: Incident, *, to: User, actor: User) -> Incident:
    incident.assignee = to
    incident.save(update_fields=["assignee"])
    event = trail.write("incident.assigned", actor=actor, record=incident, to=to.name)
    notices.tell_of_assignment(event, incident, actor=actor)
    return incident


@transaction.atomic
def start_triage(incident: Incident, *, actor: User) -> Incident:
    """Take a reported or reopened case up; whoever starts an unassigned one has it."""
    incident = locked(incident)
    counted_from = clock.now() if incident.status == Status.REOPENED else incident.reported_at
    incident.due_at = calendar.due_after(counted_from, parameters.DECISION_DAYS.value())
    incident.save(update_fields=["due_at"])
    advance(incident, lifecycle.START_TRIAGE, actor=actor)
    if incident.assignee is None:
        _give(incident, to=actor, actor=actor)
    return incident


@transaction.atomic
def decide_severity(incident: Incident, *, actor: User, severity: Severity, reason: str) -> Incident:
    """Record how severe a person finds the incident, beside what the answers suggested."""
    incident = locked(incident)
    require(
        first_denial(rules.may_work_on(actor, incident), rules.is_undecided(incident)),
        action="incident.severity",
        record=incident,
    )
    incident.severity, incident.severity_reason = severity, reason
    incident.save(update_fields=["severity", "severity_reason"])
    suggested = suggest(incident).severity
    trail.write("incident.severity", actor=actor, record=incident, severity=severity, suggested=suggested)
    return incident


@transaction.atomic
def reclassify(incident: Incident, *, actor: User, kind: Kind, still_live: str, moved_to_personal: str) -> Incident:
    """Correct the kind of report and whether the matter is contained, as the Privacy Office learns more."""
    incident = locked(incident)
    require(
        first_denial(rules.may_work_on(actor, incident), rules.is_open(incident)),
        action="incident.reclassify",
        record=incident,
    )
    now_known = {"kind": kind, "still_live": still_live, "moved_to_personal": moved_to_personal}
    before = {f"{name}_before": getattr(incident, name) for name in now_known}
    for name, value in now_known.items():
        setattr(incident, name, value)
    incident.save(update_fields=list(now_known))
    trail.write("incident.reclassified", actor=actor, record=incident, **now_known, **before)
    return _without_conflicts(incident)


@transaction.atomic
def name_person(incident: Incident, *, actor: User, person: User) -> Incident:
    """Add someone to the people involved; the case leaves their sight and their hands at once."""
    incident = locked(incident)
    require(
        first_denial(rules.may_work_on(actor, incident), rules.is_open(incident)),
        action="incident.name_person",
        record=incident,
    )
    if incident.assignee_id == person.pk:
        _take_away(incident)
    _, is_new = Involvement.objects.get_or_create(
        incident=incident, person=person, defaults={"named_by": actor, "named_at": clock.now()}
    )
    if is_new:
        trail.write("incident.person_named", actor=actor, record=incident, person=person.pk)
    return _without_conflicts(incident)


def _without_conflicts(incident: Incident) -> Incident:
    # What changed who is kept from the case also takes it, and what they were told of it, from them.
    kept_from_it = rules.barred(incident)
    if incident.assignee_id in kept_from_it:
        _take_away(incident)
    notices.withdraw_from(kept_from_it, incident)
    notices.tell_staff(incident)
    return incident


def _take_away(incident: Incident) -> None:
    incident.assignee = None
    incident.save(update_fields=["assignee"])


@transaction.atomic
def begin_review(incident: Incident, *, actor: User) -> Incident:
    """Pass a triaged case on to review."""
    incident = locked(incident)
    event = advance(incident, lifecycle.BEGIN_REVIEW, actor=actor)
    notices.tell_officers_of_review(event, incident, actor=actor)
    return incident


@transaction.atomic
def decide(
    incident: Incident, transition: Transition[Incident], *, actor: User, finding: str, ground: str = ""
) -> Incident:
    """Record what was found, by whom and why; the reporter is told that there is a decision, never more."""
    incident = locked(incident)
    action = f"incident.{transition.name}"
    require(transition.check(actor, incident), action=action, record=incident)
    require(rules.ground_counts(ground), action=action, record=incident)
    incident.finding, incident.ground = finding, ground
    incident.decided_by, incident.decided_at = actor, clock.now()
    incident.save(update_fields=["finding", "ground", "decided_by", "decided_at"])
    event = advance(incident, transition, actor=actor, **({"ground": ground} if ground else {}))
    notices.tell_reporter("decided", event, incident)
    return incident


@transaction.atomic
def review_again(incident: Incident, *, actor: User) -> Incident:
    """Take a decision back, so that it is made anew before the case is closed."""
    incident = locked(incident)
    event = advance(incident, lifecycle.REVIEW_AGAIN, actor=actor)
    notices.tell_officers_of_review(event, incident, actor=actor)
    return incident


@transaction.atomic
def close(incident: Incident, *, actor: User) -> Incident:
    """End the case; it can be reopened."""
    incident = locked(incident)
    require(lifecycle.CLOSE.check(actor, incident), action="incident.close", record=incident)
    incident.closed_at = clock.now()
    incident.save(update_fields=["closed_at"])
    event = advance(incident, lifecycle.CLOSE, actor=actor)
    notices.tell_reporter("closed", event, incident)
    return incident


@transaction.atomic
def reopen(incident: Incident, *, actor: User, reason: str) -> Incident:
    """Take a closed case up again for a reason kept as an office note; its targets start anew."""
    incident = locked(incident)
    event = advance(incident, lifecycle.REOPEN, actor=actor)
    note = Message(incident=incident, author=actor, audience=Message.Audience.OFFICE, body=reason, sent_at=clock.now())
    note.save(force_insert=True)
    incident.due_at = calendar.due_after(clock.now(), parameters.FIRST_LOOK_DAYS.value())
    incident.save(update_fields=["due_at"])
    notices.tell_reporter("reopened", event, incident)
    return incident


@transaction.atomic
def unmask(incident: Incident, *, actor: User, reason: str) -> Incident:
    """Show one Privacy Officer who a confidential reporter is; the reporter reads who asked and why."""
    incident = locked(incident)
    require(rules.may_unmask(actor, incident), action="incident.unmask", record=incident)
    if rules.knows_the_reporter(actor, incident):
        return incident
    Unmasking.objects.create(incident=incident, officer=actor, reason=reason, at=clock.now())
    event = trail.write("incident.unmasked", actor=actor, record=incident)
    notices.tell_reporter("unmasked", event, incident)
    return incident
