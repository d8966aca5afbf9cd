"""People and their roles for administrators, and the search behind the forms, over HTTP."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people import operations
from people.models import Role, RoleGrant, User
from tests.people.browsing import MOST_QUERIES, as_, queries, words
from tests.personas import employee, unit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


PAGES: list[Callable[[User], str]] = [
    lambda _: "/people/",
    lambda user: f"/people/{user.pk}/",
    lambda user: f"/people/{user.pk}/grant/",
    lambda user: f"/people/{user.pk}/deactivate/",
]
NOT_ADMINISTRATORS = [(), *((role,) for role in Role if role != Role.ADMINISTRATOR)]


@pytest.mark.parametrize("roles", NOT_ADMINISTRATORS)
@pytest.mark.parametrize("page", PAGES)
def test_only_administrators_open_the_pages_of_people(
    client: Client, erin: User, roles: tuple[Role, ...], page: Callable[[User], str]
) -> None:
    other = employee("Someone Else", roles=roles)
    assert as_(client, other).get(page(erin)).status_code == 403
    assert client.post(page(erin), {"role": "occe"}).status_code in (403, 405)
    assert not RoleGrant.objects.filter(user=erin).exists()
    assert User.objects.get(pk=erin.pk).is_active


@pytest.mark.parametrize("page", [*PAGES, lambda _: "/people/find/?q=er", lambda _: "/account/"])
def test_nobody_opens_them_without_signing_in(client: Client, erin: User, page: Callable[[User], str]) -> None:
    assert client.get(page(erin)).headers["Location"].startswith("/accounts/login/?next=/")


def test_only_administrators_take_roles_away(client: Client, erin: User, sam: User) -> None:
    grant = RoleGrant.objects.create(user=sam, role=Role.OCCE)
    assert as_(client, erin).post(f"/people/grants/{grant.pk}/revoke/").status_code == 403
    assert RoleGrant.objects.in_force().filter(pk=grant.pk).exists()


def test_an_administrator_finds_someone_and_leafs_through_the_rest(client: Client, ada: User) -> None:
    for number in range(30):
        employee(f"Erin Number {number:02}")
    page = words(as_(client, ada).get("/people/?q=erin"))
    assert "Erin Number 00" in page
    assert "Ada Administrator" not in page.partition("<tbody>")[2]
    assert "Erin Number 25" not in page
    last = User.objects.get(name="Erin Number 24")
    assert f"/people/?q=erin&amp;after={last.pk}" in page
    following = words(client.get(f"/people/?q=erin&after={last.pk}"))
    assert "Erin Number 29" in following
    first = User.objects.get(name="Erin Number 25")
    assert f"/people/?q=erin&amp;before={first.pk}" in following


def test_a_search_without_result_says_what_to_do(client: Client, ada: User) -> None:
    page = words(as_(client, ada).get("/people/?q=nobody"))
    assert "Nobody found" in page
    assert "Try fewer letters" in page


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%FF", "after=x&before=y", "q=" + "a" * 3000, "after=" + "9" * 40, "q[]=1"]
)
def test_nothing_in_an_address_breaks_the_page(client: Client, ada: User, query: str) -> None:
    assert as_(client, ada).get(f"/people/?{query}").status_code == 200
    assert client.get(f"/people/find/?{query}").status_code == 200


@pytest.mark.parametrize("path", ["/people/999999/", f"/people/{10**30}/", "/people/0/grant/"])
def test_someone_who_is_not_there_is_not_found(client: Client, ada: User, path: str) -> None:
    assert as_(client, ada).get(path).status_code == 404


def test_the_list_takes_as_many_queries_for_twenty_five_people_as_for_one(client: Client, ada: User) -> None:
    employee("Erin 0", unit=unit("U0"))
    few = queries(as_(client, ada), "/people/?q=erin")
    for number in range(1, 25):
        employee(f"Erin {number}", unit=unit(f"U{number}"))
    assert queries(client, "/people/?q=erin") == few
    assert few <= MOST_QUERIES


def test_a_person_takes_as_many_queries_for_twenty_five_grants_as_for_one(
    client: Client, ada: User, erin: User
) -> None:
    def grant_and_take_away() -> None:
        operations.revoke_role(operations.grant_role(erin, Role.OCCE, actor=ada), actor=ada)

    grant_and_take_away()
    operations.grant_role(erin, Role.COUNSEL, actor=ada)
    few = queries(as_(client, ada), f"/people/{erin.pk}/")
    for _ in range(24):
        grant_and_take_away()
    assert queries(client, f"/people/{erin.pk}/") == few
    assert few <= MOST_QUERIES


def test_a_person_shows_facts_roles_and_their_history(client: Client, ada: User, erin: User) -> None:
    operations.revoke_role(operations.grant_role(erin, Role.OCCE, actor=ada), actor=ada)
    operations.grant_role(erin, Role.COUNSEL, actor=ada)
    page = words(as_(client, ada).get(f"/people/{erin.pk}/"))
    for expected in (erin.email, "Caseworker", "Take away: Counsel", "Communications office (OCCE)", "Give a role"):
        assert expected in page


def test_an_administrator_gives_a_role_until_the_end_of_a_day(client: Client, ada: User, erin: User) -> None:
    last_day = TODAY() + 7 * DAY
    form = {"role": "occe", "office": "privacy", "last_day": last_day.isoformat()}
    assert as_(client, ada).post(f"/people/{erin.pk}/grant/", form).headers["Location"] == f"/people/{erin.pk}/"
    grant = RoleGrant.objects.get(user=erin)
    assert (grant.role, grant.office, grant.granted_by) == ("occe", "", ada)
    assert grant.expires_at is not None
    ends = timezone.localtime(grant.expires_at)
    assert (ends.date(), ends.hour, ends.minute) == (last_day + DAY, 0, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "This field is required."),
        ({"role": "king"}, "Select a valid choice"),
        ({"role": "investigator"}, "Choose the investigator's office."),
        ({"role": "occe", "last_day": "2020-01-01"}, "Choose a last day that is not in the past."),
        ({"role": "counsel"}, "holds this role already"),
        ({"role": "auditor"}, "Nobody may be Auditor and Counsel at once."),
    ],
)
def test_a_role_that_cannot_be_given_says_why(
    client: Client, ada: User, erin: User, fields: dict[str, str], sentence: str
) -> None:
    RoleGrant.objects.create(user=erin, role=Role.COUNSEL)
    answer = as_(client, ada).post(f"/people/{erin.pk}/grant/", fields)
    assert answer.status_code == 422
    assert sentence in words(answer).replace("&#x27;", "'")
    assert RoleGrant.objects.filter(user=erin).count() == 1


def test_an_administrator_cannot_give_themselves_a_role(client: Client, ada: User) -> None:
    answer = as_(client, ada).post(f"/people/{ada.pk}/grant/", {"role": "occe"})
    assert "You cannot give yourself a role." in words(answer)
    assert "You cannot give yourself a role." in words(client.get(f"/people/{ada.pk}/"))
    assert RoleGrant.objects.filter(user=ada).count() == 1


def test_an_administrator_takes_a_role_away_once(client: Client, ada: User, erin: User) -> None:
    grant = RoleGrant.objects.create(user=erin, role=Role.OCCE)
    path = f"/people/grants/{grant.pk}/revoke/"
    page = as_(client, ada).post(path, follow=True)
    assert "Erin Employee is no longer Communications office (OCCE)." in words(page)
    assert "This role has been taken away already." in words(client.post(path, follow=True))


def test_the_last_administrator_stays_one_and_reads_why(client: Client, ada: User) -> None:
    page = as_(client, ada).post(f"/people/grants/{RoleGrant.objects.get(user=ada).pk}/revoke/", follow=True)
    assert "is the only Administrator." in words(page)
    assert User.objects.get(pk=ada.pk).has_role(Role.ADMINISTRATOR)


def test_someone_is_shut_out_after_being_asked(client: Client, ada: User, erin: User) -> None:
    theirs = as_(Client(), erin)
    path = f"/people/{erin.pk}/deactivate/"
    assert "Deactivate Erin Employee?" in words(as_(client, ada).get(path))
    assert theirs.get("/account/").status_code == 200
    assert "can no longer sign in" in words(client.post(path, follow=True))
    assert theirs.get("/account/").status_code == 302


def test_the_search_tells_id_name_title_and_unit_only(client: Client, erin: User, sam: User) -> None:
    answer = as_(client, sam).get("/people/find/?q=eri")
    found = {"id": erin.pk, "name": "Erin Employee", "title": "Caseworker", "unit": "Pulaski office"}
    assert answer.json() == {"people": [found]}


def test_the_search_waits_for_two_letters_and_forgets_leavers(client: Client, sam: User) -> None:
    employee("Lee Leaver", is_active=False)
    assert as_(client, sam).get("/people/find/?q=s").json() == {"people": []}
    assert client.get("/people/find/?q=lee").json() == {"people": []}
    assert client.get("/people/find/").json() == {"people": []}
    assert client.post("/people/find/").status_code == 405


def test_one_person_searching_all_the_time_has_to_wait_and_others_do_not(client: Client, erin: User, sam: User) -> None:
    as_(client, erin)
    # Twice as many as one minute allows, in case a minute ends meanwhile.
    answers = [client.get("/people/find/?q=sa").status_code for _ in range(181)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert "Wait a minute" in client.get("/people/find/?q=sa").json()["error"]
    assert as_(client, sam).get("/people/find/?q=er").status_code == 200
