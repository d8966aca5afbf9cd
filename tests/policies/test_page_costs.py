"""No page of the library takes more queries the more it shows."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import User
from policies.models import Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.policies.stage import approver, browser, draft, next_version, published, writer
from workflow import clock

pytestmark = pytest.mark.django_db

MOST = 8
SIZES = (1, 25, 60)


def more_policies(wanda: User, there: int, rows: int) -> None:
    """As many policies with the word as asked, and as many drafts."""
    for number in range(there, rows):
        published(f"20{number:02}", author=wanda, body="(A) Giraffe.", title=f"Giraffe {number}")
        draft(f"30{number:02}", author=wanda)


def more_versions(last: Version, there: int, rows: int) -> Version:
    """As many versions as asked, the last with as many clauses, each with the word."""
    for number in range(there, rows):
        last = next_version(last, body="\n\n".join(f"({clause}) Giraffe {number}." for clause in range(1, number + 2)))
    return last


def more_said(begun: Version, there: int, rows: int) -> None:
    """A draft written as often as asked, with as many remarks."""
    for number in range(there, rows):
        publishing.remark(begun, actor=begun.author, body=f"Remark {number}")
        text = Text(begun.title, f"(A) Draft {number}.", "New.")
        drafting.write(begun, text, actor=begun.author, seen=number)


def addresses(begun: Version) -> dict[str, str]:
    """The pages, by name."""
    library, today = reverse("policies:library"), clock.today().isoformat()
    policy = reverse("policies:policy", args=["1021"])
    return {
        "library": library,
        "library, deeper": f"{library}?after=1021",
        "found": f"{library}?q=giraffe",
        "policy": policy,
        "policy today": f"{policy}?on={today}",
        "version": reverse("policies:version", args=["1021", 1]),
        "printed": reverse("policies:printed", args=["1021", 1]),
        "history": reverse("policies:history", args=["1021"]),
        "compare": reverse("policies:compare", args=["1021"]),
        "draft": reverse("policies:draft", args=[begun.pk]),
        "drafts": reverse("policies:drafts"),
    }


def queries(client: Client, address: str) -> int:
    """How many a page takes, once what is read now and then has been read."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_each_page_takes_at_most_eight_queries_and_as_many_however_much_it_shows() -> None:
    wanda = writer()
    last, other = published("1021", author=wanda), published("1022", author=wanda)
    last = next_version(last, body="(A) Giraffe.")
    begun = drafting.begin_version(other.document, actor=wanda)
    client, counts, there = browser(wanda), list[dict[str, int]](), 0
    for rows in SIZES:
        more_policies(wanda, there, rows)
        last = more_versions(last, there, rows)
        more_said(begun, there, rows)
        counts.append({name: queries(client, address) for name, address in addresses(begun).items()})
        there = rows
    assert counts[0] == counts[1] == counts[2]
    assert {name: count for name, count in counts[0].items() if count > MOST} == {}


@pytest.mark.parametrize("who", ["writer", "approver", "second writer"])
def test_a_draft_takes_at_most_eight_in_any_state_whoever_looks_at_it(
    who: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wanda, carla, olga = writer(), approver(), writer("Olga Writer")
    begun = drafting.begin_version(published("1021", author=wanda).document, actor=wanda)
    begun = drafting.write(begun, Text(begun.title, "(A) New.", "New."), actor=olga, seen=0)
    client = browser({"writer": wanda, "approver": carla, "second writer": olga}[who])
    address = reverse("policies:draft", args=[begun.pk])
    client.get(address)
    for step, actor in ((None, wanda), (publishing.submit, wanda), (publishing.approve, carla)):
        if step is not None:
            begun = step(begun, actor=actor)
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200
