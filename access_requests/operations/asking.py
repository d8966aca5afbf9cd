"""Writing a request for access, sending it up the chain of command, and taking it back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from access_requests import lifecycle, notices, routing, rules
from access_requests.models import AccessRequest, Turn
from access_requests.operations import turns
from audit import trail
from investigations.models import Investigation
from people.models import User
from workflow import clock
from workflow.decisions import Denied, Refused, require
from workflow.lifecycle import advance

NOT_WRITTEN = "This is {state} now. Copy it into a new request to change it."


@dataclass(frozen=True)
class Wish:
    """What a request asks for, as far as it is written; whether that is enough is asked when it is sent."""

    sites: Sequence[str] = ()
    wanted: str = ""
    task: str = ""
    why_sign_in: str = ""
    investigation: Investigation | None = None
    case_number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    device: str = ""


def wish_of(request: AccessRequest) -> Wish:
    """What a request asks for, as it is written now."""
    return Wish(**{field.name: getattr(request, field.name) for field in fields(Wish)})


@transaction.atomic
def start(wish: Wish, *, actor: User, submission: uuid.UUID, renewal_of: AccessRequest | None = None) -> AccessRequest:
    """Begin a draft; the same page sent again, by a double click or after going back, writes in the one there is."""
    number = uuid.uuid5(submission, str(actor.pk))
    known = AccessRequest.objects.filter(submission=number).first()
    if known is None:
        return _start_once(wish, actor, number, renewal_of)
    return save(known, wish, actor=actor) if known.is_draft else known


@transaction.atomic
def save(request: AccessRequest, wish: Wish, *, actor: User) -> AccessRequest:
    """Keep what was written in a draft, or in a request that was returned."""
    request = turns.locked(request)
    require(rules.is_theirs(actor, request), action="accessrequest.write", record=request)
    if not request.is_draft:
        state = request.get_status_display().lower()
        denied = Denied(NOT_WRITTEN.format(state=state), conflict=True)
        raise Refused(denied, action="accessrequest.write", record=request)
    _write(request, wish)
    request.save(update_fields=[field.name for field in fields(Wish)])
    trail.write("accessrequest.written", actor=actor, record=request)
    return request


@transaction.atomic
def submit(request: AccessRequest, *, actor: User) -> AccessRequest:
    """Send a request to the nearest link of the chain of command; a returned one goes through all of it again."""
    _hold_case(request)
    request = turns.locked(request)
    sent = {
        "submitted_at": clock.now(),
        "round": request.round + 1,
        "unit": request.requester.unit,
        "granted_sites": request.sites,
        "until": request.ends_on,
    }
    advance(request, lifecycle.SUBMIT, actor=actor, also=sent, round=request.round + 1)
    link = routing.next_link(request)
    if link is None:
        raise Refused(_nobody(actor), action="accessrequest.submit", record=request)
    turns.give_to(request, link, Turn.Kind.DECISION, "accessrequest.awaiting", actor=actor)
    return request


@transaction.atomic
def withdraw(request: AccessRequest, *, actor: User) -> AccessRequest:
    """Take one's own request back before access is granted."""
    request = turns.locked(request)
    event = advance(request, lifecycle.WITHDRAW, actor=actor)
    had_it = turns.close(request, Turn.Outcome.OVER)
    notices.tell_of_withdrawal(event, request, had_it=had_it)
    return request


def copy(request: AccessRequest, *, actor: User, submission: uuid.UUID) -> AccessRequest:
    """Begin a new draft with the answers of an old request; of one in force, for as long again after its last day."""
    require(rules.is_theirs(actor, request), action="accessrequest.copy", record=request)
    starts_on, ends_on = _days_again(request)
    wish = replace(wish_of(request), starts_on=starts_on, ends_on=ends_on)
    renewed = request if request.granted_at else None
    return start(wish, actor=actor, submission=submission, renewal_of=renewed)


def _days_again(request: AccessRequest) -> tuple[date | None, date | None]:
    if not (request.starts_on and request.ends_on):
        return None, None
    begins = clock.today()
    if request.status == AccessRequest.Status.ACTIVE and request.until:
        begins = max(begins, request.until + timedelta(days=1))
    return begins, begins + (request.ends_on - request.starts_on)


def _start_once(wish: Wish, actor: User, submission: uuid.UUID, renewal_of: AccessRequest | None) -> AccessRequest:
    request = AccessRequest(requester=actor, submission=submission, renewal_of=renewal_of, created_at=clock.now())
    _write(request, wish)
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        # The other click of a double click was a moment faster.
        if known := AccessRequest.objects.filter(submission=submission).first():
            return known
        raise
    trail.write("accessrequest.started", actor=actor, record=request)
    return request


def _hold_case(request: AccessRequest) -> None:
    """Have whoever closes the investigation at this moment go first, or wait and end this request as well."""
    its_case = AccessRequest.objects.filter(pk=request.pk).values("investigation")
    list(Investigation.objects.select_for_update(no_key=True).filter(pk__in=its_case))


def _write(request: AccessRequest, wish: Wish) -> None:
    for name, value in {**vars(wish), "sites": list(wish.sites)}.items():
        setattr(request, name, value)


def _nobody(actor: User) -> Denied:
    decision = rules.has_a_chain(actor)
    return decision if isinstance(decision, Denied) else Denied("Nobody in your chain of command can decide now.")
