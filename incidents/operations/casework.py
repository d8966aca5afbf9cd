"""What the Privacy Office does with an incident: each verb locks, checks, changes, writes down and tells."""

from typing import Any, TypedDict, Unpack

from django.db import transaction

from audit import trail
from incidents import lifecycle, notices, parameters, rules
from incidents.choices import Kind, Severity, Status
from incidents.models import Incident, Involvement, Message, Task, Unmasking
from incidents.severity import suggest
from people.models import Unit, User
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
        first_denial(rules.may_work_on(actor, incident), rules.is_open(incident), _is_free(incident, actor)),
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


def may_be_given(incident: Incident, *, actor: User, to: User) -> Decision:
    """Whether the case may be given to this colleague; that one was tried who may not have it is written down."""
    decision = rules.may_be_assigned(to, incident)
    if isinstance(decision, Denied):
        trail.refused("incident.assign", actor=actor, record=incident, **decision.facts)
    return decision


def _is_free(incident: Incident, actor: User) -> Decision:
    if incident.assignee is None or incident.assignee == actor:
        return ALLOWED
    return Denied(f"{incident.assignee.name} took this case a moment ago.", conflict=True)


def _give(incident: Incident, *, to: User, actor: User) -> Incident:
    if incident.assignee == to:
        return incident
    incident.assignee = to
    incident.save(update_fields=["assignee"])
    event = trail.write("incident.assigned", actor=actor, record=incident, to=to.name)
    notices.tell_of_assignment(event, incident, actor=actor)
    return incident


@transaction.atomic
def start_triage(incident: Incident, *, actor: User) -> Incident:
    """Take a reported or reopened case up, with the checklist of its kind; whoever starts an unassigned one has it."""
    incident = locked(incident)
    counted_from = clock.now() if incident.status == Status.REOPENED else incident.reported_at
    incident.due_at = calendar.due_after(counted_from, parameters.DECISION_DAYS.value())
    incident.looked_at = incident.looked_at or clock.now()
    incident.save(update_fields=["due_at", "looked_at"])
    advance(incident, lifecycle.START_TRIAGE, actor=actor, tasks=_lay_out_tasks(incident))
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


def _lay_out_tasks(incident: Incident) -> int:
    """Add what the checklist of the case's kind asks for and is not there yet; says how many tasks that is."""
    there = set(incident.tasks.values_list("text", flat=True))
    missing = [text for text in parameters.CHECKLISTS[Kind(incident.kind)].value() if text not in there]
    Task.objects.bulk_create(Task(incident=incident, text=text) for text in missing)
    return len(missing)


class Known(TypedDict, total=False):
    """What the Privacy Office may learn after a report was made."""

    kind: Kind
    verb: str
    still_live: str
    moved_to_personal: str
    division: Unit | None


@transaction.atomic
def reclassify(incident: Incident, *, actor: User, **now_known: Unpack[Known]) -> Incident:
    """Correct what is known, as the Privacy Office learns more; a new kind brings the tasks it asks for."""
    incident = locked(incident)
    kind = now_known.get("kind", incident.kind)
    require(
        first_denial(
            rules.may_work_on(actor, incident),
            rules.is_open(incident),
            rules.kind_suits_its_family(incident, kind),
            rules.kind_suits_its_decision(incident, kind),
        ),
        action="incident.reclassify",
        record=incident,
    )
    changed = {name: value for name, value in now_known.items() if value != getattr(incident, name)}
    facts = {f"{name}_before": _as_text(getattr(incident, name)) for name in changed}
    for name, value in changed.items():
        setattr(incident, name, value)
        facts[name] = _as_text(value)
    incident.save(update_fields=list(changed))
    if "kind" in changed and incident.status != Status.REPORTED:
        facts["tasks"] = _lay_out_tasks(incident)
    if changed:
        trail.write("incident.reclassified", actor=actor, record=incident, **facts)
    return _without_conflicts(incident, actor)


def _as_text(value: Any) -> Any:
    return value.name if isinstance(value, Unit) else value


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
        release(incident, actor=actor)
    _, is_new = Involvement.objects.get_or_create(
        incident=incident, person=person, defaults={"named_by": actor, "named_at": clock.now()}
    )
    if is_new:
        trail.write("incident.person_named", actor=actor, record=incident, person=person.pk)
    return _without_conflicts(incident, actor)


def _without_conflicts(incident: Incident, actor: User) -> Incident:
    # What changed who is kept from the case also takes it, and what they were told of it, from them.
    kept_from_it = rules.barred(incident)
    if incident.assignee_id in kept_from_it:
        release(incident, actor=actor)
    notices.withdraw_from(kept_from_it, incident)
    notices.tell_staff(incident)
    return incident


def release(incident: Incident, *, actor: User) -> None:
    """Take a held case from whoever has it; all of the office who may work on it hear that nobody has it."""
    incident.assignee = None
    incident.save(update_fields=["assignee"])
    event = trail.write("incident.unassigned", actor=actor, record=incident)
    notices.tell_of_nobody(event, incident)


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
    counts = first_denial(rules.ground_counts(ground), rules.ground_answers_asking(incident, ground))
    require(counts, action=action, record=incident)
    incident.finding, incident.ground = finding, ground
    incident.decided_by, incident.decided_at = actor, clock.now()
    incident.save(update_fields=["finding", "ground", "decided_by", "decided_at"])
    facts: dict[str, Any] = {"ground": ground} if ground else {}
    event = advance(incident, transition, actor=actor, **facts)
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
