"""Who hears of what; every line names the case only by its number."""

from collections.abc import Iterable

from django.urls import reverse

from audit.models import Entry
from incidents import rules
from incidents.choices import Kind
from incidents.models import Incident, Message
from notifications.outbox import Telling, owe, owe_all, withdraw
from notifications.rules import Addressee
from people.models import Role, User

_CONCERNS_ALL = {"decided", "closed", "reopened"}


def case_url(incident: Incident) -> str:
    """The case as the Privacy Office sees it."""
    return reverse("incidents:case", args=[incident.reference])


def report_url(incident: Incident) -> str:
    """The report as its reporter sees it."""
    return reverse("incidents:my_report", args=[incident.reference])


def tell_of_report(incident: Incident) -> None:
    """The Privacy Office hears at once (with counsel where the rule says); the reporter gets a receipt."""
    owe_all([*_to_the_reporter("receipt", _reported(incident), incident), *_to_staff(incident)])


def tell_staff(incident: Incident) -> None:
    """All staff concerned who have not been told hear of it; where nobody may work on it, administrators do."""
    owe_all(_to_staff(incident))


def _to_staff(incident: Incident) -> list[Telling]:
    office = rules.office_for(incident)
    counsel = rules.staff_concerned(incident, Role.COUNSEL) if incident.kind == Kind.ASKED else ()
    people: list[Addressee] = [*office, *counsel]
    told = [_telling("new_report", _reported(incident), incident, people, case_url(incident))]
    if not office:
        others = rules.staff_concerned(incident, Role.ADMINISTRATOR)
        told.append(
            _telling("nobody", f"incident {incident.pk} has nobody", incident, others, reverse("people:people"))
        )
    return told


def withdraw_from(people: Iterable[int], incident: Incident) -> None:
    """What these people were told of a case they are now kept from, or of one merged with it, is taken back."""
    head = incident.merged_into_id or incident.pk
    for member in Incident.objects.filter(family=head).only("pk"):
        withdraw(case_url(member), people=people)


def tell_of_merging(event: Entry, incident: Incident, into: Incident, *, actor: User, had_it: User | None) -> None:
    """The reporter hears that nothing is lost; whoever had one of the two, that they are one now."""
    tell_the_reporter("merged", _key(event), incident)
    concerned = rules.staff_concerned(into)
    holders = [person for person in concerned if person in (into.assignee, had_it) and person != actor]
    _owe("joined", _key(event), into, holders, case_url(into))


def tell_of_unmerging(event: Entry, incident: Incident, *, actor: User) -> None:
    """The reporter hears that their report goes on by itself; the staff concerned, that it needs a first look."""
    tell_the_reporter("reopened", _key(event), incident)
    _owe("unmerged", _key(event), incident, rules.staff_concerned(incident).exclude(pk=actor.pk), case_url(incident))


def tell_of_assignment(event: Entry, incident: Incident, *, actor: User) -> None:
    """The reporter hears once that someone has the report; whoever was given it hears too, unless they took it."""
    tell_the_reporter("in_triage", f"incident {incident.pk} taken up", incident)
    if incident.assignee is not None and incident.assignee != actor:
        _owe("assigned", _key(event), incident, [incident.assignee], case_url(incident))


def tell_of_nobody(event: Entry, incident: Incident) -> None:
    """All of the Privacy Office who may work on it hear that a case has lost whoever had it."""
    _owe(
        "unassigned", _key(event), incident, rules.staff_concerned(incident, *rules.PRIVACY_OFFICE), case_url(incident)
    )


def tell_of_leaver(leaver: User, officer: User, *, cases: int, event: str) -> None:
    """A Privacy Officer hears how many of the cases they may see someone who left still has."""
    url = f"{reverse('incidents:reassign')}?who={leaver.pk}"
    owe("incidents/leaver", event=event, to=[officer], reference="Cases left behind", url=url, number=str(cases))


def tell_officers_of_review(event: Entry, incident: Incident, *, actor: User) -> None:
    """The Privacy Officers who may decide hear that a case awaits them."""
    officers = rules.staff_concerned(incident, Role.PRIVACY_OFFICER).exclude(pk=actor.pk)
    _owe("review", _key(event), incident, officers, case_url(incident))


def tell_reporter(template: str, event: Entry, incident: Incident) -> None:
    """The reporter hears that something happened, and where to read it; what ends a case, those merged with it too."""
    tell_the_reporter(template, _key(event), incident)
    if template in _CONCERNS_ALL:
        for member in incident.merged.select_related("reporter"):
            # A key of its own: one person may have made both reports, and hears of each.
            tell_the_reporter(template, f"{_key(event)} {member.pk}", member)


def tell_the_reporter(template: str, event: str, incident: Incident) -> None:
    """Mail for whoever signed in to report; the others read it when they come back with their code."""
    owe_all(_to_the_reporter(template, event, incident))


def _to_the_reporter(template: str, event: str, incident: Incident) -> list[Telling]:
    if incident.reporter is None:
        return []
    return [_telling(template, event, incident, [incident.reporter], report_url(incident))]


def tell_of_message(message: Message) -> None:
    """The other side of the thread hears; a note inside the office is told to the person who has the case."""
    incident, key = message.incident, f"message {message.pk}"
    office = [person for person in rules.holder_or_office(incident) if person != message.author]
    if message.audience == Message.Audience.OFFICE:
        _owe("note", key, incident, office, case_url(incident))
    elif message.author_id == incident.reporter_id:
        _owe("reply", key, incident, office, case_url(incident))
    else:
        tell_the_reporter("question", key, incident)


def _owe(template: str, event: str, incident: Incident, to: Iterable[User], url: str) -> None:
    owe_all([_telling(template, event, incident, to, url)])


def _telling(template: str, event: str, incident: Incident, to: Iterable[Addressee], url: str) -> Telling:
    return Telling(f"incidents/{template}", event, to, incident.reference, url)


def _reported(incident: Incident) -> str:
    return f"incident {incident.pk} reported"


def _key(event: Entry) -> str:
    return f"trail {event.pk}"
