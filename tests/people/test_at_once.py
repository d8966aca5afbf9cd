"""Two people changing roles in the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from people import operations
from people.directory import holders_of
from people.models import Delegation, Role, RoleGrant, User
from people.rules import NotAllowed
from tests.personas import employee

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tries: Callable[[], object]) -> list[str]:
    """Start all together, each on a connection of its own; what those who were refused read."""
    start = Barrier(len(tries))

    def run(attempt: Callable[[], object]) -> str:
        start.wait()
        try:
            attempt()
        except NotAllowed as refusal:
            return refusal.reason
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(tries)) as pool:
        return [reason for reason in pool.map(run, tries) if reason]


def two_administrators() -> list[User]:
    """Both with their roles looked up already, as at the beginning of a request."""
    both = [employee(name, roles=(Role.ADMINISTRATOR,)) for name in ("Ada Administrator", "Abe Administrator")]
    assert all(administrator.has_role(Role.ADMINISTRATOR) for administrator in both)
    return both


def test_two_administrators_who_take_the_role_from_each_other_leave_one() -> None:
    ada, abe = two_administrators()
    of_ada, of_abe = (RoleGrant.objects.get(user=user) for user in (ada, abe))
    [reason] = at_once(
        lambda: operations.revoke_role(of_abe, actor=ada), lambda: operations.revoke_role(of_ada, actor=abe)
    )
    assert "is the only Administrator" in reason
    assert holders_of(Role.ADMINISTRATOR).count() == 1


def test_two_administrators_who_shut_each_other_out_leave_one() -> None:
    ada, abe = two_administrators()
    assert (
        len(at_once(lambda: operations.deactivate(abe, actor=ada), lambda: operations.deactivate(ada, actor=abe))) == 1
    )
    assert holders_of(Role.ADMINISTRATOR).count() == 1


def test_two_who_give_the_same_role_at_once_give_it_once() -> None:
    erin = employee()
    ada, abe = two_administrators()
    [reason] = at_once(
        lambda: operations.grant_role(erin, Role.OCCE, actor=ada),
        lambda: operations.grant_role(erin, Role.OCCE, actor=abe),
    )
    assert "holds this role already" in reason
    assert RoleGrant.objects.in_force().filter(user=erin).count() == 1


def test_a_double_click_names_one_to_stand_in() -> None:
    erin, dana = employee(), employee("Dana Delegate")
    day = timezone.localdate() + timedelta(days=1)

    def click() -> object:
        return operations.delegate(erin, dana, starts_on=day, ends_on=day, reason="leave", actor=erin)

    [reason] = at_once(click, click)
    assert "on some of these days already" in reason
    assert Delegation.objects.count() == 1
