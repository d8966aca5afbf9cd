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


def _say(incident: Incident, actor: User, audience: str, body: str, submission: uuid.UUID) -> Message:
    # The number a page sends may come back with other words, from another case or another person (a page restored, a
    # form copied). Counting the words in makes that a message of its own: only the very same is one and the same.
    number = uuid.uuid5(submission, f"{incident.pk} {actor.pk} {audience} {body}")
    message, is_new = Message.objects.get_or_create(
        submission=number,
        defaults={"incident": incident, "author": actor, "audience": audience, "body": body, "sent_at": clock.now()},
    )
    if is_new:
        action = "incident.replied" if audience == Message.Audience.THREAD else "incident.noted"
        trail.write(action, actor=actor, record=incident)
        notices.tell_of_message(message)
    return message
