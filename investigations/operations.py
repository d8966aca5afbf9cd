"""What happens in an investigation: it is opened, people join and leave, it is closed; each in one transaction."""

import uuid

from django.db import IntegrityError, transaction

from audit import trail
from investigations import closing, lifecycle, notices, rules
from investigations.models import Investigation, Member
from people.models import User
from workflow import clock
from workflow.decisions import require
from workflow.lifecycle import advance


@transaction.atomic
def open_investigation(
    number: str, *, actor: User, office: str, allegation: str, submission: uuid.UUID
) -> Investigation:
    """Open one for an office, and take part in it; sent twice, it is one. Raises Refused, also for a number in use."""
    number = number.strip().upper()
    # Whoever goes back and sends the page with another number opens another one.
    submission = uuid.uuid5(submission, f"{actor.pk} {number} {office} {allegation}")
    known = Investigation.objects.filter(submission=submission).first()
    if known is not None:
        return known
    require(rules.may_open(actor, office), action="investigation.open")
    opened = Investigation(number=number, office=office, allegation=allegation, opened_by=actor, submission=submission)
    return _open_once(opened)


@transaction.atomic
def add_member(investigation: Investigation, person: User, *, actor: User) -> Member:
    """Have someone take part, and tell them."""
    investigation, person = locked(investigation), User.objects.get(pk=person.pk)
    decision = rules.may_add_member(actor, investigation, person)
    require(decision, action="investigation.add_member", record=investigation)
    member = _join(investigation, person, actor)
    event = trail.write("investigation.member_added", actor=actor, record=investigation, person=person.pk)
    notices.tell_member(event, investigation, person, actor=actor)
    return member


@transaction.atomic
def remove_member(member: Member, *, actor: User) -> Member:
    """Have someone take part no longer; what they were told is gone with their sight of it."""
    locked(member.investigation)
    member = Member.objects.select_related("investigation", "person").get(pk=member.pk)
    investigation = member.investigation
    require(rules.may_remove_member(actor, member), action="investigation.remove_member", record=investigation)
    member.removed_by, member.removed_at = actor, clock.now()
    member.save(update_fields=["removed_by", "removed_at"])
    trail.write("investigation.member_removed", actor=actor, record=investigation, person=member.person_id)
    notices.take_back(investigation, member.person)
    return member


@transaction.atomic
def close(investigation: Investigation, *, actor: User, outcome: str) -> Investigation:
    """Close it for good; whoever takes part hears of it, and so does all that rests on it."""
    investigation = locked(investigation)
    said = {"outcome": outcome, "closed_by": actor, "closed_at": clock.now()}
    event = advance(investigation, lifecycle.CLOSE, actor=actor, also=said)
    notices.tell_of_closing(event, investigation, actor=actor)
    closing.tell(investigation, actor)
    return investigation


def locked(investigation: Investigation) -> Investigation:
    """The investigation as it stands now, with nobody else changing it until the transaction ends."""
    Investigation.objects.select_for_update().get(pk=investigation.pk)
    # Read once it is ours: a join in the statement that waited would still find what was before.
    return Investigation.objects.select_related("opened_by", "closed_by").get(pk=investigation.pk)


def _open_once(opened: Investigation) -> Investigation:
    try:
        with transaction.atomic():
            return _open(opened)
    except IntegrityError:
        # Someone has the number already: the other click of a double click, or another investigation.
        if known := Investigation.objects.filter(submission=opened.submission).first():
            return known
        require(rules.is_free(opened.number), action="investigation.open")
        raise


def _open(opened: Investigation) -> Investigation:
    actor = opened.opened_by
    opened.opened_at = clock.now()
    opened.save(force_insert=True)
    _join(opened, actor, actor)
    facts = {"office": opened.office, "allegation": opened.allegation}
    trail.write("investigation.opened", actor=actor, record=opened, **facts)
    return opened


def _join(investigation: Investigation, person: User, actor: User) -> Member:
    return Member.objects.create(investigation=investigation, person=person, added_by=actor, added_at=clock.now())
