"""The people and reports the incident tests speak of."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from incidents import lifecycle
from incidents.choices import Kind, Severity, Status
from incidents.models import Incident, Task
from incidents.operations import casework, checklist, merging, reporting
from people.models import Role, User
from tests.personas import employee
from workflow.lifecycle import Transition

NARRATIVE = "A coworker posted a picture of the intake desk."


def analyst(name: str = "Ana Analyst", **fields: Any) -> User:
    """A privacy analyst."""
    return employee(name, roles=(Role.PRIVACY_ANALYST,), **fields)


def officer(name: str = "Paul Officer", **fields: Any) -> User:
    """A Privacy Officer."""
    return employee(name, roles=(Role.PRIVACY_OFFICER,), **fields)


def counsel(name: str = "Carla Counsel", **fields: Any) -> User:
    """Counsel."""
    return employee(name, roles=(Role.COUNSEL,), **fields)


def fresh(user: User) -> User:
    """The same person as the next request finds them: with the roles in force now."""
    return User.objects.get(pk=user.pk)


def reported(reporter: User | None = None, *, people: tuple[User, ...] = (), **facts: Any) -> Incident:
    """An incident just reported."""
    author = reporter or employee()
    defaults = {"kind": Kind.EXPOSURE, "narrative": NARRATIVE, "confidential": False, "discovered_on": date(2026, 3, 2)}
    draft = reporting.open_draft(author=author)
    return reporting.file_report(draft, actor=author, facts={**defaults, **facts}, people=people)


VERDICTS = {Status.UNSUBSTANTIATED: lifecycle.NOT_SUBSTANTIATE, Status.NEAR_MISS: lifecycle.CALL_NEAR_MISS}


def brought_to(status: str, *, ana: User, paul: User, **report: Any) -> Incident:
    """An incident worked as far as this state by this analyst and this officer."""
    incident = reported(**report)
    if status == Status.MERGED:
        return merging.merge(incident, into=reported(kind=incident.kind), actor=ana)
    for act in _steps(incident, ana, paul, VERDICTS.get(Status(status), lifecycle.SUBSTANTIATE)):
        if Incident.objects.get(pk=incident.pk).status == status:
            break
        act()
    brought = Incident.objects.get(pk=incident.pk)
    assert brought.status == status
    return brought


def settle(incident: Incident, actor: User) -> None:
    """Everything that is still to do in a case is done."""
    for task in incident.tasks.filter(state=Task.State.OPEN):
        checklist.finish(task, actor=actor)


def _steps(incident: Incident, ana: User, paul: User, verdict: Transition[Incident]) -> list[Callable[[], object]]:
    def review() -> None:
        casework.decide_severity(incident, actor=ana, severity=Severity.LOW, reason="Nothing confidential.")
        casework.begin_review(incident, actor=ana)

    def close() -> None:
        settle(incident, ana)
        casework.close(incident, actor=ana)

    return [
        lambda: casework.start_triage(incident, actor=ana),
        review,
        lambda: casework.decide(incident, verdict, actor=paul, finding="It was public."),
        close,
        lambda: casework.reopen(incident, actor=paul, reason="A second picture."),
    ]


def answers(**changed: Any) -> dict[str, Any]:
    """What the browser sends for the shortest valid report."""
    return {
        "draft": str(uuid.uuid4()),
        "narrative": NARRATIVE,
        "discovered_on": "2026-03-02",
        "confidential": "named",
        **changed,
    }


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def case_url(incident: Incident, name: str = "case", *more: str) -> str:
    return reverse(f"incidents:{name}", args=[incident.reference, *more])
