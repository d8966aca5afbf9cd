"""Who sees an investigation, who opens and closes one, and who says who takes part."""

import pytest

from investigations import operations, rules
from investigations.models import Investigation, Office
from people.models import Role, RoleGrant, User
from tests.investigations.stage import again, auditor, closed, investigator, joined, officer, opened
from tests.personas import employee
from workflow import clock
from workflow.decisions import Denied

pytestmark = pytest.mark.django_db

OWN_OFFICE = "Only investigators open a formal investigation, for their own office."


def sees(person: User) -> list[str]:
    return sorted(each.number for each in rules.visible_to(again(person)))


def why_not(decision: object) -> str:
    return decision.reason if isinstance(decision, Denied) else ""


@pytest.fixture
def three() -> dict[str, Investigation]:
    """An investigation of each office."""
    prefixes = {Office.INTERNAL_AFFAIRS: "IA", Office.PRIVACY: "PO", Office.SECURITY: "SO"}
    return {
        prefix: opened(f"{prefix}-2026-1", by=investigator(f"Opener of {prefix}", office=office), office=office)
        for office, prefix in prefixes.items()
    }


# --- Sight


@pytest.mark.parametrize(
    ("office", "number"),
    [(Office.INTERNAL_AFFAIRS, "IA-2026-1"), (Office.PRIVACY, "PO-2026-1"), (Office.SECURITY, "SO-2026-1")],
)
def test_an_investigator_sees_those_of_their_own_office_only(
    three: dict[str, Investigation], office: Office, number: str
) -> None:
    assert sees(investigator("Iris", office=office)) == [number]


def test_a_privacy_officer_sees_those_of_the_privacy_office(three: dict[str, Investigation]) -> None:
    assert sees(officer()) == ["PO-2026-1"]


def test_a_privacy_officer_who_investigates_for_security_sees_both(three: dict[str, Investigation]) -> None:
    paula = officer()
    RoleGrant.objects.create(user=paula, role=Role.INVESTIGATOR, office=Office.SECURITY)
    assert sees(paula) == ["PO-2026-1", "SO-2026-1"]


def test_an_auditor_sees_all_closed_ones_included(three: dict[str, Investigation]) -> None:
    closed(three["SO"])
    assert sees(auditor()) == ["IA-2026-1", "PO-2026-1", "SO-2026-1"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.INVESTIGATOR, Role.PRIVACY_OFFICER, Role.AUDITOR}))
def test_no_other_role_sees_any(three: dict[str, Investigation], role: Role) -> None:
    nosy = employee("Nosy Nelson", roles=(role,))
    assert sees(nosy) == []
    assert not rules.has_business(again(nosy))


def test_a_member_sees_theirs_until_they_are_taken_out(three: dict[str, Investigation]) -> None:
    erin = employee()
    member = joined(three["SO"], erin)
    assert sees(erin) == ["SO-2026-1"]
    assert rules.has_business(again(erin))
    operations.remove_member(member, actor=three["SO"].opened_by)
    assert sees(erin) == []
    assert not rules.has_business(again(erin))


def test_a_supervisor_does_not_see_what_one_of_their_people_takes_part_in(three: dict[str, Investigation]) -> None:
    sam = employee("Sam Supervisor")
    joined(three["IA"], employee(supervisor=sam))
    assert sees(sam) == []


def test_whoever_lost_the_role_or_left_sees_only_what_is_theirs_still(three: dict[str, Investigation]) -> None:
    ivan = three["IA"].opened_by
    other = opened("IA-2026-2", by=investigator("Iris"))
    assert sees(ivan) == ["IA-2026-1", other.number]
    RoleGrant.objects.filter(user=ivan).update(revoked_at=clock.now())
    assert sees(ivan) == ["IA-2026-1"]
    User.objects.filter(pk=ivan.pk).update(is_active=False)
    assert sees(ivan) == []


def test_a_role_that_ended_by_itself_shows_nothing(three: dict[str, Investigation]) -> None:
    iris = investigator("Iris")
    RoleGrant.objects.filter(user=iris).update(revoked_at=clock.now())
    RoleGrant.objects.create(user=iris, role=Role.INVESTIGATOR, office=Office.INTERNAL_AFFAIRS, expires_at=clock.now())
    assert sees(iris) == []
    assert why_not(rules.may_open(again(iris), Office.INTERNAL_AFFAIRS)) == OWN_OFFICE


def test_a_request_may_refer_to_open_investigations_one_takes_part_in(three: dict[str, Investigation]) -> None:
    erin = employee()
    for name in ("IA", "PO", "SO"):
        joined(three[name], erin)
    operations.remove_member(three["PO"].members.get(person=erin), actor=three["PO"].opened_by)
    closed(three["SO"])
    assert list(rules.open_investigations_of(erin)) == [three["IA"]]
    assert not rules.open_investigations_of(auditor()).exists()
    assert not rules.open_investigations_of(investigator("Iris")).exists()


# --- Opening


@pytest.mark.parametrize("office", Office)
def test_an_investigator_opens_for_their_own_office_only(office: Office) -> None:
    iris = investigator(office=office)
    assert {other for other in Office if rules.may_open(iris, other)} == {office}


def test_a_privacy_officer_opens_for_the_privacy_office() -> None:
    paula = officer()
    assert {office for office in Office if rules.may_open(paula, office)} == {Office.PRIVACY}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.INVESTIGATOR, Role.PRIVACY_OFFICER}))
def test_nobody_else_opens_one(role: Role) -> None:
    person = employee(roles=(role,))
    assert {why_not(rules.may_open(person, office)) for office in Office} == {OWN_OFFICE}


def test_no_office_is_nobodys_office() -> None:
    assert why_not(rules.may_open(investigator(), "")) == OWN_OFFICE


# --- Running one


def test_those_who_run_it_are_its_opener_and_the_investigators_of_its_office() -> None:
    investigation = opened()
    erin = employee()
    joined(investigation, erin)
    elsewhere = investigator("Una", office=Office.SECURITY)
    joined(investigation, elsewhere)
    for person in (investigation.opened_by, investigator("Iris")):
        assert rules.may_close(again(person), investigation)
        assert rules.may_change_members(again(person), investigation)
    for person in (erin, elsewhere, officer(), employee("Carl", roles=(Role.COUNSEL,))):
        words = "Only whoever opened this and the investigators of its office (Internal Affairs/Fraud) change it."
        assert why_not(rules.may_close(again(person), investigation)) == words
        assert why_not(rules.may_change_members(again(person), investigation)) == words


def test_a_privacy_officer_runs_those_of_the_privacy_office() -> None:
    investigation = opened(office=Office.PRIVACY)
    assert rules.may_close(officer(), investigation)
    assert rules.may_add_member(officer(), investigation, employee())


def test_its_opener_runs_it_without_the_role_but_not_once_taken_out() -> None:
    investigation = opened()
    ivan = investigation.opened_by
    RoleGrant.objects.filter(user=ivan).update(revoked_at=clock.now())
    assert rules.may_close(again(ivan), investigation)
    operations.remove_member(investigation.members.get(person=ivan), actor=investigator("Iris"))
    assert not rules.may_add_member(again(ivan), investigation, again(ivan))


def test_an_auditor_changes_nothing_even_as_its_opener_and_member() -> None:
    investigation = opened()
    ivan = investigation.opened_by
    RoleGrant.objects.filter(user=ivan).update(revoked_at=clock.now())
    RoleGrant.objects.create(user=ivan, role=Role.AUDITOR)
    words = "Auditors read investigations and change nothing in them."
    assert why_not(rules.may_close(again(ivan), investigation)) == words
    assert why_not(rules.may_add_member(again(ivan), investigation, employee())) == words


def test_only_someone_who_works_here_and_is_no_member_yet_is_added() -> None:
    investigation, gone, erin = opened(), employee("Gone Gable", is_active=False), employee()
    ivan = investigation.opened_by
    joined(investigation, erin)
    assert why_not(rules.may_add_member(ivan, investigation, gone)).startswith("Gone Gable has left.")
    assert why_not(rules.may_add_member(ivan, investigation, erin)) == "Erin Employee is a member already."


def test_in_a_closed_investigation_nothing_changes_any_more() -> None:
    investigation, erin = opened(), employee()
    joined(investigation, erin)
    ivan = investigation.opened_by
    closed(investigation)
    words = "This investigation is closed, so nothing in it changes any more."
    done = Investigation.objects.get()
    for decision in (
        rules.may_close(ivan, done),
        rules.may_add_member(ivan, done, employee("New Nan")),
        rules.may_remove_member(ivan, done.members.get(person=erin)),
    ):
        assert why_not(decision) == words
        assert isinstance(decision, Denied)
        assert decision.conflict
