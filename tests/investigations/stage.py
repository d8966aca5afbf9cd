"""The investigators and the investigations the tests speak of."""

import uuid

from django.test import Client

from investigations import operations
from investigations.models import Investigation, Member, Office
from notifications.models import Notice
from people.models import Role, RoleGrant, User
from tests.personas import employee

Allegation = Investigation.Allegation
OUTCOME = "No law was broken."


def investigator(name: str = "Ivan Investigator", *, office: Office = Office.INTERNAL_AFFAIRS) -> User:
    """Someone who investigates for this office."""
    person = employee(name)
    RoleGrant.objects.create(user=person, role=Role.INVESTIGATOR, office=office)
    return person


def officer(name: str = "Paula Privacy") -> User:
    """A Privacy Officer."""
    return employee(name, roles=(Role.PRIVACY_OFFICER,))


def auditor(name: str = "Audrey Auditor") -> User:
    """Someone who examines everything and changes nothing."""
    return employee(name, roles=(Role.AUDITOR,))


def opened(
    number: str = "IA-2026-014", *, by: User | None = None, office: Office = Office.INTERNAL_AFFAIRS
) -> Investigation:
    """An open investigation of this office."""
    return operations.open_investigation(
        number,
        actor=by or investigator(office=office),
        office=office,
        allegation=Allegation.STATE_LAW,
        submission=uuid.uuid4(),
    )


def joined(investigation: Investigation, person: User) -> Member:
    """Someone added by whoever opened it."""
    return operations.add_member(investigation, person, actor=investigation.opened_by)


def closed(investigation: Investigation, *, by: User | None = None) -> Investigation:
    """The investigation closed by whoever opened it, or by someone else."""
    return operations.close(investigation, actor=by or investigation.opened_by, outcome=OUTCOME)


def as_it_stands(investigation: Investigation) -> Investigation:
    """The investigation as the next request finds it."""
    return Investigation.objects.select_related("opened_by", "closed_by").get(pk=investigation.pk)


def again(person: User) -> User:
    """This person as the next request finds them, with the roles they hold then."""
    return User.objects.get(pk=person.pk)


def told(person: User) -> list[str]:
    """What this person was told about investigations, in order, by the names of the messages."""
    notices = Notice.objects.filter(recipient=person, template__startswith="investigations/", withdrawn_at=None)
    return [
        template.partition("/")[2] for template in notices.order_by("created_at").values_list("template", flat=True)
    ]


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client
