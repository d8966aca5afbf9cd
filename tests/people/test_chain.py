"""The chain of command, with everyone who is missing from it."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from people.chain import Link, chain_of_command, is_above, superiors
from people.models import Delegation, User
from people.subtree import below
from tests.personas import employee

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 25)


@pytest.fixture
def toni() -> User:
    """Stands at the top."""
    return employee("Toni Top")


@pytest.fixture
def sam(toni: User) -> User:
    """Reports to Toni."""
    return employee("Sam Supervisor", supervisor=toni)


@pytest.fixture
def erin(sam: User) -> User:
    """Reports to Sam."""
    return employee("Erin Employee", supervisor=sam)


def absent(who: User, delegate: User, *, ended: bool = False, first: date = DAY, last: date = DAY) -> Delegation:
    """An absence that was entered before the rules had a say."""
    made = Delegation.objects.create(delegator=who, delegate=delegate, starts_on=first, ends_on=last, reason="leave")
    if ended:
        Delegation.objects.filter(pk=made.pk).update(ended_at="2026-11-24T12:00Z")
    return made


def leave(who: User) -> None:
    """Somebody leaves, and those under them still point to them."""
    User.objects.filter(pk=who.pk).update(is_active=False)


def names(links: list[Link]) -> list[str]:
    """Who decides, and for whom, in order."""
    return [f"{link.person} for {link.acting_for}" if link.acting_for else str(link.person) for link in links]


def chain(user: User) -> list[Link]:
    """The chain as it is on the day of these tests."""
    return chain_of_command(User.objects.get(pk=user.pk), on=DAY)


def test_it_goes_up_nearest_first(erin: User, sam: User, toni: User) -> None:
    assert superiors(erin) == [sam, toni]
    assert names(chain(erin)) == ["Sam Supervisor", "Toni Top"]
    assert [link.why for link in chain(erin)] == ["Supervisor of Erin Employee.", "Supervisor of Sam Supervisor."]


def test_it_costs_one_query_raw_and_two_with_who_stands_in(
    erin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        superiors(erin)
    with django_assert_num_queries(2):
        chain_of_command(erin, on=DAY)


def test_nobody_stands_above_the_top(toni: User) -> None:
    assert superiors(toni) == []
    assert chain(toni) == []


def test_above_the_top_the_secretarys_designee_decides(toni: User, settings: Settings) -> None:
    designee = employee("Desi Designee")
    settings.SECRETARY_DESIGNEE = designee.email.upper()
    assert names(chain(toni)) == ["Desi Designee"]
    assert "the Secretary's designee decides" in chain(toni)[0].why
    assert chain(designee) == [], "the designee does not decide about themselves"


def test_a_leaver_is_passed_over_and_named(erin: User, sam: User) -> None:
    leave(sam)
    assert names(chain(erin)) == ["Toni Top"]
    assert chain(erin)[0].why == "Sam Supervisor has left. Next above Erin Employee."


def test_where_all_above_have_left_it_is_as_at_the_top(erin: User, sam: User, toni: User) -> None:
    leave(sam)
    leave(toni)
    assert superiors(erin) == []
    assert chain(erin) == []


def test_a_delegate_acts_in_the_name_of_who_is_away(erin: User, sam: User) -> None:
    absent(sam, employee("Dana Delegate"))
    assert names(chain(erin)) == ["Dana Delegate for Sam Supervisor", "Toni Top"]
    assert "Sam Supervisor is away until November 25, 2026; Dana Delegate stands in." in chain(erin)[0].why


@pytest.mark.parametrize("days", [(-2, -1), (1, 2)])
def test_a_delegate_acts_on_the_days_of_absence_only(erin: User, sam: User, days: tuple[int, int]) -> None:
    first, last = (DAY + timedelta(days=offset) for offset in days)
    absent(sam, employee("Dana Delegate"), first=first, last=last)
    assert names(chain(erin)) == ["Sam Supervisor", "Toni Top"]


def test_a_delegation_that_was_ended_counts_no_longer(erin: User, sam: User) -> None:
    absent(sam, employee("Dana Delegate"), ended=True)
    assert names(chain(erin)) == ["Sam Supervisor", "Toni Top"]


def test_nobody_decides_about_themselves_as_a_delegate(erin: User, sam: User) -> None:
    absent(sam, erin)
    assert names(chain(erin)) == ["Toni Top"]
    assert "cannot decide about themselves" in chain(erin)[0].why


def test_a_delegate_who_left_is_passed_over(erin: User, sam: User) -> None:
    dana = employee("Dana Delegate", is_active=False)
    absent(sam, dana)
    assert names(chain(erin)) == ["Toni Top"]
    assert "Dana Delegate, who stood in, has left." in chain(erin)[0].why


def test_a_delegate_who_is_away_too_is_passed_over(erin: User, sam: User) -> None:
    dana = employee("Dana Delegate")
    absent(sam, dana)
    absent(dana, employee("Quinn Quick"))
    assert names(chain(erin)) == ["Toni Top"]
    assert "are both away" in chain(erin)[0].why


def test_a_superior_who_stands_in_for_another_decides_once(erin: User, sam: User, toni: User) -> None:
    absent(sam, toni)
    assert names(chain(erin)) == ["Toni Top"]
    assert "decides already" in chain(erin)[0].why


def test_one_who_stands_in_for_two_decides_once(erin: User, sam: User, toni: User) -> None:
    dana = employee("Dana Delegate")
    absent(sam, dana)
    absent(toni, dana)
    assert names(chain(erin)) == ["Dana Delegate for Sam Supervisor"]


def test_a_loop_ends_where_it_would_begin_again(erin: User, sam: User, toni: User) -> None:
    User.objects.filter(pk=toni.pk).update(supervisor=sam)
    assert superiors(erin) == [sam, toni]
    User.objects.filter(pk=toni.pk).update(supervisor=erin)
    assert superiors(erin) == [sam, toni], "never oneself"
    assert superiors(sam) == [toni, erin]


def test_who_stands_above_whom(erin: User, sam: User, toni: User) -> None:
    assert is_above(toni, erin)
    assert not is_above(erin, toni)
    assert not is_above(erin, erin)
    assert not is_above(employee("Uma Unrelated"), erin)


def test_one_stands_above_also_through_someone_who_left(erin: User, sam: User, toni: User) -> None:
    leave(sam)
    assert is_above(toni, erin)


def test_who_stands_beneath_is_the_same_tree_from_above(erin: User, sam: User, toni: User) -> None:
    assert set(User.objects.filter(pk__in=below(toni))) == {sam, erin}


def test_a_hundred_links_are_the_end() -> None:
    person = employee("Number 0")
    for number in range(1, 105):
        person = employee(f"Number {number}", supervisor=person)
    assert len(superiors(person)) == 100
