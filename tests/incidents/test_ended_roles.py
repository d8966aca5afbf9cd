"""A role that ends by its date leaves cases behind as one that is taken away does, and the officers hear of it once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from celery import current_app
from django.db.models.functions import Now

from incidents import tasks
from incidents.models import Incident
from incidents.operations import casework, reassigning
from notifications.models import Notice
from people import operations
from people.models import Role, RoleGrant, User
from tests.incidents.stage import analyst, officer, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def until(person: User, role: Role = Role.PRIVACY_ANALYST, *, hours: int) -> None:
    """The person holds this role until so many hours ago."""
    RoleGrant.objects.create(user=person, role=role, office="", expires_at=Now() - timedelta(hours=hours))


@pytest.fixture
def ended() -> Callable[..., User]:
    """Somebody whose role in the Privacy Office ended so many hours ago, with so many open cases."""

    def make(name: str, *, hours: int = 3, cases: int = 1) -> User:
        person = employee(name)
        until(person, hours=hours)
        for _ in range(cases):
            Incident.objects.filter(pk=reported().pk).update(assignee=person)
        return person

    return make


def heard() -> list[tuple[str, str]]:
    """Who was told of cases left behind, and of how many."""
    told = Notice.objects.filter(template="incidents/leaver").order_by("pk")
    return sorted((notice.recipient.name, notice.facts["number"]) for notice in told)


def test_each_officer_hears_once_however_often_the_clock_strikes(ended: Callable[..., User]) -> None:
    officer()
    officer("Rita Officer")
    tim = ended("Tim Temporary", cases=2)
    for _ in range(3):
        assert tasks.tell_of_ended_roles() == 1
    assert heard() == [("Paul Officer", "2"), ("Rita Officer", "2")]
    assert set(Notice.objects.values_list("url", flat=True).filter(template="incidents/leaver")) == {
        f"/incidents/reassign/?who={tim.pk}"
    }


def test_a_run_that_was_missed_is_caught_up_and_whoever_is_appointed_since_hears_too(
    ended: Callable[..., User],
) -> None:
    ended("Tim Temporary", hours=24 * 90)
    officer()
    tasks.tell_of_ended_roles()
    officer("Nina New")
    tasks.tell_of_ended_roles()
    assert heard() == [("Nina New", "1"), ("Paul Officer", "1")]


def test_once_the_cases_have_someone_new_there_is_nothing_to_tell(ended: Callable[..., User]) -> None:
    paul, tim, bea = officer(), ended("Tim Temporary"), analyst("Bea Analyst")
    reassigning.hand_on(tim, actor=paul, to=bea)
    assert tasks.tell_of_ended_roles() == 0
    assert heard() == []


def test_an_officer_who_sees_none_of_the_cases_hears_nothing(ended: Callable[..., User]) -> None:
    paul, rita, tim = officer(), officer("Rita Officer"), ended("Tim Temporary")
    casework.name_person(Incident.objects.get(assignee=tim), actor=paul, person=rita)
    tasks.tell_of_ended_roles()
    assert heard() == [("Paul Officer", "1")]


def test_whoever_holds_another_role_of_the_office_or_has_the_role_again_has_not_left(
    ended: Callable[..., User],
) -> None:
    officer()
    adam = employee("Adam Admin", roles=(Role.ADMINISTRATOR,))
    both, again = ended("Bo Both"), ended("Ada Again")
    RoleGrant.objects.create(user=both, role=Role.PRIVACY_OFFICER, office="")
    operations.grant_role(again, Role.PRIVACY_ANALYST, actor=adam)
    assert tasks.tell_of_ended_roles() == 0


def test_a_role_that_ends_tomorrow_has_not_ended_and_one_that_was_taken_away_was_told_of_already(
    ended: Callable[..., User],
) -> None:
    officer()
    ended("Tom Tomorrow", hours=-24)
    ana = ended("Ana Analyst", hours=-24)
    adam = employee("Adam Admin", roles=(Role.ADMINISTRATOR,))
    operations.revoke_role(RoleGrant.objects.get(user=ana), actor=adam)
    assert heard() == [("Paul Officer", "1")]
    assert tasks.tell_of_ended_roles() == 0
    assert heard() == [("Paul Officer", "1")]


def test_a_role_that_ends_a_second_time_is_told_of_again(ended: Callable[..., User]) -> None:
    officer()
    tim = ended("Tim Temporary", hours=50)
    tasks.tell_of_ended_roles()
    until(tim, Role.PRIVACY_OFFICER, hours=2)
    tasks.tell_of_ended_roles()
    assert heard() == [("Paul Officer", "1"), ("Paul Officer", "1")]


def test_the_timetable_asks_every_hour() -> None:
    planned = [
        each for each in current_app.conf.beat_schedule.values() if each["task"] == tasks.tell_of_ended_roles.name
    ]
    assert [len(each["schedule"].hour) for each in planned] == [24]
