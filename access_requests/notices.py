"""Who hears of what about access; every line names a request by its number, and never what it is for."""

from collections.abc import Iterable

from django.urls import reverse

from access_requests.models import AccessRequest, Turn
from audit.models import Entry
from notifications.outbox import Telling, owe_all
from people.directory import holders_of
from people.models import Role, User


def request_url(request: AccessRequest) -> str:
    """A request as those concerned see it."""
    return reverse("access_requests:request", args=[request.pk])


def telling(template: str, event: str, request: AccessRequest, to: Iterable[User]) -> Telling:
    """A message about one request to the people among these who still work here."""
    here = [person for person in to if person.is_active]
    return Telling(f"access_requests/{template}", f"{event} {template}", here, request.reference, request_url(request))


def tell_holder(event: Entry, request: AccessRequest, turn: Turn) -> None:
    """Whose turn it is hears that a request, or the review of what is in force, awaits them."""
    _tell("review" if turn.kind == Turn.Kind.REVIEW else "awaiting", event, request, [turn.person])


def tell_of_escalation(event: Entry, request: AccessRequest, *, had_it: Turn) -> None:
    """Whoever let the time pass, and the requester, hear that someone else decides now."""
    _tell("passed_over", event, request, [had_it.person])
    if had_it.kind == Turn.Kind.DECISION:
        _tell("escalated", event, request, [request.requester])


def tell_of_moving_on(event: Entry, request: AccessRequest, *, had_it: Turn) -> None:
    """Whoever had it hears that someone else decides now, because somebody left, is away or is back."""
    _tell("moved_on", event, request, [had_it.person])


def tell_requester(template: str, event: Entry, request: AccessRequest) -> None:
    """The requester hears what became of the request."""
    _tell(template, event, request, [request.requester])


def tell_of_withdrawal(event: Entry, request: AccessRequest, *, had_it: Turn | None) -> None:
    """Whose turn it was hears that the request was withdrawn."""
    if had_it is not None:
        _tell("withdrawn", event, request, [had_it.person])


def tell_security(template: str, event: Entry, request: AccessRequest) -> None:
    """IT Security hears that something is to be set up or to be removed."""
    able = [person for person in holders_of(Role.IT_SECURITY) if person.pk != request.requester_id]
    _tell(template, event, request, able)


def tell_of_standstill(request: AccessRequest, turn: Turn) -> None:
    """The Privacy Office hears, once a round, of a request that nobody is left to decide about."""
    officers = holders_of(Role.PRIVACY_OFFICER)
    owe_all([telling("nobody_left", f"access {request.pk} round {turn.round}", request, officers)])


def _tell(template: str, event: Entry, request: AccessRequest, to: Iterable[User]) -> None:
    owe_all([telling(template, f"trail {event.pk}", request, to)])
