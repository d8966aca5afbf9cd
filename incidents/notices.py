"""Who hears of what; every line names the case only by its number."""

from collections.abc import Iterable

from django.urls import reverse

from audit.models import Entry
from incidents import rules
from incidents.models import Incident, Message
from notifications.outbox import owe, withdraw
from people.models import Role, User


def case_url(incident: Incident) -> str:
    """The case as the Privacy Office sees it."""
    return reverse("incidents:case", args=[incident.reference])


def report_url(incident: Incident) -> str:
    """The report as its reporter sees it."""
    return reverse("incidents:my_report", args=[incident.reference])


def tell_of_report(incident: Incident) -> None:
    """The Privacy Office hears at once (with counsel where the rule says); the reporter gets a receipt."""
    _owe("receipt", _reported(incident), incident, [incident.reporter], report_url(incident))
    tell_staff(incident)


def tell_staff(incident: Incident) -> None:
    """All staff concerned who have not been told hear of it; where nobody may work on it, administrators do."""
    _owe("new_report", _reported(incident), incident, rules.staff_concerned(incident), case_url(incident))
    if not rules.staff_concerned(incident, *rules.PRIVACY_OFFICE).exists():
        others = rules.staff_concerned(incident, Role.ADMINISTRATOR)
        _owe("nobody", f"incident {incident.pk} has nobody", incident, others, reverse("people:people"))


def withdraw_from(people: Iterable[int], incident: Incident) -> None:
    """What these people were told of a case they are now kept from is taken back."""
    withdraw(case_url(incident), people=people)


def tell_of_assignment(event: Entry, incident: Incident, *, actor: User) -> None:
    """The reporter hears once that someone has the report; whoever was given it hears too, unless they took it."""
    _owe("in_triage", f"incident {incident.pk} taken up", incident, [incident.reporter], report_url(incident))
    if incident.assignee is not None and incident.assignee != actor:
        _owe("assigned", _key(event), incident, [incident.assignee], case_url(incident))


def tell_officers_of_review(event: Entry, incident: Incident, *, actor: User) -> None:
    """The Privacy Officers who may decide hear that a case awaits them."""
    officers = rules.staff_concerned(incident, Role.PRIVACY_OFFICER).exclude(pk=actor.pk)
    _owe("review", _key(event), incident, officers, case_url(incident))


def tell_reporter(template: str, event: Entry, incident: Incident) -> None:
    """The reporter hears that something happened, and where to read it."""
    _owe(template, _key(event), incident, [incident.reporter], report_url(incident))


def tell_of_message(message: Message) -> None:
    """The other side of the thread hears; a note inside the office is told to the person who has the case."""
    incident, key = message.incident, f"message {message.pk}"
    office = [person for person in rules.holder_or_office(incident) if person != message.author]
    if message.audience == Message.Audience.OFFICE:
        _owe("note", key, incident, office, case_url(incident))
    elif message.author == incident.reporter:
        _owe("reply", key, incident, office, case_url(incident))
    else:
        _owe("question", key, incident, [incident.reporter], report_url(incident))


def _owe(template: str, event: str, incident: Incident, to: Iterable[User], url: str) -> None:
    owe(f"incidents/{template}", event=event, to=to, reference=incident.reference, url=url)


def _reported(incident: Incident) -> str:
    return f"incident {incident.pk} reported"


def _key(event: Entry) -> str:
    return f"trail {event.pk}"
