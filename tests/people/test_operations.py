"""What happens when roles and absences change, and what the database itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from people import changes, operations
from people.models import Delegation, Role, RoleGrant, User
from people.rules import NotAllowed
from tests.personas import employee

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Told = list[tuple[str, User | None, User | None, dict[str, Any]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What a higher floor would hear of."""
    heard: Told = []
    monkeypatch.setattr(changes, "_listeners", [])
    changes.register(lambda event, actor, user, facts: heard.append((event, actor, user, facts)))
    return heard


def fresh(user: User) -> User:
    """The same person on their next request."""
    return User.objects.get(pk=user.pk)


def test_a_role_given_counts_at_once_and_is_reported(ada: User, told: Told) -> None:
    erin = employee()
    grant = operations.grant_role(erin, Role.OCCE, actor=ada)
    assert fresh(erin).has_role(Role.OCCE)
    assert grant.granted_by == ada
    facts = {"role": "occe", "office": "", "expires_at": ""}
    assert told == [("person.role_granted", ada, erin, facts)]


def test_a_refused_grant_leaves_nothing_behind(told: Told) -> None:
    erin, olga = employee(), employee("Olga Outreach")
    with pytest.raises(NotAllowed, match="Only administrators") as refusal:
        operations.grant_role(olga, Role.OCCE, actor=erin)
    assert (refusal.value.action, refusal.value.record) == ("person.grant_role", olga)
    assert not RoleGrant.objects.exists()
    assert told == []


def test_a_listener_that_fails_undoes_the_change(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(changes, "_listeners", [fails])
    erin = employee()
    with pytest.raises(RuntimeError):
        operations.grant_role(erin, Role.OCCE, actor=ada)
    assert not fresh(erin).roles


def test_a_listener_registered_twice_hears_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "_listeners", [])
    heard: list[str] = []

    def listen(event: str, _actor: object, _user: object, _facts: object) -> None:
        heard.append(event)

    changes.register(listen)
    changes.register(listen)
    changes.report("person.tested", actor=None, user=None)
    assert heard == ["person.tested"]


def test_a_role_past_its_end_is_gone_and_can_be_given_anew(ada: User) -> None:
    erin = employee()
    RoleGrant.objects.create(
        user=erin, role=Role.OCCE, granted_by=ada, expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert not fresh(erin).has_role(Role.OCCE)
    operations.grant_role(erin, Role.OCCE, actor=ada)
    assert fresh(erin).has_role(Role.OCCE)
    assert RoleGrant.objects.filter(user=erin).count() == 2, "the history stays"


def test_a_role_taken_away_is_gone_with_the_next_request(ada: User, told: Told) -> None:
    olga = employee("Olga Outreach", roles=(Role.OCCE,))
    grant = operations.revoke_role(RoleGrant.objects.get(user=olga), actor=ada)
    assert not fresh(olga).has_role(Role.OCCE)
    assert grant.revoked_by == ada
    assert grant.revoked_at is not None
    assert [event for event, *_ in told] == ["person.role_revoked"]


def test_the_second_of_two_administrators_reads_that_it_is_done_already(ada: User) -> None:
    olga = employee("Olga Outreach", roles=(Role.OCCE,))
    seen_by_both = RoleGrant.objects.get(user=olga)
    operations.revoke_role(seen_by_both, actor=ada)
    with pytest.raises(NotAllowed, match="taken away already"):
        operations.revoke_role(seen_by_both, actor=ada)


def test_someone_shut_out_loses_everything_at_once(ada: User, told: Told) -> None:
    olga, sam = employee("Olga Outreach", roles=(Role.OCCE, Role.COUNSEL)), employee("Sam Supervisor")
    today = timezone.localdate()
    operations.delegate(sam, olga, starts_on=today, ends_on=today, reason="leave", actor=sam)
    told.clear()
    operations.deactivate(olga, actor=ada)
    assert not fresh(olga).is_active
    assert not RoleGrant.objects.in_force().filter(user=olga).exists()
    assert not Delegation.objects.covering(today).exists()
    assert told == [("person.deactivated", ada, olga, {"roles": ["counsel", "occe"]})]


def test_an_absence_ends_early_by_either_of_the_two(ada: User) -> None:
    erin, dana, uma = employee(), employee("Dana Delegate"), employee("Uma Unrelated")
    today = timezone.localdate()
    for actor in (erin, dana, ada):
        made = operations.delegate(erin, dana, starts_on=today, ends_on=today + DAY, reason="sick", actor=erin)
        with pytest.raises(NotAllowed, match="Only the two people concerned"):
            operations.end_delegation(made, actor=uma)
        ended = operations.end_delegation(made, actor=actor)
        assert not ended.covers(today)
    with pytest.raises(NotAllowed, match="over already"):
        operations.end_delegation(made, actor=erin)


def refused_by_the_database(sql: str, *params: int) -> str:
    """Run one statement as the portal's own role and hand back the database's refusal."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        "role = 'auditor'",
        "granted_at = now() - interval '1 year'",
        "granted_by_id = NULL",
        "expires_at = now() + interval '1 year'",
        "user_id = granted_by_id",
        "role = 'auditor', revoked_at = now()",
        "revoked_by_id = granted_by_id",
    ],
)
def test_the_database_lets_nothing_of_a_grant_change(ada: User, change: str) -> None:
    grant = operations.grant_role(employee(), Role.OCCE, actor=ada)
    refusal = refused_by_the_database(f"UPDATE people_rolegrant SET {change} WHERE id = %s", grant.pk)  # noqa: S608
    assert "may only be ended, and once" in refusal


@pytest.mark.parametrize("change", ["revoked_at = NULL, revoked_by_id = NULL", "revoked_at = now() + interval '1 day'"])
def test_the_database_lets_no_grant_come_back(ada: User, change: str) -> None:
    grant = operations.grant_role(employee(), Role.OCCE, actor=ada)
    operations.revoke_role(grant, actor=ada)
    refusal = refused_by_the_database(f"UPDATE people_rolegrant SET {change} WHERE id = %s", grant.pk)  # noqa: S608
    assert "may only be ended, and once" in refusal


def test_the_database_keeps_the_history_of_grants(ada: User) -> None:
    assert "keeps its history" in refused_by_the_database("DELETE FROM people_rolegrant WHERE user_id = %s", ada.pk)


def test_the_database_refuses_a_role_given_to_oneself(ada: User) -> None:
    sql = "INSERT INTO people_rolegrant (user_id, role, office, granted_by_id) VALUES (%s, 'occe', '', %s)"
    assert "role_not_granted_to_oneself" in refused_by_the_database(sql, ada.pk, ada.pk)


def test_the_database_lets_only_one_stand_in_at_a_time() -> None:
    erin, dana = employee(), employee("Dana Delegate")
    today = timezone.localdate()
    operations.delegate(erin, dana, starts_on=today, ends_on=today + DAY, reason="leave", actor=erin)
    sql = (
        "INSERT INTO people_delegation (delegator_id, delegate_id, starts_on, ends_on, reason)"
        " VALUES (%s, %s, current_date, current_date + 3, 'leave')"
    )
    assert "delegation_one_at_a_time" in refused_by_the_database(sql, erin.pk, dana.pk)


def test_the_database_lets_no_delegation_be_extended() -> None:
    erin, dana = employee(), employee("Dana Delegate")
    today = timezone.localdate()
    made = operations.delegate(erin, dana, starts_on=today, ends_on=today, reason="leave", actor=erin)
    sql = "UPDATE people_delegation SET ends_on = ends_on + 30 WHERE id = %s"
    assert "may only be ended, and once" in refused_by_the_database(sql, made.pk)
