"""A lost code: what somebody says without it reaches the office alone, and tells them nothing."""

import re
from typing import Any

import pytest

from audit.models import Entry
from incidents.choices import Kind, Outsider
from incidents.models import Incident, Message, PublicReport
from incidents.operations import casework
from tests.incidents.outsiders import BACK, LOST, come_back, hashes_counted, reported_outside, send, ticket_on, window
from tests.incidents.stage import analyst, browser, case_url, officer, reported
from tests.personas import employee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]
WORDS = "I remember now who else was there."


def tell(number: object, **more: Any) -> Any:
    return send(window(), LOST, {"number": str(number), "words": WORDS, **more})


def page_without_numbers(page: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def test_the_office_reads_what_the_person_tells_and_that_it_is_unproven() -> None:
    ana = analyst()
    incident, code = reported_outside()
    tell(incident.reference, contact="501-555-0100")
    message = Message.objects.get()
    assert (message.incident, message.author, message.unproven) == (incident, None, True)
    page = browser(ana).get(case_url(incident)).content.decode()
    assert WORDS in page
    assert "501-555-0100" in page
    assert "without the code" in page
    assert WORDS not in come_back(code).get(BACK).content.decode()
    assert Entry.objects.get(action="incident.told").actor is None


def test_a_number_there_is_not_becomes_a_report_of_its_own_which_no_code_opens() -> None:
    tell(999_999)
    incident = Incident.objects.get()
    assert (incident.kind, incident.outsider, incident.is_public) == (Kind.OTHER, Outsider.OTHER, True)
    assert "INC-999999" in incident.narrative
    assert WORDS in incident.narrative
    assert PublicReport.objects.get().code_saved_at is None


def test_the_report_of_an_employee_is_not_reached_and_the_words_become_a_report_of_their_own() -> None:
    theirs = reported(employee("Erin Reporter"), confidential=True)
    tell(theirs.reference)
    assert not Message.objects.exists()
    assert not Entry.objects.filter(action="incident.told").exists()
    told = Incident.objects.exclude(pk=theirs.pk).get()
    assert (told.kind, told.outsider, told.is_public) == (Kind.OTHER, Outsider.OTHER, True)
    tell(999_999)
    about_nothing = Incident.objects.exclude(pk__in=(theirs.pk, told.pk)).get()
    assert told.narrative == about_nothing.narrative.replace("INC-999999", theirs.reference)
    assert "no report with a code has this number" in told.narrative


def test_whoever_is_kept_from_a_report_does_not_read_what_is_told_about_it() -> None:
    named = analyst("Nina Named")
    incident, _ = reported_outside()
    casework.name_person(incident, actor=officer(), person=named)
    tell(incident.reference)
    assert Message.objects.get().incident == incident
    assert not Incident.objects.exclude(pk=incident.pk).exists()
    assert browser(named).get(case_url(incident)).status_code == 404


def test_the_answer_and_its_cost_are_the_same_whatever_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    public, _ = reported_outside()
    employees = reported(employee())
    hashed = hashes_counted(monkeypatch)
    pages, costs = [], []
    for number in (public.reference, employees.pk, 999_999, 10**17):
        before = len(hashed)
        answer = tell(number)
        pages.append((answer.status_code, page_without_numbers(answer)))
        costs.append(len(hashed) - before)
    assert len(set(pages)) == 1
    assert pages[0][0] == 200
    assert costs == [1, 1, 1, 1]


def test_a_double_click_tells_it_once() -> None:
    incident, _ = reported_outside()
    client = window()
    for number in (incident.pk, 999_999):
        told = {"number": str(number), "words": WORDS, "ticket": ticket_on(client, LOST)}
        for _ in range(2):
            assert send(client, LOST, told).status_code == 200
    assert Message.objects.count() == 1
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("number", ""),
        ("number", "the one of last week"),
        ("number", "0"),
        ("number", "INC-" + "9" * 19),
        ("number", "-5"),
        ("number", "1e3"),
        ("number", "١٠٤٢"),
        ("number", "1\x00"),
        ("words", ""),
        ("words", "The password is Summer2024!"),
        ("words", "a\u202eb"),
        ("contact", "user name: jdoe77"),
        ("contact", "x" * 201),
    ],
)
def test_what_cannot_be_is_said_at_its_field(field: str, typed: str) -> None:
    page = send(window(), LOST, {"number": "INC-1042", "words": WORDS, "contact": "by phone", field: typed})
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert not Incident.objects.exists()


@pytest.mark.parametrize("typed", ["{}", "INC-{}", "inc {}", " INC-{} "])
def test_the_number_may_be_written_as_people_do(typed: str) -> None:
    incident, _ = reported_outside()
    assert tell(typed.format(incident.pk)).status_code == 200
    assert Message.objects.get().incident == incident
