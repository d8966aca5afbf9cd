"""What is done at the desk as a whole: several cases given to one colleague, filters kept, the list taken away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import DatabaseError, transaction

from audit import trail
from incidents import rules
from incidents.models import Incident, SavedView
from incidents.operations import casework
from people.models import User
from workflow.decisions import ALLOWED, Decision, Denied, Refused, first_denial, require
from workflow.refusals import denied_by

MOST_VIEWS = 20


@dataclass
class HandedOut:
    """What became of each case: given now, theirs already, not for this person, or refused with a sentence."""

    given: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    not_for_them: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def hand_out(incidents: Iterable[Incident], *, actor: User, to: User) -> HandedOut:
    """Give these cases to a colleague, each in a transaction of its own: what one is refused stops no other."""
    told = HandedOut()
    for incident in incidents:
        try:
            (told.given if _give(incident, actor=actor, to=to) else told.theirs).append(incident.reference)
        except (Refused, DatabaseError) as refusal:
            if (denied := denied_by(refusal)) is None:
                raise
            _keep(told, incident, denied, actor=actor)
    return told


def _keep(told: HandedOut, incident: Incident, denied: Denied, *, actor: User) -> None:
    trail.refused("incident.assign", actor=actor, record=incident, **denied.facts)
    if denied == rules.NOT_FOR_THEM:
        told.not_for_them.append(incident.reference)
    else:
        told.refused.append((incident.reference, denied.reason))


@transaction.atomic
def _give(incident: Incident, *, actor: User, to: User) -> bool:
    # Of two clicks at once the second waits here, and then finds the case given.
    if casework.locked(incident).assignee_id == to.pk:
        return False
    casework.assign(incident, actor=actor, to=to)
    return True


@transaction.atomic
def save_view(*, actor: User, name: str, query: str) -> SavedView:
    """Keep a filter under a name of one's own."""
    # One at a time for each person, so that two tabs do not both find the name free.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    kept = list(actor.saved_views.values_list("name", flat=True))
    require(first_denial(_is_new(name, kept), _has_room(kept)), action="incident.save_view")
    view = SavedView.objects.create(owner=actor, name=name, query=query)
    trail.write("incident.view_saved", actor=actor, record=view)
    return view


def _is_new(name: str, kept: list[str]) -> Decision:
    if name.casefold() in {each.casefold() for each in kept}:
        return Denied("You have a view of this name. Choose another name, or delete that view first.", conflict=True)
    return ALLOWED


def _has_room(kept: list[str]) -> Decision:
    if len(kept) >= MOST_VIEWS:
        return Denied(f"You have {MOST_VIEWS} saved views. Delete one first.", conflict=True)
    return ALLOWED


@transaction.atomic
def delete_view(view: SavedView, *, actor: User) -> None:
    """Forget a saved filter."""
    trail.write("incident.view_deleted", actor=actor, record=view)
    SavedView.objects.filter(pk=view.pk).delete()


@transaction.atomic
def begin_export(*, actor: User, filters: Iterable[str]) -> None:
    """Write down that a list is taken away, before any of it is; what was searched for is not kept."""
    trail.write("incident.exported", actor=actor, record=None, filters=sorted(filters))


@transaction.atomic
def end_export(*, actor: User, rows: int) -> None:
    """Write down how many incidents the list had when it ended, or was broken off."""
    trail.write("incident.export_ended", actor=actor, record=None, rows=rows)
