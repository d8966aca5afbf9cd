"""Whoever is kept from a case finds no trace of it in the queue: no row, no count, no search, no file, no assigning."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from incidents import leavers, queue
from incidents.choices import Kind
from incidents.models import Incident
from incidents.views.queue import NOT_FOUND
from people.models import Delegation, RoleGrant, User
from tests.incidents.stage import analyst, browser, fresh, officer, reported
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db
QUEUE, EXPORT, ASSIGN = (reverse(f"incidents:{name}") for name in ("queue", "export", "assign_many"))
WORDS: dict[str, Any] = {"narrative": "The weathervane was posted.", "platform": "Facebook"}


def who_is_named() -> tuple[User, Incident]:
    ana = analyst()
    return ana, reported(people=(ana,), **WORDS)


def who_is_above_the_accused() -> tuple[User, Incident]:
    ana = analyst()
    accused = employee("Al Accused", supervisor=employee("Mid Manager", supervisor=ana))
    return ana, reported(kind=Kind.ASKED, people=(accused,), **WORDS)


def who_is_above_the_reporter() -> tuple[User, Incident]:
    ana = analyst()
    return ana, reported(employee("Rita Reporter", supervisor=ana), kind=Kind.ASKED, **WORDS)


def who_reported_it() -> tuple[User, Incident]:
    ana = analyst()
    return ana, reported(ana, **WORDS)


def who_stands_in_for_someone_named() -> tuple[User, Incident]:
    ana, nora, today = analyst(), employee("Nora Named"), clock.today()
    Delegation.objects.create(delegator=nora, delegate=ana, starts_on=today, ends_on=today + timedelta(days=1))
    return ana, reported(people=(nora,), **WORDS)


KEPT_FROM = [
    who_is_named,
    who_is_above_the_accused,
    who_is_above_the_reporter,
    who_reported_it,
    who_stands_in_for_someone_named,
]
Scene = Callable[[], tuple[User, Incident]]
each_way = pytest.mark.parametrize("scene", KEPT_FROM, ids=lambda scene: scene.__name__)


@each_way
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"status": "reported"},
        {"status": "any"},
        {"q": "weathervane"},
        {"q": "weathervane", "status": "any", "sort": "last"},
        {"platform": "Facebook"},
        {"severity": "none", "assignee": "nobody"},
        {"due": "week"},
        {"before": "99999999999999999-999999999999999999"},
        {"after": "0-0"},
    ],
    ids=str,
)
def test_no_list_filter_search_or_page_shows_it(scene: Scene, asked: dict[str, Any]) -> None:
    ana, incident = scene()
    page = browser(ana).get(QUEUE, asked)
    assert page.status_code == 200
    assert incident.reference not in page.content.decode()


@each_way
def test_colleagues_see_it(scene: Scene) -> None:
    _, incident = scene()
    page = browser(analyst("Bea Analyst")).get(QUEUE, {"q": "weathervane"})
    assert incident.reference in page.content.decode()


@each_way
def test_its_number_finds_what_a_number_that_does_not_exist_finds(scene: Scene) -> None:
    ana, incident = scene()
    hidden, absent = (browser(ana).get(QUEUE, {"q": f"INC-{number}"}) for number in (incident.pk, 987654321))
    assert hidden.status_code == absent.status_code
    assert hidden.context["page"] == absent.context["page"]
    assert hidden.context["nothing"] == absent.context["nothing"]


@each_way
def test_it_is_in_no_count(scene: Scene) -> None:
    ana, incident = scene()
    assert sum(queue.counts(fresh(ana)).values()) == 0
    assert leavers.in_no_hands(fresh(ana)) == (0, 0)
    assert queue.counts(officer())[incident.status] == 1


@each_way
def test_it_is_in_no_file(scene: Scene) -> None:
    ana, incident = scene()
    response = browser(ana).get(EXPORT, {"status": "any"})
    assert incident.reference.encode() not in b"".join(response.streaming_content)  # type: ignore[attr-defined]


@each_way
def test_it_is_given_to_nobody_by_them_and_answers_as_a_number_that_does_not_exist(scene: Scene) -> None:
    ana, incident = scene()
    bea = analyst("Bea Analyst")
    sent = {"incident": [incident.pk, 987654321], "to": bea.pk}
    words = browser(ana).post(ASSIGN, sent, follow=True).content.decode()
    assert f"{incident.reference}: {NOT_FOUND}" in words
    assert f"INC-987654321: {NOT_FOUND}" in words
    assert Incident.objects.get(pk=incident.pk).assignee is None


def test_a_former_analyst_has_no_queue_no_file_and_no_assigning() -> None:
    ana, incident = analyst(), reported()
    client = browser(ana)
    assert incident.reference in client.get(QUEUE).content.decode()
    RoleGrant.objects.filter(user=ana).update(revoked_at=clock.now(), revoked_by=officer())
    assert client.get(QUEUE).status_code == 404
    assert client.get(EXPORT).status_code == 404
    assert client.post(ASSIGN, {"incident": [incident.pk], "to": ana.pk}).status_code == 404
    assert client.post(reverse("incidents:save_view") + "?q=x", {"name": "Mine"}).status_code == 404


def test_someone_named_stays_out_of_pages_at_depth() -> None:
    ana, erin = analyst(), employee()
    for number in range(60):
        reported(erin, people=(ana,) if number % 7 == 0 else ())
    hidden = set(Incident.objects.filter(involved=ana).values_list("pk", flat=True))
    client, query, seen = browser(ana), "", set()
    for _ in range(3):
        page = client.get(f"{QUEUE}?{query}").context["page"]
        seen |= {row.pk for row in page.rows}
        query = page.after
    assert len(seen) == 60 - len(hidden)
    assert not seen & hidden
