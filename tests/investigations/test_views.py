"""The pages of investigations, as those who take part, those who run them and those who only look meet them."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from audit import trail
from investigations.models import Investigation, Member, Office
from people.keyset import SIZE
from tests.investigations.stage import (
    OUTCOME,
    as_it_stands,
    auditor,
    browser,
    closed,
    investigator,
    joined,
    officer,
    opened,
)
from tests.people.browsing import queries
from tests.personas import employee
from workflow import clock

pytestmark = pytest.mark.django_db

LIST, NEW = "/investigations/", "/investigations/new/"


def says(client: Client, address: str, *, status: int = 200) -> str:
    """What a page says."""
    page = client.get(address)
    assert page.status_code == status
    return " ".join(page.content.decode().split())


def of(investigation: Investigation, page: str = "") -> str:
    """The address of one investigation, or of a page of it."""
    return f"{LIST}{investigation.pk}/{page}"


def send(client: Client, **answers: Any) -> Any:
    """Fill in the page on which one is opened."""
    form = {"number": "ia-2026-014", "allegation": "state_law", "submission": str(uuid.uuid4()), **answers}
    return client.post(NEW, form)


# --- The list


def test_the_list_shows_the_newest_first_and_pages_lead_on() -> None:
    ivan = investigator()
    for number in range(SIZE + 1):
        with clock.held_at(timezone.now() - timedelta(days=90 - number)):
            opened(f"IA-2026-{number + 1}", by=ivan)
    client = browser(ivan)
    first = client.get(LIST).context["page"]
    assert [each.number for each in first.rows][:2] == [f"IA-2026-{SIZE + 1}", f"IA-2026-{SIZE}"]
    assert [each.number for each in client.get(f"{LIST}?{first.after}").context["page"].rows] == ["IA-2026-1"]


def test_an_empty_list_says_what_to_do() -> None:
    assert "open it here and add the people who take part" in says(browser(investigator()), LIST)
    assert "Investigators open them." in says(browser(auditor()), LIST)
    assert "Back to the newest" in says(browser(investigator("Iris")), f"{LIST}?after=0-0")


def test_a_page_takes_as_many_queries_for_many_as_for_one() -> None:
    ivan = investigator()
    investigation = opened(by=ivan)
    client = browser(ivan)
    few = queries(client, LIST), queries(client, of(investigation))
    for number in range(10):
        joined(investigation, employee(f"Member {number}"))
        opened(f"IA-2026-{number}", by=ivan)
    assert (queries(client, LIST), queries(client, of(investigation))) == few


# --- Opening


def test_an_investigator_opens_one_and_is_asked_for_no_office() -> None:
    ivan = investigator()
    client = browser(ivan)
    assert 'name="office"' not in says(client, NEW)
    answer = send(client)
    investigation = Investigation.objects.get()
    assert answer.headers["Location"] == of(investigation)
    assert (investigation.number, investigation.office) == ("IA-2026-014", "internal_affairs")


def test_an_office_that_is_made_up_changes_nothing() -> None:
    send(browser(investigator()), office="privacy")
    assert Investigation.objects.get().office == "internal_affairs"


def test_a_privacy_officer_opens_one_for_the_privacy_office() -> None:
    assert send(browser(officer()), number="PO-2026-1").status_code == 302
    assert Investigation.objects.get().office == Office.PRIVACY


@pytest.mark.parametrize(
    "number", ["", "14", "IA-26-14", "IA-2026-", "IA 2026 14", "IA-2026-014\u200b", "IÄ-2026-1", "٣"]
)
def test_a_number_that_does_not_read_well_is_asked_for_again(number: str) -> None:
    page = send(browser(investigator()), number=number)
    assert page.status_code == 422
    assert not Investigation.objects.exists()


def test_a_number_in_use_is_said_at_the_number() -> None:
    opened("PO-2026-7", by=officer(), office=Office.PRIVACY)
    page = send(browser(investigator()), number="PO-2026-7")
    assert page.status_code == 422
    assert page.context["form"].errors["number"] == [
        "There is an investigation with this number already. Check the number."
    ]


def test_a_double_click_opens_one() -> None:
    client, submission = browser(investigator()), str(uuid.uuid4())
    first, second = (send(client, submission=submission) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Investigation.objects.count() == 1


# --- One of them


def test_its_page_says_what_it_is_who_takes_part_and_what_happened() -> None:
    investigation, erin = opened(), employee("Erin Whitfield", title="Program specialist")
    joined(investigation, erin)
    page = says(browser(erin), of(investigation))
    for words in (
        "Investigation IA-2026-014",
        "A state law was broken",
        "Internal Affairs/Fraud",
        "Program specialist",
        "What happens next",
        "Erin Whitfield joined",
        "Added by Ivan Investigator",
    ):
        assert words in page
    for button in ("Add a member", "Close the investigation", "Take out"):
        assert button not in page


def test_its_investigators_get_the_buttons_until_it_is_closed() -> None:
    investigation = opened()
    iris = browser(investigator("Iris"))
    page = says(iris, of(investigation))
    for button in ("Add a member", "Close the investigation", "Take out Ivan Investigator"):
        assert button in page
    closed(investigation)
    page = says(iris, of(investigation))
    assert OUTCOME in page
    for button in ("Add a member", "Close the investigation", "Take out"):
        assert button not in page


def test_someone_without_business_finds_nothing_and_their_first_try_is_written_down() -> None:
    investigation = opened()
    nosy = browser(employee("Nosy Nelson"))
    for address in (LIST, NEW, of(investigation), of(investigation, "close/"), of(investigation, "members/add/")):
        assert nosy.get(address).status_code == 404
    assert nosy.post(of(investigation, "close/"), {"outcome": "Mine."}).status_code == 404
    assert trail.of(investigation).filter(action="investigation.read.refused").count() == 1


# --- Who takes part


def test_a_member_is_added_by_choosing_or_by_typing() -> None:
    investigation, erin, sam = opened(), employee("Erin Whitfield"), employee("Samuel Okafor")
    client = browser(investigation.opened_by)
    assert client.post(of(investigation, "members/add/"), {"person": erin.pk, "typed": ""}).status_code == 302
    assert client.post(of(investigation, "members/add/"), {"typed": "samuel oka"}).status_code == 302
    assert {member.person for member in investigation.members.all()} == {investigation.opened_by, erin, sam}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Choose who takes part."),
        ("nobody", "Nobody in the directory fits this."),
        ("Ivan", "Ivan Investigator is a member already."),
    ],
)
def test_whoever_cannot_be_added_is_said_at_the_field(typed: str, sentence: str) -> None:
    investigation = opened()
    page = browser(investigation.opened_by).post(of(investigation, "members/add/"), {"typed": typed})
    assert page.status_code == 422
    assert page.context["form"].errors["typed"] == [sentence]


def test_a_member_is_taken_out_and_a_second_click_reads_why_not() -> None:
    investigation, erin = opened(), employee()
    member = joined(investigation, erin)
    client, address = browser(investigation.opened_by), of(investigation, f"members/{member.pk}/remove/")
    assert client.post(address).headers["Location"] == of(investigation)
    assert client.post(address).status_code == 409
    assert browser(erin).get(of(investigation)).status_code == 404


def test_the_member_of_another_investigation_is_not_taken_out_through_this_one() -> None:
    investigation, other = opened(), opened("SO-2026-1", office=Office.SECURITY)
    member = joined(other, employee())
    page = browser(investigation.opened_by).post(of(investigation, f"members/{member.pk}/remove/"))
    assert page.status_code == 404
    assert Member.objects.get(pk=member.pk).removed_at is None


# --- Closing


def test_closing_takes_words_that_may_be_kept() -> None:
    investigation = opened()
    client = browser(investigation.opened_by)
    for outcome in ("", "  ", "x" * 301, "The client's number is 123-45-6789."):
        assert client.post(of(investigation, "close/"), {"outcome": outcome}).status_code == 422
    assert as_it_stands(investigation).is_open
    assert client.post(of(investigation, "close/"), {"outcome": OUTCOME}).headers["Location"] == of(investigation)
    assert as_it_stands(investigation).outcome == OUTCOME


def test_what_was_written_is_shown_with_the_reason_where_it_is_too_late() -> None:
    investigation = closed(opened())
    page = browser(investigation.opened_by).post(of(investigation, "close/"), {"outcome": "Found nothing."})
    assert page.status_code == 409
    assert "This investigation is closed" in page.content.decode()
    assert "Found nothing." in page.content.decode()
    assert trail.of(investigation).filter(action="investigation.close.refused").count() == 1


# --- Those who only look


def test_an_auditor_sees_everything_and_is_refused_every_change() -> None:
    investigation = opened()
    member = joined(investigation, employee())
    client = browser(auditor())
    page = says(client, of(investigation))
    for button in ("Add a member", "Close the investigation", "Take out"):
        assert button not in page
    assert "Open an investigation" not in says(client, LIST)
    for address, sent in (
        ("close/", {"outcome": OUTCOME}),
        ("close/", {}),
        ("members/add/", {"typed": "Erin"}),
        (f"members/{member.pk}/remove/", {}),
    ):
        assert client.post(of(investigation, address), sent).status_code == 403
    assert send(client).status_code == 403
    assert as_it_stands(investigation).is_open
    assert (Investigation.objects.count(), investigation.members.filter(removed_at=None).count()) == (1, 2)


def test_home_leads_those_who_work_on_them_to_investigations() -> None:
    for person in (investigator(), officer(), auditor()):
        assert f'href="{LIST}"' in says(browser(person), "/")
    assert f'href="{LIST}"' not in says(browser(employee()), "/")
