"""Reading one policy over HTTP: in force, before, later, compared, printed; and what made-up addresses get."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from policies.models import Version
from policies.operations import asking, drafting
from tests.conftest import At
from tests.personas import employee
from tests.policies.stage import asked, browser, next_version, published
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin() -> Client:
    return browser(employee())


def _says(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return " ".join(response.content.decode().split())


def _url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=args)


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
    page = _says(erin, _url("policy", "1021"))
    assert "Version 2 takes its place on" in page
    assert f'href="{_url("version", "1021", 2)}">Read it now' in page
    assert "Not yet in force</span> <span>takes effect on" in _says(erin, _url("version", "1021", 2))
    assert "Changes on" in _says(erin, _url("library"))


def test_a_policy_that_is_all_new_can_be_read_before_its_day(erin: Client) -> None:
    published("1021", effective_on=clock.today() + timedelta(days=30))
    assert "Not yet in force" in _says(erin, _url("policy", "1021"))
    assert "No policies here yet" in _says(erin, _url("library"))


def test_a_version_that_is_over_says_so(erin: Client) -> None:
    next_version(published("1021"), body="(A) Other words.")
    page = _says(erin, _url("version", "1021", 1))
    assert "No longer in force</span> <span>took effect on" in page
    assert "This is not the version in force today." in page
    assert f'href="{_url("policy", "1021")}">Read version 2' in page


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


def test_a_day_to_come_shows_what_will_apply_then(erin: Client) -> None:
    day = clock.today() + timedelta(days=30)
    next_version(published("1021", body="(A) Telegraph."), body="(A) Telephone.", effective_on=day)
    page = _says(erin, f"{_url('policy', '1021')}?on={day + timedelta(days=1)}")
    assert "This is the version that applies on" in page
    assert "Telephone" in page
    assert "This is not the version in force today." in page


def test_the_day_before_a_policys_first_version_says_that_it_came_later(erin: Client) -> None:
    published("1021")
    page = _says(erin, f"{_url('policy', '1021')}?on={clock.today() - timedelta(days=1)}")
    assert "Policy 1021 came later." in page
    assert f'href="{_url("policy", "1021")}">Read what is in force' in page


@pytest.mark.parametrize(
    "day", ["", "x", "2026-02-30", "1999-12-31", "9999-12-31", "2026-1-1", "２０２６-01-01", "\x00"]
)
def test_a_day_that_cannot_be_leads_to_the_versions_with_a_sentence(erin: Client, day: str) -> None:
    published("1021")
    response = erin.get(_url("policy", "1021"), {"on": day})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="error-summary"' in page
    assert "Version 1" in page


@pytest.mark.parametrize("path", ["versions/99999999999999999999/", "versions/0/", "versions/0/print/"])
def test_no_made_up_version_breaks_a_policy(erin: Client, path: str) -> None:
    published("1021")
    _says(erin, f"{_url('policy', '1021')}{path}", 404)


@pytest.mark.parametrize("number", ["9" * 20, "9" * 60, "1021%00", "..%2F1", "hr-12", "10-21.A"])
def test_no_made_up_number_breaks_the_library(erin: Client, number: str) -> None:
    published("1021")
    _says(erin, f"/policies/{number}/", 404)


def test_a_draft_is_neither_read_nor_printed_nor_compared_as_a_version(erin: Client) -> None:
    version = published("1021")
    drafting.begin_version(version.document, actor=version.author)
    for name in ("version", "printed"):
        _says(erin, _url(name, "1021", 2), 404)
    assert "There is one version only" in _says(erin, _url("compare", "1021"))
    assert "Open the draft" not in _says(erin, _url("policy", "1021"))


def test_the_history_says_what_changed_and_who_approved_it(erin: Client) -> None:
    day = clock.today() + timedelta(days=30)
    next_version(published("1021"), body="(A) Other words.", effective_on=day)
    page = _says(erin, _url("history", "1021"))
    assert "Other words." in page
    assert "Carla Counsel" in page
    assert page.count("In force</span>") == 1
    assert page.count("Coming</span>") == 1


@pytest.mark.parametrize("query", ["old=9&new=1", "old=%00&new=1", "old=99999999999999999999&new=1", "old=1e0&new=1"])
def test_what_cannot_be_compared_is_said_at_its_field(erin: Client, query: str) -> None:
    next_version(published("1021"), body="(A) Other words.")
    page = _says(erin, f"{_url('compare', '1021')}?{query}", 422)
    assert "is not one of the available choices" in page
    assert '<ol class="changes">' not in page


def test_a_version_is_compared_with_itself_and_backwards(erin: Client) -> None:
    next_version(published("1021", body="(A) A red car goes."), body="(A) A blue car goes.")
    assert "Nothing changed in the text." in _says(erin, f"{_url('compare', '1021')}?old=1&new=1")
    assert "[removed: </span>blue" in _says(erin, f"{_url('compare', '1021')}?old=2&new=1")


def test_what_an_author_wrote_is_shown_and_never_run(erin: Client) -> None:
    evil = "(A) <script>alert(1)</script> [link](javascript:alert(1)) <img src=x onerror=alert(1)>"
    next_version(published("1021", body=evil, title="<b>Bold</b>"), body=f"{evil} more")
    for address in (
        _url("policy", "1021"),
        _url("printed", "1021", 1),
        _url("compare", "1021"),
        _url("history", "1021"),
    ):
        page = _says(erin, address)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript:' not in page
        assert "<b>Bold</b>" not in page


def test_a_printed_version_says_from_when_it_counts_and_has_no_questions_to_ask(erin: Client) -> None:
    next_version(published("1021"), body="(A) Other words.")
    page = _says(erin, _url("printed", "1021", 1))
    assert "version 1, in effect from" in page
    assert "The portal has the version in force." in page
    assert "Ask<" not in page
