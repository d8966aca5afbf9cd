"""No page of access requests takes more queries the more it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access_requests.models import AccessRequest
from people.models import User
from tests.access_requests.stage import asked, browser, cast, granted

pytestmark = pytest.mark.django_db

MOST = 8
# The chain of command is computed anew wherever someone may decide or send.
OF_ONE_REQUEST = 24


def queries(person: User, address: str) -> int:
    """How many queries a page takes, after one look at it."""
    client = browser(person)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("mine", "erin"),
        ("awaiting", "sam"),
        ("review", "sam"),
        ("security", "ivan"),
        ("register", "ivan"),
        ("figures", "ivan"),
        ("in_force_csv", "ivan"),
        ("machines", "ivan"),
    ],
)
def test_a_list_takes_as_many_queries_for_one_as_for_many(page: str, who: str) -> None:
    people, address = cast(), reverse(f"access_requests:{page}")
    person: User = getattr(people, who)
    asked(people.erin)
    granted(people.erin, people.ivan)
    first = queries(person, address)
    for number in range(4):
        asked(people.erin, case_number=f"CW-{number}")
        granted(people.erin, people.ivan, sites=["Reddit", f"example{number}.com"])
    assert queries(person, address) <= first <= MOST


def test_a_request_takes_a_fixed_number_of_queries() -> None:
    people = cast()
    request: AccessRequest = asked(people.erin)
    address = reverse("access_requests:request", args=[request.pk])
    assert max(queries(person, address) for person in (people.erin, people.sam)) <= OF_ONE_REQUEST
