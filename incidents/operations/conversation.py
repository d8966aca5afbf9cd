"""What is said about an incident: the thread with its reporter, and the Privacy Office's own notes."""

import uuid

from django.db import transaction

from audit import trail
from incidents import notices, rules
from incidents.models import Incident, Message
from incidents.operations.casework import locked
from people.models import User
from workflow import clock
from workflow.decisions import require


@transaction.atomic
def reply(incident: Incident, *, actor: User, body: str, submission: uuid.UUID) -> Message:
    """Write to the other side of the thread; the same words sent twice with one number are one message."""
    incident = locked(incident)
    require(rules.may_reply(actor, incident), action="incident.reply", record=incident)
    return _say(incident, actor, Message.Audience.THREAD, body, submission)


@transaction.atomic
def note(incident: Incident, *, actor: User, body: str, submission: uuid.UUID) -> Message:
    """Write a note that only the Privacy Office reads."""
    incident = locked(incident)
    require(rules.may_work_on(actor, incident), action="incident.note", record=incident)
    return _say(incident, actor, Message.Audience.OFFICE, body, submission)


@transaction.atomic
def reply_with_code(incident: Incident, *, body: str, submission: uuid.UUID) -> Message:
    """Whoever came with the code of a report writes to the Privacy Office; nobody knows who that is."""
    return _say(locked(incident), None, Message.Audience.THREAD, body, submission)


@transaction.atomic
def tell_without_code(incident: Incident, *, body: str, submission: uuid.UUID) -> Message:
    """Somebody without a code tells the Privacy Office something about a report; it stays unproven."""
    return _say(locked(incident), None, Message.Audience.OFFICE, body, submission)


def _say(incident: Incident, actor: User | None, audience: str, body: str, submission: uuid.UUID) -> Message:
    # The number a page sends may come back with other words, from another case or another person (a page restored, a
    # form copied). Counting the words in makes that a message of its own: only the very same is one and the same.
    number = uuid.uuid5(submission, f"{incident.pk} {actor.pk if actor else ''} {audience} {body}")
    unproven = actor is None and audience == Message.Audience.OFFICE
    said = {"incident": incident, "author": actor, "audience": audience, "body": body, "unproven": unproven}
    message, is_new = Message.objects.get_or_create(submission=number, defaults={**said, "sent_at": clock.now()})
    if is_new:
        trail.write(_action(message), actor=actor, record=incident)
        notices.tell_of_message(message)
    return message


def _action(message: Message) -> str:
    if message.unproven:
        return "incident.told"
    return "incident.replied" if message.audience == Message.Audience.THREAD else "incident.noted"
