"""Who is kept from a report made without signing in, and that its page tells nobody whom it found."""

import re
from typing import Any

import pytest

from incidents.models import Incident, Involvement
from people.models import User
from tests.incidents.outsiders import BACK, START, asked, come_back, reported_outside, seen, send, window
from tests.incidents.stage import analyst, browser, case_url, counsel, officer
from tests.personas import employee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]


def finds(person: User, incident: Incident) -> bool:
    """Whether this person sees the case, in the queue and at its address."""
    client = browser(person)
    listed = incident.reference in client.get("/incidents/").content.decode()
    opened = client.get(case_url(incident)).status_code == 200
    assert listed == opened
    return listed


@pytest.mark.parametrize("typed", ["name", "email", "employee_number"])
def test_an_analyst_who_is_named_never_sees_it_nor_is_told(typed: str) -> None:
    nina, ana = analyst("Nina Named"), analyst()
    written = f"Somebody unknown, {getattr(nina, typed)}"
    send(window(), START, seen(people_described=written))
    incident = Incident.objects.get()
    assert (finds(nina, incident), finds(ana, incident)) == (False, True)
    assert not nina.notices.exists()
    assert incident.people_described == "Somebody unknown"


def test_whoever_is_above_the_accused_does_not_see_that_somebody_was_asked() -> None:
    boss = officer("Bea Boss")
    accused = employee("Max Manager", supervisor=boss)
    ana, carla = analyst(), counsel()
    send(window(), START, asked(people_described=accused.name))
    first = Incident.objects.latest("pk")
    assert (finds(boss, first), finds(ana, first), finds(carla, first)) == (False, True, True)
    send(window(), START, seen(people_described=accused.name))
    second = Incident.objects.latest("pk")
    assert (finds(boss, second), finds(carla, second)) == (True, False)


def test_the_named_are_on_record_as_named_by_nobody() -> None:
    nina = employee("Nina Named")
    send(window(), START, seen(people_described="nina named"))
    involvement = Involvement.objects.get()
    assert (involvement.person, involvement.named_by) == (nina, None)


def test_no_page_tells_whether_a_name_was_found() -> None:
    employee("Nina Named")
    pages = [_pages(name) for name in ("Nina Named", "Nobody Known")]
    assert pages[0] == pages[1]


def _pages(name: str) -> list[str]:
    """Every page a reporter comes to who names this person, without what is different each time."""
    client = window()
    refused = send(client, START, asked(people_described=name, narrative=""))
    shown = send(client, START, asked(people_described=name))
    incident, code = reported_outside(people_described=name)
    thread = come_back(code).get(BACK)
    return [_alike(page, name) for page in (refused, shown, thread)] + [str(incident.kind)]


def _alike(page: Any, name: str) -> str:
    text = page.content.decode().replace(name, "")
    text = re.sub(r'value="[A-Za-z0-9_-]{20,}"|INC-\d+|>\d{4}<', "", text)
    return re.sub(r"<time.*?</time>", "", text, flags=re.DOTALL)
