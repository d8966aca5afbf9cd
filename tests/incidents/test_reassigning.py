"""Everything of a person who leaves goes to someone else, and nothing of it is lost from sight."""

from typing import Any

import pytest
from django.urls import reverse

from audit import trail
from incidents import leavers, rules
from incidents.choices import Status
from incidents.models import Incident
from incidents.operations import casework, reassigning
from notifications.models import Notice
from people import changes, operations
from people.models import Role, RoleGrant, User
from tests.incidents.stage import analyst, brought_to, browser, case_url, counsel, fresh, officer, reported
from tests.personas import employee
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db
ADDRESS = "/incidents/reassign/"


def held_by(person: User, cases: int, **facts: Any) -> list[Incident]:
    """So many open cases this person has taken."""
    return [casework.take(reported(**facts), actor=person) for _ in range(cases)]


def told(template: str) -> set[str]:
    """The names of those who were told this."""
    return set(Notice.objects.filter(template=f"incidents/{template}").values_list("recipient__name", flat=True))


def left(person: User) -> None:
    """This person leaves the department."""
    operations.deactivate(person, actor=employee("Adam Admin", roles=(Role.ADMINISTRATOR,)))


def chosen(who: User, to: User) -> str:
    """The address of the page that asks to confirm."""
    return f"{ADDRESS}?who={who.pk}&to={to.pk}"


def test_an_officer_gives_all_cases_of_a_leaver_to_a_colleague() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    cases = held_by(ana, 3)
    client = browser(paul)
    page = client.get(chosen(ana, bea)).content.decode()
    assert "<strong>3 open cases</strong>" in page
    assert not Incident.objects.filter(assignee=bea).exists()
    answer = client.post(chosen(ana, bea), follow=True)
    assert "3 cases went to Bea Analyst." in answer.content.decode()
    assert set(Incident.objects.filter(assignee=bea)) == set(cases)
    assert Notice.objects.filter(template="incidents/assigned", recipient=bea).count() == 3
    for case in cases:
        entry = trail.of(case).last()
        assert entry is not None
        assert (entry.action, entry.actor, entry.facts) == ("incident.assigned", paul, {"to": "Bea Analyst"})


def test_what_the_new_person_may_not_work_on_is_nobodys_and_the_others_are_told() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    held_by(ana, 2)
    kept = [*held_by(ana, 1, people=(bea,)), *held_by(ana, 1, reporter=bea, confidential=True)]
    answer = browser(paul).post(chosen(ana, bea), follow=True).content.decode()
    assert "2 cases went to Bea Analyst." in answer
    rest = "2 cases could not be given to the person you chose, so nobody has them now."
    assert f"{rest} The Privacy Office was told." in answer
    assert "named" not in answer
    for case in kept:
        case.refresh_from_db()
        assert case.assignee is None
        assert trail.of(case).filter(action="incident.unassigned", actor=paul).exists()
        refused = trail.of(case).get(action="incident.assign.refused", actor=paul)
        assert refused.facts == {"reason": rules.NOT_FOR_THEM.reason}
    assert told("unassigned") == {"Ana Analyst", "Paul Officer"}
    assert "Took the case from whoever had it" in browser(paul).get(case_url(kept[0])).content.decode()


def test_cases_the_officer_may_not_see_are_neither_counted_nor_touched() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    held_by(ana, 1)
    hidden = held_by(ana, 2, people=(paul,))
    client = browser(paul)
    assert "Ana Analyst (1 open case)" in client.get(ADDRESS).content.decode()
    client.post(chosen(ana, bea))
    assert all(Incident.objects.get(pk=case.pk).assignee == ana for case in hidden)
    assert "Ana Analyst" not in client.get(ADDRESS).content.decode().split("Who gets them?")[0]


def test_closed_and_merged_cases_stay_where_they_are() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    closed = brought_to(Status.CLOSED, ana=ana, paul=paul)
    decided = brought_to(Status.SUBSTANTIATED, ana=ana, paul=paul)
    done = reassigning.hand_on(ana, actor=paul, to=bea)
    assert (done.given, done.unassigned) == (1, 0)
    assert Incident.objects.get(pk=closed.pk).assignee == ana
    assert Incident.objects.get(pk=decided.pk).assignee == bea


def test_former_colleagues_are_offered_first() -> None:
    ana, zoe, paul = analyst(), analyst("Zoe Former"), officer()
    held_by(ana, 1)
    held_by(zoe, 2)
    left(zoe)
    assert [str(holder) for holder in leavers.holders(paul)] == [
        "Zoe Former (2 open cases)",
        "Ana Analyst (1 open case)",
    ]
    page = browser(paul).get(f"{ADDRESS}?who={zoe.pk}").content.decode()
    assert page.index("No longer in the Privacy Office") < page.index("In the Privacy Office")
    assert f'value="{zoe.pk}" selected' in page


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.PRIVACY_OFFICER})])
def test_the_page_is_there_for_privacy_officers_alone(role: Role | None) -> None:
    ana, bea = analyst(), analyst("Bea Analyst")
    held_by(ana, 1)
    person = employee("Somebody Else", roles=(role,) if role else ())
    for address in (ADDRESS, chosen(ana, bea)):
        assert browser(person).get(address).status_code == 404
        assert browser(person).post(address).status_code == 404
    with pytest.raises(Refused, match="Only a Privacy Officer reassigns all cases"):
        reassigning.hand_on(ana, actor=fresh(person), to=bea)
    assert Incident.objects.get().assignee == ana


def test_cases_go_to_someone_else_who_works_in_the_privacy_office() -> None:
    ana, paul = analyst(), officer()
    held_by(ana, 1)
    client = browser(paul)
    same = client.post(chosen(ana, ana))
    assert same.status_code == 422
    assert "They have these cases already. Choose someone else." in same.content.decode()
    assert client.post(chosen(ana, counsel())).status_code == 422
    assert client.post(f"{ADDRESS}?who={paul.pk}&to={ana.pk}").status_code == 422
    with pytest.raises(Refused, match="Choose someone who works in the Privacy Office"):
        reassigning.hand_on(ana, actor=paul, to=employee())
    with pytest.raises(Refused, match="They have these cases already"):
        reassigning.hand_on(ana, actor=paul, to=ana)


@pytest.mark.parametrize("query", ["who=x&to=y", "who=&to=", "who=1&to=%00", "to=1", "who=99999999999999999999"])
def test_nothing_in_the_address_breaks_the_page(query: str) -> None:
    held_by(analyst(), 1)
    assert browser(officer()).get(f"{ADDRESS}?{query}").status_code == 200


def test_a_second_click_says_that_there_is_nothing_left() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    held_by(ana, 1)
    client = browser(paul)
    client.post(chosen(ana, bea))
    again = client.post(chosen(ana, bea))
    assert again.status_code == 422
    assert "They have no open cases that you can see." in again.content.decode()
    assert trail.of(Incident.objects.get()).filter(action="incident.assigned").count() == 2


# --- Who hears that someone has left ---------------------------------------------------------------------------------


def test_each_officer_hears_how_many_of_the_cases_they_see_need_someone_new() -> None:
    ana, paul, rita = analyst(), officer(), officer("Rita Officer")
    held_by(ana, 2)
    held_by(ana, 1, people=(rita,))
    left(ana)
    heard = {notice.recipient: notice for notice in Notice.objects.filter(template="incidents/leaver")}
    assert {person.name: notice.facts["number"] for person, notice in heard.items()} == {
        "Paul Officer": "3",
        "Rita Officer": "2",
    }
    assert browser(paul).get(heard[paul].url).status_code == 200
    page = browser(paul).get(reverse("notifications:inbox")).content.decode()
    assert "3 cases need someone new" in page


def test_an_officer_who_sees_none_of_them_hears_nothing() -> None:
    ana, rita = analyst(), officer("Rita Officer")
    officer()
    held_by(ana, 1, people=(rita,))
    left(ana)
    assert told("leaver") == {"Paul Officer"}


def test_losing_the_role_counts_and_keeping_another_of_the_office_does_not() -> None:
    adam = employee("Adam Admin", roles=(Role.ADMINISTRATOR,))
    both = employee("Bo Both", roles=(Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER))
    officer()
    held_by(both, 1)
    operations.revoke_role(RoleGrant.objects.get(user=both, role=Role.PRIVACY_OFFICER), actor=adam)
    assert told("leaver") == set()
    operations.revoke_role(RoleGrant.objects.get(user=both, role=Role.PRIVACY_ANALYST), actor=adam)
    assert told("leaver") == {"Paul Officer"}


def test_someone_without_cases_leaves_quietly() -> None:
    ana, paul = analyst(), officer()
    brought_to(Status.CLOSED, ana=ana, paul=paul)
    left(ana)
    assert told("leaver") == set()


def test_a_leaver_of_the_personnel_list_counts_as_well() -> None:
    ana = analyst()
    officer()
    held_by(ana, 1)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    changes.report("directory.left", actor=None, user=None, employee_numbers=[ana.employee_number])
    assert told("leaver") == {"Paul Officer"}


def test_home_shows_an_officer_what_was_left_behind_until_it_has_someone() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    held_by(ana, 2)
    held_by(bea, 1)
    assert "held by someone who left" not in browser(paul).get("/").content.decode()
    left(ana)
    assert "2 open cases held by someone who left" in browser(paul).get("/").content.decode()
    assert "held by someone who left" not in browser(bea).get("/").content.decode()
    reassigning.hand_on(ana, actor=paul, to=bea)
    assert leavers.in_no_hands(paul) == (0, 0)
