"""What happens in an investigation, what is written down of it, and who hears of it."""

import uuid
from typing import Any

import pytest

from audit import trail
from investigations import operations, rules
from investigations.models import Investigation, Member, Office
from notifications import words
from notifications.models import Notice
from people.models import Role, RoleGrant, User
from tests.investigations.stage import (
    OUTCOME,
    Allegation,
    again,
    as_it_stands,
    auditor,
    closed,
    investigator,
    joined,
    officer,
    opened,
    told,
)
from tests.personas import employee
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db


def opening(**other: Any) -> Investigation:
    """Send the same page, but for what is given otherwise."""
    sent = {"office": Office.INTERNAL_AFFAIRS, "allegation": Allegation.STATE_LAW, "submission": uuid.UUID(int=7)}
    return operations.open_investigation(**{"number": "IA-2026-014", **sent, **other})


def written(investigation: Investigation) -> list[tuple[str, str]]:
    """The trail: what was done and by whom."""
    return [(entry.action, entry.actor.name if entry.actor else "") for entry in trail.of(investigation)]


# --- Opening


def test_whoever_opens_one_is_its_first_member() -> None:
    ivan = investigator("Ivan")
    investigation = as_it_stands(opening(actor=ivan, number=" ia-2026-014 "))
    assert (investigation.number, investigation.status) == ("IA-2026-014", "open")
    assert (investigation.office, investigation.allegation) == ("internal_affairs", "state_law")
    assert [member.person for member in rules.members_of(investigation)] == [ivan]
    assert written(investigation) == [("investigation.opened", "Ivan")]
    assert told(ivan) == []


def test_a_page_sent_twice_opens_one() -> None:
    ivan = investigator()
    assert opening(actor=ivan) == opening(actor=ivan)
    assert (Investigation.objects.count(), Member.objects.count()) == (1, 1)


def test_a_page_sent_again_with_another_number_opens_another() -> None:
    ivan = investigator()
    assert opening(actor=ivan) != opening(actor=ivan, number="IA-2026-015")


@pytest.mark.parametrize("office", [Office.PRIVACY, Office.INTERNAL_AFFAIRS])
def test_a_number_is_used_once_whosever_it_is(office: Office) -> None:
    opened()
    with pytest.raises(Refused, match="There is an investigation with this number"):
        opened(office=office, by=investigator("Iris", office=office))


def test_an_investigator_of_another_office_is_refused() -> None:
    with pytest.raises(Refused, match="for their own office"):
        opening(actor=investigator(office=Office.SECURITY))
    assert not Investigation.objects.exists()


# --- Who takes part


def test_someone_added_hears_of_it_and_sees_it() -> None:
    investigation, erin = opened(), employee()
    joined(investigation, erin)
    assert told(erin) == ["added"]
    assert rules.visible_to(erin).get() == investigation
    assert written(investigation)[-1] == ("investigation.member_added", "Ivan Investigator")


def test_a_notice_holds_the_number_and_the_way_there_and_nothing_else() -> None:
    investigation, erin = opened(), employee()
    joined(investigation, erin)
    closed(investigation)
    for notice, sentence in zip(
        Notice.objects.filter(recipient=erin).order_by("created_at"),
        ("IA-2026-014: you take part in this investigation now", "IA-2026-014: this investigation was closed"),
        strict=True,
    ):
        assert words.subject(notice) == sentence
        assert f"/investigations/{investigation.pk}/" in words.text(notice)
        assert OUTCOME not in words.text(notice)
        assert "state law" not in words.text(notice)


def test_someone_who_adds_themselves_is_not_told() -> None:
    iris = investigator("Iris")
    operations.add_member(opened(), iris, actor=iris)
    assert told(iris) == []


def test_someone_who_has_left_meanwhile_is_not_added() -> None:
    investigation, erin = opened(), employee()
    User.objects.filter(pk=erin.pk).update(is_active=False)
    with pytest.raises(Refused, match="has left"):
        joined(investigation, erin)


def test_someone_taken_out_sees_it_no_more_and_their_notice_is_gone() -> None:
    investigation, erin = opened(), employee()
    member = operations.remove_member(joined(investigation, erin), actor=investigation.opened_by)
    assert (member.removed_by, member.removed_at is None) == (investigation.opened_by, False)
    assert not rules.visible_to(erin).exists()
    assert told(erin) == []
    assert written(investigation)[-1] == ("investigation.member_removed", "Ivan Investigator")


def test_an_investigator_of_the_office_who_is_taken_out_keeps_their_notice() -> None:
    investigation, iris = opened(), investigator("Iris")
    operations.remove_member(joined(investigation, iris), actor=investigation.opened_by)
    assert told(iris) == ["added"]


def test_someone_taken_out_is_added_again_and_hears_of_it_anew() -> None:
    investigation, erin = opened(), employee()
    operations.remove_member(joined(investigation, erin), actor=investigation.opened_by)
    joined(investigation, erin)
    assert told(erin) == ["added"]
    assert Member.objects.filter(person=erin).count() == 2


def test_nobody_is_added_twice_or_taken_out_twice() -> None:
    investigation, erin = opened(), employee()
    member = joined(investigation, erin)
    with pytest.raises(Refused, match="is a member already") as again_added:
        joined(investigation, erin)
    operations.remove_member(member, actor=investigation.opened_by)
    with pytest.raises(Refused, match="is no longer a member") as again_removed:
        operations.remove_member(member, actor=investigation.opened_by)
    assert again_added.value.denied.conflict
    assert again_removed.value.denied.conflict


@pytest.mark.parametrize("outsider", [auditor, officer, employee])
def test_whoever_does_not_run_it_changes_nothing(outsider: Any) -> None:
    investigation, person = opened(), outsider("Other Otto")
    member = joined(investigation, employee())
    for attempt in (
        lambda: operations.add_member(investigation, person, actor=person),
        lambda: operations.remove_member(member, actor=person),
        lambda: closed(investigation, by=person),
    ):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert not refusal.value.denied.conflict
    assert as_it_stands(investigation).is_open
    assert rules.members_of(investigation).count() == 2


# --- Closing


def test_all_who_take_part_hear_of_the_closing_but_whoever_closed_it() -> None:
    investigation, erin, gone, iris = opened(), employee(), employee("Gone Gable"), investigator("Iris")
    for person in (erin, gone):
        joined(investigation, person)
    operations.remove_member(investigation.members.get(person=gone), actor=investigation.opened_by)
    done = as_it_stands(closed(investigation, by=iris))
    assert (done.status, done.closed_by, done.outcome) == ("closed", iris, OUTCOME)
    assert told(investigation.opened_by) == ["closed"]
    assert told(erin) == ["added", "closed"]
    assert told(gone) == told(iris) == []
    assert written(investigation)[-1] == ("investigation.close", "Iris")


def test_a_closed_one_is_neither_closed_again_nor_changed() -> None:
    investigation, erin = opened(), employee()
    joined(investigation, erin)
    closed(investigation)
    for attempt in (
        lambda: closed(investigation),
        lambda: joined(investigation, employee("New Nan")),
        lambda: operations.remove_member(investigation.members.get(person=erin), actor=investigation.opened_by),
    ):
        with pytest.raises(Refused, match="This investigation is closed") as refusal:
            attempt()
        assert refusal.value.denied.conflict


def test_an_investigator_whose_role_ended_does_not_close_those_of_others() -> None:
    investigation, iris = opened(), investigator("Iris")
    RoleGrant.objects.filter(user=iris, role=Role.INVESTIGATOR).update(revoked_at=clock.now())
    with pytest.raises(Refused, match="Only whoever opened this"):
        closed(investigation, by=again(iris))
