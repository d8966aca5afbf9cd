"""Who may give and take roles, and name someone to stand in."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from people import operations, rules
from people.models import Role, RoleGrant, User
from tests.personas import employee

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.fixture
def erin() -> User:
    """An employee."""
    return employee("Erin Employee")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_gives_roles(role: Role, erin: User) -> None:
    holder = employee("Someone Else", roles=(role,))
    assert rules.why_not_grant(holder, erin, Role.OCCE) == "Only administrators manage people and roles."


def test_an_administrator_gives_a_role(ada: User, erin: User) -> None:
    assert rules.why_not_grant(ada, erin, Role.PRIVACY_OFFICER) == ""


def test_an_administrator_who_left_gives_nothing(ada: User, erin: User) -> None:
    ada.is_active = False
    assert rules.why_not_grant(ada, erin, Role.OCCE) == "Only administrators manage people and roles."


def test_an_administrator_gives_themselves_nothing(ada: User) -> None:
    assert rules.why_not_grant(ada, ada, Role.OCCE) == "You cannot give yourself a role. Ask another administrator."


def test_a_leaver_gets_no_role(ada: User) -> None:
    gone = employee("Lee Leaver", is_active=False)
    assert rules.why_not_grant(ada, gone, Role.OCCE) == "Lee Leaver has left; a leaver cannot hold a role."


def test_a_role_is_held_once(ada: User) -> None:
    olga = employee("Olga Outreach", roles=(Role.OCCE,))
    assert "holds this role already" in rules.why_not_grant(ada, olga, Role.OCCE)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER),
        (Role.PRIVACY_ANALYST, Role.ADMINISTRATOR),
        (Role.ADMINISTRATOR, Role.AUDITOR),
        (Role.AUDITOR, Role.COUNSEL),
        (Role.OCCE, Role.AUDITOR),
    ],
)
def test_who_hands_out_access_works_no_cases_and_who_examines_does_neither(ada: User, held: Role, wanted: Role) -> None:
    holder = employee("Holly Holder", roles=(held,))
    assert rules.why_not_grant(ada, holder, wanted).startswith("Nobody may be ")


def test_a_privacy_officer_may_also_be_counsel(ada: User) -> None:
    pat = employee("Pat Privacy", roles=(Role.PRIVACY_OFFICER,))
    assert rules.why_not_grant(ada, pat, Role.COUNSEL) == ""


def test_an_investigator_works_for_an_office_and_nobody_else_does(ada: User, erin: User) -> None:
    assert rules.why_not_grant(ada, erin, Role.INVESTIGATOR) == "Say which office the investigator works for."
    assert rules.why_not_grant(ada, erin, Role.INVESTIGATOR, office="basement") != ""
    assert rules.why_not_grant(ada, erin, Role.INVESTIGATOR, office=RoleGrant.Office.PRIVACY) == ""
    assert "Only an investigator" in rules.why_not_grant(ada, erin, Role.OCCE, office=RoleGrant.Office.PRIVACY)


def test_a_role_cannot_end_before_it_begins(ada: User, erin: User) -> None:
    now = timezone.now()
    assert rules.why_not_grant(ada, erin, Role.OCCE, expires_at=now - DAY) != ""
    assert rules.why_not_grant(ada, erin, Role.OCCE, expires_at=now + DAY) == ""


@pytest.mark.parametrize("role", sorted(rules.ALWAYS_HELD))
def test_the_last_holder_of_a_needed_role_keeps_it(ada: User, role: Role) -> None:
    last = ada if role == Role.ADMINISTRATOR else employee("Pat Privacy", roles=(role,))
    grant = RoleGrant.objects.get(user=last, role=role)
    assert "is the only" in rules.why_not_revoke(ada, grant)
    employee("Another One", roles=(role,))
    assert rules.why_not_revoke(ada, grant) == ""


def test_a_holder_who_left_does_not_count_as_another(ada: User) -> None:
    employee("Lee Leaver", roles=(Role.ADMINISTRATOR,), is_active=False)
    assert "is the only Administrator" in rules.why_not_revoke(ada, RoleGrant.objects.get(user=ada))


def test_the_only_privacy_officer_is_not_shut_out(ada: User) -> None:
    pat = employee("Pat Privacy", roles=(Role.PRIVACY_OFFICER,))
    assert "is the only Privacy Officer" in rules.why_not_deactivate(ada, pat)


def test_nobody_shuts_themselves_out(ada: User) -> None:
    assert rules.why_not_deactivate(ada, ada) == "You cannot deactivate yourself. Ask another administrator."


def _why_not(actor: User, delegator: User, to: User, first: date, last: date) -> str:
    return rules.why_not_delegate(actor, delegator, to, first, last)


def test_one_names_someone_to_stand_in_for_oneself_only(ada: User, erin: User) -> None:
    dana = employee("Dana Delegate")
    assert _why_not(erin, erin, dana, TODAY(), TODAY()) == ""
    assert _why_not(dana, erin, dana, TODAY(), TODAY()) == "You can name someone to stand in for you, not for others."
    assert _why_not(ada, erin, dana, TODAY(), TODAY()) == ""


def test_nobody_stands_in_for_themselves_or_once_they_left(erin: User) -> None:
    gone = employee("Lee Leaver", is_active=False)
    assert "yourself" in _why_not(erin, erin, erin, TODAY(), TODAY())
    assert _why_not(erin, erin, gone, TODAY(), TODAY()) == "Choose someone who still works here."


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-1, 1, "The first day cannot be in the past."),
        (3, 2, "The last day comes before the first."),
        (0, 366, ""),
        (0, 367, "One delegation lasts a year at most."),
    ],
)
def test_the_days_make_sense(erin: User, first: int, last: int, words: str) -> None:
    dana = employee("Dana Delegate")
    assert _why_not(erin, erin, dana, TODAY() + first * DAY, TODAY() + last * DAY) == words


def test_one_person_at_a_time_stands_in(erin: User) -> None:
    dana = employee("Dana Delegate")
    days = {"starts_on": TODAY() + 5 * DAY, "ends_on": TODAY() + 9 * DAY}
    operations.delegate(erin, dana, **days, reason="leave", actor=erin)
    assert "on some of these days already" in _why_not(erin, erin, dana, TODAY() + 9 * DAY, TODAY() + 12 * DAY)
    assert _why_not(erin, erin, dana, TODAY() + 10 * DAY, TODAY() + 12 * DAY) == ""
