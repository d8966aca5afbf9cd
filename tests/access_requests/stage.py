"""The people and requests the tests of access speak of."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, granting
from access_requests.operations.asking import Wish
from access_requests.operations.granting import Provision
from notifications.models import Notice
from people.models import Delegation, Role, Unit, User
from tests.personas import employee, unit
from workflow import clock

PURPOSE = {
    "wanted": "Look at posts that offer benefit cards for sale.",
    "task": "I check reports of card fraud in this case.",
    "why_sign_in": "The group shows its posts to members only.",
}


@dataclass(frozen=True)
class Cast:
    """Erin asks; Sam, Max and Dora decide, of whom Dora heads the division; Toni is above them, Ivan in IT Security."""

    erin: User
    sam: User
    max: User
    dora: User
    toni: User
    ivan: User


def cast() -> Cast:
    """A division with three links between Erin and its head."""
    department = unit("DHS", kind=Unit.Kind.DEPARTMENT)
    division = unit("DIV", name="Division of Aid", kind=Unit.Kind.DIVISION, parent=department)
    office = unit("OFF", name="Office of Cards", kind=Unit.Kind.OFFICE, parent=division)
    toni = employee("Toni Top", unit=department)
    dora = employee("Dora Director", supervisor=toni, unit=division)
    max_ = employee("Max Manager", supervisor=dora, unit=office)
    sam = employee("Sam Supervisor", supervisor=max_, unit=office)
    erin = employee("Erin Employee", supervisor=sam, unit=office)
    Unit.objects.filter(pk=division.pk).update(head=dora)
    ivan = employee("Ivan Itsec", unit=department, roles=(Role.IT_SECURITY,))
    return Cast(erin, sam, max_, dora, toni, ivan)


def wish(**answers: Any) -> Wish:
    """A complete request for Facebook and Reddit for thirty days from today."""
    today = clock.today()
    said = {
        "sites": ["Facebook", "Reddit"],
        **PURPOSE,
        "case_number": "CW-2026-0417",
        "starts_on": today,
        "ends_on": today + timedelta(days=29),
        "device": "LT-20417",
        **answers,
    }
    return Wish(**said)


def draft(person: User, **answers: Any) -> AccessRequest:
    """A request somebody is still writing."""
    return asking.start(wish(**answers), actor=now(person), submission=uuid.uuid4())


def asked(person: User, **answers: Any) -> AccessRequest:
    """A request that was sent."""
    return asking.submit(draft(person, **answers), actor=now(person))


def approved(person: User, **answers: Any) -> AccessRequest:
    """A request everyone in the chain approved, each in turn."""
    request = asked(person, **answers)
    while turn := open_turn(request):
        request = deciding.approve(request, actor=turn.person)
    return request


def granted(person: User, by: User, **answers: Any) -> AccessRequest:
    """Access in force."""
    provision = Provision("Proxy group social-inv", "Proxy 2", clock.today())
    return granting.grant(approved(person, **answers), provision, actor=now(by))


def open_turn(request: AccessRequest) -> Turn | None:
    """The turn that waits now."""
    return Turn.objects.filter(request=request, outcome="").select_related("person", "acting_for").first()


def whose_turn(request: AccessRequest) -> str:
    """Who decides now, and for whom."""
    turn = open_turn(request)
    return turn.named if turn else ""


def now(person: User) -> User:
    """The person as the next request knows them."""
    return User.objects.get(pk=person.pk)


def as_it_stands(request: AccessRequest) -> AccessRequest:
    """The request as the next page finds it."""
    return AccessRequest.objects.select_related("requester", "investigation", "unit").get(pk=request.pk)


def away(person: User, *, stand_in: User, first: date | None = None, days: int = 7) -> Delegation:
    """Someone is away from today on, and another stands in."""
    first = first or clock.today()
    return Delegation.objects.create(
        delegator=person,
        delegate=stand_in,
        starts_on=first,
        ends_on=first + timedelta(days=days),
        reason=Delegation.Reason.LEAVE,
    )


def gone(person: User) -> None:
    """Someone has left, and nobody was told."""
    User.objects.filter(pk=person.pk).update(is_active=False)


def told(person: User) -> list[str]:
    """What this person was told about access, in order, by the names of the messages."""
    notices = Notice.objects.filter(recipient=person, template__startswith="access_requests/")
    templates = notices.order_by("created_at", "pk").values_list("template", flat=True)
    return [template.partition("/")[2] for template in templates]


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client
