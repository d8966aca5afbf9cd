"""The library and its pages over HTTP: what readers find, and what an address made up by somebody gets."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Unit, User
from policies.models import Document, Version
from policies.operations import asking
from tests.conftest import At
from tests.incidents.stage import browser
from tests.personas import employee, unit
from tests.policies.stage import asked, next_version, published, writer
from workflow import clock

pytestmark = pytest.mark.django_db
LIBRARY = "/policies/"


@pytest.fixture
def erin() -> Client:
    return browser(employee())


def _says(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def _url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=args)


# --- The list and the search


def test_every_employee_finds_what_is_in_force(erin: Client) -> None:
    published("1021", title="Social media")
    page = _says(erin, LIBRARY)
    assert 'href="/policies/1021/">Social media</a>' in page
    assert "The whole department" in page


def test_an_empty_library_says_so(erin: Client) -> None:
    assert "No policies here yet" in _says(erin, LIBRARY)


def test_a_long_library_is_read_page_by_page_and_back(erin: Client) -> None:
    wanda = writer()
    for number in range(30):
        published(f"20{number:02}", author=wanda, title=f"Policy no. {number}")
    first = erin.get(LIBRARY).context["page"]
    second = erin.get(f"{LIBRARY}?{first.after}").context["page"]
    back = erin.get(f"{LIBRARY}?{second.before}").context["page"]
    assert [each.number for each in (*first.rows, *second.rows)] == [f"20{number:02}" for number in range(30)]
    assert [each.number for each in back.rows] == [each.number for each in first.rows]


def test_the_policies_of_one_office_are_listed_alone(erin: Client) -> None:
    office = unit("PRIV", name="Privacy Office")
    published("1021")
    Document.objects.filter(number=published("1022").document.number).update(division=office)
    rows = erin.get(f"{LIBRARY}?division={office.pk}").context["page"].rows
    assert [each.number for each in rows] == ["1022"]
    assert Unit.objects.get() == office


@pytest.mark.parametrize(
    "query",
    ["after=%00", "before=x", "after=1&before=2", "division=", "page=zz&q=client", "page=-1&q=client", "q=%27%22%3C"],
)
def test_no_made_up_address_breaks_the_library(erin: Client, query: str) -> None:
    published("1021")
    assert erin.get(f"{LIBRARY}?{query}").status_code in {200, 422}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("the of", "Every policy has these words. Search for words that say more."),
        ("a\x00b", "Remove the control characters."),
        ("x\u202ey", "Remove the characters that change the reading order."),
        ("giraffe" * 1500, "at most 200 characters"),
    ],
)
def test_words_that_cannot_be_searched_for_get_a_sentence(erin: Client, words: str, sentence: str) -> None:
    published("1021")
    response = erin.get(LIBRARY, {"q": words})
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_what_was_found_is_marked_and_leads_to_its_clause(erin: Client) -> None:
    published("1021")
    page = _says(erin, f"{LIBRARY}?q=photograph")
    assert "<mark>photograph</mark>" in page
    assert 'href="/policies/1021/#c-ii-a"' in page


def test_words_that_were_typed_are_shown_and_never_run(erin: Client) -> None:
    page = _says(erin, f"{LIBRARY}?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# --- One policy


def test_a_policy_is_read_as_it_is_in_force(erin: Client) -> None:
    version = published("1021")
    page = _says(erin, _url("policy", "1021"))
    assert "In force" in page
    assert 'id="c-ii-a"' in page
    assert version.sha256 in page
    assert "New version" not in page


def test_the_version_of_any_day_is_found(erin: Client, at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published("1021", body="(A) Telegraph.")
        next_version(first, body="(A) Telephone.", effective_on=clock.today() + timedelta(days=3))
    for day, word in (("2026-03-02", "Telegraph"), ("2026-03-04", "Telegraph"), ("2026-03-05", "Telephone")):
        assert word in _says(erin, f"{_url('policy', '1021')}?on={day}")
    assert "No version applied on this day" in _says(erin, f"{_url('policy', '1021')}?on=2026-03-01")


def test_a_day_that_is_none_is_said_so_and_stays_as_it_was_typed(erin: Client) -> None:
    published("1021")
    page = _says(erin, f"{_url('policy', '1021')}?on=2026-02-30", 422)
    assert "Enter a" in page
    assert 'value="2026-02-30"' in page


def test_a_version_that_comes_later_is_announced_and_can_be_read(erin: Client) -> None:
    day = clock.today() + timedelta(days=30)
    next_version(published("1021"), body="(A) Other words.", effective_on=day)
    assert "Version 2 takes its place on" in _says(erin, _url("policy", "1021"))
    assert "Not yet in force" in _says(erin, _url("version", "1021", 2))
    assert "Changes on" in _says(erin, LIBRARY)


def test_a_policy_that_is_all_new_can_be_read_before_its_day(erin: Client) -> None:
    published("1021", effective_on=clock.today() + timedelta(days=30))
    assert "Not yet in force" in _says(erin, _url("policy", "1021"))
    assert "No policies here yet" in _says(erin, LIBRARY)


def test_a_version_that_is_over_says_so(erin: Client) -> None:
    next_version(published("1021"), body="(A) Other words.")
    page = _says(erin, _url("version", "1021", 1))
    assert "No longer in force" in page
    assert "This is not the version in force today." in page


@pytest.mark.parametrize("path", ["/policies/9999/", "/policies/1021/versions/9/", "/policies/1021/versions/9/print/"])
def test_what_is_not_there_is_not_found(erin: Client, path: str) -> None:
    published("1021")
    _says(erin, path, 404)


def test_every_version_stands_in_the_history(erin: Client) -> None:
    next_version(published("1021"), body="(A) Other words.")
    page = _says(erin, _url("history", "1021"))
    assert "Version 1" in page
    assert "Version 2" in page


def test_what_changed_is_shown_between_the_last_two_versions(erin: Client) -> None:
    next_version(published("1021", body="(A) A red car goes."), body="(A) A blue car goes.")
    page = _says(erin, _url("compare", "1021"))
    assert '<del class="cut"><span class="usa-sr-only">[removed: </span>red' in page
    assert '<ins class="new"><span class="usa-sr-only">[added: </span>blue' in page


@pytest.mark.parametrize("query", ["old=9&new=1", "old=x&new=1", "old=1", "new=2", "old=&new="])
def test_versions_that_are_not_there_are_not_compared(erin: Client, query: str) -> None:
    next_version(published("1021"), body="(A) Other words.")
    _says(erin, f"{_url('compare', '1021')}?{query}", 422)


def test_one_version_alone_is_compared_with_nothing(erin: Client) -> None:
    published("1021")
    assert "There is one version only" in _says(erin, _url("compare", "1021"))


def test_the_print_view_has_the_answers_as_well(erin: Client) -> None:
    version = published("1021", owner=employee("Olga Owner"))
    sam = employee("Sam Supervisor")
    question = asked(version, employee("Nina Asks", supervisor=sam))
    question = asking.answer(question, actor=sam, body="No.")
    asking.publish_answer(question, actor=version.document.owner, asked="May one?", answered="Never.")
    page = _says(erin, _url("printed", "1021", 1))
    assert "Never." in page
    assert "Nina" not in page


def test_a_writer_is_offered_a_new_version_and_then_the_draft() -> None:
    version = published("1021")
    client = browser(User.objects.get(pk=version.author_id))
    assert "New version" in _says(client, _url("policy", "1021"))
    client.post(_url("begin", "1021"))
    assert "Open the draft" in _says(client, _url("policy", "1021"))
    assert Version.objects.count() == 2
