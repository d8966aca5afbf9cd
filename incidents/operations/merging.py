"""Working on several reports of one matter as one case, and taking one out again."""

from django.db import transaction

from audit import trail
from incidents import lifecycle, notices, parameters, rules
from incidents.models import Incident
from incidents.operations import casework
from people.models import User
from workflow import calendar, clock
from workflow.decisions import Denied, require
from workflow.lifecycle import advance

_MOVED_ON = Denied("Someone merged this report with another a moment ago. Look at it again.", conflict=True)


@transaction.atomic
def merge(incident: Incident, *, into: Incident, actor: User) -> Incident:
    """Work on this report as part of another; whoever is kept from either is kept from both from then on."""
    incident, into = _held(incident.pk, into.pk)
    require(rules.may_merge(actor, incident, into), action="incident.merge", record=incident)
    kept_from = _kept_from(incident) | _kept_from(into)
    if into.assignee_id in kept_from:
        casework.release(into, actor=actor)
    had_it, incident.assignee, incident.merged_into = incident.assignee, None, into
    event = advance(incident, lifecycle.MERGE, actor=actor, also=("merged_into", "assignee"), into=into.reference)
    trail.write("incident.merged_with", actor=actor, record=into, other=incident.reference)
    notices.withdraw_from(kept_from, into)
    notices.tell_of_merging(event, incident, into, actor=actor, had_it=had_it)
    notices.tell_staff(into)
    return incident


@transaction.atomic
def unmerge(incident: Incident, *, actor: User, out_of: str = "") -> Incident:
    """Let a merged report stand by itself again, with nobody's name on it and its own time for a first look.

    Where the actor was shown which report it is taken `out_of` (its number as people quote it), only of that one.
    """
    merged_into = Incident.objects.values_list("merged_into", flat=True).get(pk=incident.pk)
    incident, head = _held(incident.pk, merged_into or incident.pk)
    require(lifecycle.UNMERGE.check(actor, incident), action="incident.unmerge", record=incident)
    if incident.merged_into_id != head.pk or out_of not in {"", head.reference}:
        require(_MOVED_ON, action="incident.unmerge", record=incident)
    incident.merged_into = None
    incident.due_at = calendar.due_after(clock.now(), parameters.FIRST_LOOK_DAYS.value())
    event = advance(incident, lifecycle.UNMERGE, actor=actor, also=("merged_into", "due_at"), into=head.reference)
    trail.write("incident.unmerged_from", actor=actor, record=head, other=incident.reference)
    notices.tell_of_unmerging(event, incident, actor=actor)
    notices.tell_staff(incident)
    return incident


def _held(one: int, other: int) -> tuple[Incident, Incident]:
    # In the order of their numbers: of two who merge the same reports either way, the second waits and then reads why.
    rows = Incident.objects.select_for_update(of=("self",)).filter(pk__in={one, other}).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[one], found[other]


def _kept_from(incident: Incident) -> frozenset[int]:
    reporter = () if incident.reporter_id is None else (incident.reporter_id,)
    return rules.barred(incident).union(reporter)
