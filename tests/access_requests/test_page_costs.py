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


def test_a_list_takes_as_many_queries_for_one_as_for_many() -> None:
    people = cast()
    whose = {"mine": people.erin, "awaiting": people.sam, "review": people.sam}
    whose |= dict.fromkeys("security register figures in_force_csv machines".split(), people.ivan)

    def counted() -> dict[str, int]:
        return {page: queries(person, reverse(f"access_requests:{page}")) for page, person in whose.items()}

    asked(people.erin)
    granted(people.erin, people.ivan)
    first = counted()
    for number in range(4):
        asked(people.erin, case_number=f"CW-{number}")
        granted(people.erin, people.ivan, sites=["Reddit", f"example{number}.com"])
    many = counted()
    assert {page: (first[page], many[page]) for page in whose if not many[page] <= first[page] <= MOST} == {}


def test_a_request_takes_a_fixed_number_of_queries() -> None:
    people = cast()
    request: AccessRequest = asked(people.erin)
    address = reverse("access_requests:request", args=[request.pk])
    assert max(queries(person, address) for person in (people.erin, people.sam)) <= OF_ONE_REQUEST
