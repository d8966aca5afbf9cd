"""Finding people, and leafing through them."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from people import directory
from people.models import Role, User
from tests.personas import employee, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def jose() -> User:
    """Someone with accents, an apostrophe and a hyphen."""
    return employee("José O'Brien-Łuczak", email="jose.obrien@dhs.example", employee_number="AB-1234")


@pytest.mark.parametrize(
    "typed",
    ["jo", "José", "JOSE", "obrien", "o'brien", "o\u2019brien", "brien łu", "ŁUCZAK", "jose.ob",
     "jose.obrien@dhs.example", "ab-12", "AB 1234", "  jose  ", "jose_obrien"],
)  # fmt: skip
def test_the_beginnings_of_words_find_someone(jose: User, typed: str) -> None:
    employee("Erin Employee")
    assert list(directory.find(typed)) == [jose]


@pytest.mark.parametrize(
    "typed", ["", "   ", "***", "&|!", "ose", "jose erin", "jose\x00", "a" * 5000, "'; --", "(((", "jose:*"]
)
def test_anything_may_be_typed_and_finds_only_what_fits(jose: User, typed: str) -> None:
    found = list(directory.find(typed))
    assert found == ([jose] if typed in ("jose\x00", "jose:*") else [])


def test_leavers_are_not_found_but_matched(jose: User) -> None:
    User.objects.filter(pk=jose.pk).update(is_active=False)
    assert list(directory.find("jose")) == []
    assert list(directory.matching("jose")) == [jose]


def test_a_few_are_found_by_name_with_their_units_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    office = unit("PUL", name="Pulaski office")
    for number in range(12):
        employee(f"Erin {chr(90 - number)}", unit=office)
    with django_assert_num_queries(1):
        found = [directory.brief(person) for person in directory.find("erin")]
    assert len(found) == 8
    assert found[0] == {"id": found[0]["id"], "name": "Erin O", "title": "", "unit": "Pulaski office"}


def test_the_search_has_an_index_to_use() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "people_user_words" in directory.matching("erin").order_by().explain()


def test_holders_are_active_and_their_role_in_force() -> None:
    olga = employee("Olga Outreach", roles=(Role.OCCE,))
    pat = employee("Pat Privacy", roles=(Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST))
    employee("Lee Leaver", roles=(Role.OCCE,), is_active=False)
    assert list(directory.holders_of(Role.OCCE)) == [olga]
    assert list(directory.holders_of(Role.PRIVACY_OFFICER, Role.PRIVACY_ANALYST)) == [pat]
    assert list(directory.holders_of()) == []


def test_leafing_forth_and_back_shows_everyone_once() -> None:
    for number in range(7):
        employee("Same Name" if number % 2 else f"Name {number}")
    everyone = list(directory.everyone())
    first = directory.page(directory.everyone(), size=3)
    second = directory.page(directory.everyone(), size=3, after=str(first.after))
    third = directory.page(directory.everyone(), size=3, after=str(second.after))
    assert [*first.people, *second.people, *third.people] == everyone
    assert (first.before, third.after) == (None, None)
    assert directory.page(directory.everyone(), size=3, before=str(third.before)) == second
    assert directory.page(directory.everyone(), size=3, before=str(second.before)).people == first.people


@pytest.mark.parametrize("made_up", ["x", "-1", "٣", "9" * 30, str(2**63), "0", "1e3", "\x00"])
def test_a_made_up_place_is_the_first_page(made_up: str) -> None:
    erin = employee()
    assert directory.page(directory.everyone(), after=made_up).people == [erin]
    assert directory.page(directory.everyone(), before=made_up).people == [erin]


@pytest.mark.parametrize(
    "typed",
    ["José O'Brien-Łuczak", "jose o\u2019brien łuczak", "JOSE.OBRIEN@DHS.EXAMPLE", "ab-1234", " AB-1234 "],
)
def test_someone_is_named_exactly_by_the_whole_name_address_or_number(jose: User, typed: str) -> None:
    employee("José O'Brien")
    assert list(directory.named_exactly(["nobody", typed])) == [jose]
    assert directory.is_named_by(jose, typed)


@pytest.mark.parametrize(
    "typed", ["", "José", "O'Brien-Łuczak José", "1234", "jose.obrien@elsewhere.example", "'", "&"]
)
def test_a_part_of_a_name_names_nobody(jose: User, typed: str) -> None:
    assert list(directory.named_exactly([typed])) == []
    assert not directory.is_named_by(jose, typed)


def test_many_are_named_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [employee(f"Erin {chr(65 + number)}") for number in range(20)]
    employee("Leah Leaver", is_active=False)
    with django_assert_num_queries(2):
        found = list(directory.named_exactly([*(person.name for person in people), "Leah Leaver"]))
    assert found == people
