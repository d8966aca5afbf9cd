"""Handing on the cases of someone who leaves, and telling the Privacy Officers that there are any."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from audit import trail
from incidents import leavers, notices, rules
from incidents.choices import UNSETTLED
from incidents.models import Incident
from incidents.operations import casework
from people import changes
from people.directory import holders_of
from people.models import Role, User
from workflow import clock
from workflow.decisions import ALLOWED, Decision, Denied, first_denial, require


@dataclass(frozen=True)
class HandedOn:
    """How many cases the new person has now, and how many nobody has because they could not be given to them."""

    given: int
    unassigned: int


@transaction.atomic
def hand_on(holder: User, *, actor: User, to: User) -> HandedOn:
    """Give every open case of one person that the actor may see to another; the rest is nobody's and is told of."""
    allowed = first_denial(_is_officer(actor), _is_someone_else(holder, to), _is_colleague(to))
    require(allowed, action="incident.hand_on", record=holder)
    # Locked in the order of their numbers, as merging does it, so that neither waits for what the other holds.
    cases = list(leavers.open_cases_of(holder, actor).order_by("pk").select_for_update(of=("self",)))
    given = sum(_give(case, actor, to) for case in cases)
    return HandedOn(given, len(cases) - given)


def _is_officer(actor: User) -> Decision:
    return ALLOWED if actor.has_role(Role.PRIVACY_OFFICER) else Denied("Only a Privacy Officer reassigns all cases.")


def _is_someone_else(holder: User, to: User) -> Decision:
    return ALLOWED if holder != to else Denied("They have these cases already. Choose someone else.")


def _is_colleague(to: User) -> Decision:
    return ALLOWED if to.has_role(*rules.PRIVACY_OFFICE) else Denied("Choose someone who works in the Privacy Office.")


def _give(case: Incident, actor: User, to: User) -> bool:
    if rules.may_be_assigned(to, case):
        casework.assign(case, actor=actor, to=to)
        return True
    trail.write("incident.assign.refused", actor=actor, record=case, reason=rules.NOT_FOR_THEM.reason)
    casework.release(case, actor=actor)
    return False


def register() -> None:
    """Hear of everyone who leaves the department or the Privacy Office, in the transaction in which they do."""
    changes.register(_hear)


def _hear(event: str, _actor: User | None, user: User | None, facts: dict[str, Any]) -> None:
    if event == "directory.left":
        _tell_of(User.objects.filter(employee_number__in=facts["employee_numbers"]))
    elif user is not None and event in {"person.deactivated", "person.role_revoked"}:
        _tell_of([user])


@transaction.atomic
def tell_of_ended_roles() -> int:
    """Tell once of everyone whose role ended by its date and who still has cases; says how many such people are."""
    found = list(_with_cases(leavers.ended_by_date()))
    for leaver in found:
        _tell_officers(leaver, vars(leaver)["ended_at"])
    return len(found)


def _tell_of(people: Iterable[User]) -> None:
    """Tell each Privacy Officer of each of these who has left with cases that officer may see."""
    numbers = [person.pk for person in people]
    at_work = holders_of(*rules.PRIVACY_OFFICE).filter(pk__in=numbers)
    for leaver in _with_cases(User.objects.filter(pk__in=numbers).exclude(pk__in=at_work.values("pk"))):
        _tell_officers(leaver, clock.now())


def _with_cases(people: QuerySet[User]) -> QuerySet[User]:
    held = Incident.objects.filter(UNSETTLED, assignee=OuterRef("pk"))
    return people.filter(Exists(held)).order_by("pk")


def _tell_officers(leaver: User, left_at: datetime) -> None:
    event = f"person {leaver.pk} left cases {left_at.isoformat()}"
    for officer in holders_of(Role.PRIVACY_OFFICER):
        if cases := leavers.open_cases_of(leaver, officer).count():
            notices.tell_of_leaver(leaver, officer, cases=cases, event=event)
