"""IT Security confirms what it set up and what it removed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from access_requests import lifecycle, notices
from access_requests.models import AccessRequest
from access_requests.operations import turns
from access_requests.parameters import REVIEW_DAYS
from people.models import User
from workflow import clock
from workflow.lifecycle import advance


@dataclass(frozen=True)
class Provision:
    """What was set up, where (proxy, firewall, device), and on which day."""

    what: str
    where: str
    on: date


@transaction.atomic
def grant(request: AccessRequest, provision: Provision, *, actor: User) -> AccessRequest:
    """Confirm that access was set up: it is in force from now on, until its last day."""
    request = turns.locked(request)
    set_up = {
        "granted_by": actor,
        "granted_at": clock.now(),
        "provided_what": provision.what,
        "provided_where": provision.where,
        "provided_on": provision.on,
        "review_on": clock.today() + timedelta(days=REVIEW_DAYS.value()),
    }
    event = advance(request, lifecycle.GRANT, actor=actor, also=set_up)
    notices.tell_requester("granted", event, request)
    return request


@transaction.atomic
def remove(request: AccessRequest, *, actor: User, where: str, on: date) -> AccessRequest:
    """Confirm that access which is over was removed, where and on which day."""
    request = turns.locked(request)
    removed = {"removed_by": actor, "removed_at": clock.now(), "removed_where": where, "removed_on": on}
    event = advance(request, lifecycle.REMOVE, actor=actor, also=removed)
    notices.tell_requester("removed", event, request)
    return request
