"""Home says which requests for access await someone, and leads everyone to what they have to do with access."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access_requests.operations import deciding, ending, reviewing
from people.models import Role, User
from tests.access_requests.stage import asked, browser, cast, granted, now
from tests.conftest import At
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db
MINE, AWAITING, SECURITY, REGISTER = (
    f'href="/access-requests/{path}"' for path in ("", "awaiting/", "security/", "register/")
)


def home(user: User) -> str:
    """What this person reads on their home page."""
    return browser(now(user)).get("/").content.decode()


def test_everyone_finds_their_requests_and_only_those_concerned_the_rest() -> None:
    page = home(employee("Solo Someone"))
    assert MINE in page
    assert all(address not in page for address in (AWAITING, SECURITY, REGISTER))


def test_whoever_has_to_decide_reads_how_many_wait_and_when_the_first_is_due(at: At) -> None:
    with at("2026-11-16 10:00"):
        people = cast()
        first = asked(people.erin)
    with at("2026-11-17 10:00"):
        asked(people.erin)
        page = home(people.sam)
        assert "2 requests</a> <span>for access await your decision" in page
        assert "Nov. 19, 2026 at 4:30 p.m." in page
        assert "Requests awaiting you" in page
        deciding.approve(first, actor=now(people.sam))
        assert "1 request</a> <span>for access awaits your decision" in home(people.sam)
        assert "for access awaits" not in home(people.dora)


def test_a_review_awaits_whoever_is_asked_and_is_not_counted_as_a_decision(at: At) -> None:
    with at("2026-10-16 10:00"):
        people = cast()
        granted(people.erin, people.ivan, ends_on=clock.today().replace(month=12))
    with at("2026-11-16 10:00"):
        assert reviewing.ask_for_reviews() == 1
        page = home(people.sam)
        assert "1 grant</a> <span>of access awaits your review" in page
        assert "your decision" not in page
        assert "Requests awaiting you" not in page


def test_it_security_reads_how_many_removals_are_late(at: At) -> None:
    with at("2026-11-16 10:00"):
        people = cast()
        over = granted(people.erin, people.ivan)
        assert "No removal is overdue." in home(people.ivan)
        ending.finish(over, actor=now(people.erin))
        assert "No removal is overdue." in home(people.ivan)
    with at("2026-11-18 10:00"):
        page = home(people.ivan)
        assert "1 removal overdue." in page
        assert all(address in page for address in (SECURITY, REGISTER))


@pytest.mark.parametrize("role", [Role.PRIVACY_OFFICER, Role.AUDITOR])
def test_those_who_examine_find_all_requests(role: Role) -> None:
    page = home(employee("Exa Miner", roles=(role,)))
    assert REGISTER in page
    assert SECURITY not in page


def test_twelve_requests_cost_home_as_many_queries_as_one(at: At) -> None:
    def queries() -> int:
        client = browser(now(people.sam))
        client.get("/")
        with CaptureQueriesContext(connection) as taken:
            assert client.get("/").status_code == 200
        return len(taken)

    with at("2026-11-16 10:00"):
        people = cast()
        asked(people.erin)
        one = queries()
        for _ in range(11):
            asked(people.erin)
        assert queries() == one <= 8
