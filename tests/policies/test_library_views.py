"""The library's list and its search over HTTP: what readers find, and what an address made up by somebody gets."""

from datetime import timedelta

import pytest
from django.test import Client

from people.models import Unit
from policies.models import Document, Version
from tests.personas import employee, unit
from tests.policies.stage import browser, next_version, published, writer
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


def test_the_search_keeps_to_the_office_that_was_chosen(erin: Client) -> None:
    office = _of_the_privacy_office(published("1022", body="(A) A giraffe."))
    published("1021", body="(A) Another giraffe.")
    page = _says(erin, f"{LIBRARY}?q=giraffe&division={office.pk}")
    assert "1 policy of Privacy Office with “giraffe”" in page
    assert "/policies/1022/#c-a" in page
    assert "/policies/1021/" not in page


def test_what_no_policy_of_an_office_says_is_looked_for_in_all_with_one_click(erin: Client) -> None:
    office = _of_the_privacy_office(published("1022", body="(A) An okapi."))
    published("1021", body="(A) A giraffe.")
    page = _says(erin, f"{LIBRARY}?q=giraffe&division={office.pk}")
    assert "Nothing was found in the policies of Privacy Office." in page
    assert f'href="{LIBRARY}?q=giraffe">Search all policies' in page


def test_a_long_list_of_what_was_found_goes_on_within_the_office(erin: Client) -> None:
    wanda = writer()
    for number in range(11):
        office = _of_the_privacy_office(published(f"20{number:02}", author=wanda, body="(A) Salt & pepper."))
    page = _says(erin, f"{LIBRARY}?q=salt+%26+pepper&division={office.pk}")
    assert f'href="?q=salt+%26+pepper&amp;division={office.pk}&amp;page=2"' in page
    assert "/policies/2010/" in _says(erin, f"{LIBRARY}?q=salt+%26+pepper&division={office.pk}&page=2")


def test_the_pages_of_an_office_stay_with_it(erin: Client) -> None:
    wanda = writer()
    for number in range(26):
        office = _of_the_privacy_office(published(f"20{number:02}", author=wanda))
    published("2013A", author=wanda)
    first = _says(erin, f"{LIBRARY}?division={office.pk}")
    assert f'href="?division={office.pk}&amp;after=2024"' in first
    assert "2013A" not in first


def test_a_page_beyond_the_last_policy_leads_back(erin: Client) -> None:
    published("1021")
    page = _says(erin, f"{LIBRARY}?after=9999")
    assert "No policies on this page" in page
    assert f'href="{LIBRARY}">Back to the first' in page


def test_nothing_found_says_what_to_try(erin: Client) -> None:
    published("1021")
    page = _says(erin, f"{LIBRARY}?q=zeppelin")
    assert "No policy has these words" in page
    assert "Try fewer or other words" in page


@pytest.mark.parametrize(("typed", "page"), [("999", 2), ("0", 1), ("99999999999999999999", 1), ("１", 1), ("2", 2)])
def test_an_absurd_page_of_what_was_found_is_the_first_or_the_last(erin: Client, typed: str, page: int) -> None:
    wanda = writer()
    for number in range(11):
        published(f"20{number:02}", author=wanda, body="(A) Giraffe.")
    response = erin.get(LIBRARY, {"q": "giraffe", "page": typed})
    assert response.context["found"].page == page


@pytest.mark.parametrize("division", ["abc", "0", "-1", "99999999999999999999", "\x00", "1 OR 1=1"])
def test_an_office_that_is_not_there_is_said_to_be_none_and_the_words_stay(erin: Client, division: str) -> None:
    published("1021")
    response = erin.get(LIBRARY, {"q": "client", "division": division})
    assert response.status_code == 422
    assert "is not one of the available choices" in response.content.decode()
    assert 'value="client"' in response.content.decode()


def test_words_that_cannot_be_searched_for_stay_in_the_field(erin: Client) -> None:
    page = erin.get(LIBRARY, {"q": "the of"}).content.decode()
    assert 'value="the of"' in page
    assert 'id="error-summary"' in page


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE policies_passage; --",
        "client' OR '1'='1",
        "%s %(x)s {} ${7*7}",
        "client & | ! ( ) :* <->",
        "client\\'",
    ],
)
def test_what_would_be_code_elsewhere_is_only_words(erin: Client, words: str) -> None:
    published("1021")
    assert erin.get(LIBRARY, {"q": words}).status_code == 200
    assert "1021" in _says(erin, LIBRARY)


def test_only_what_was_published_stands_in_the_list(erin: Client) -> None:
    day = clock.today() + timedelta(days=30)
    next_version(published("1021", title="Old title"), body="(A) Other.", effective_on=day)
    published("1022", title="All new", effective_on=day)
    page = _says(erin, LIBRARY)
    assert "Old title" in page
    assert "All new" not in page


def _of_the_privacy_office(version: Version) -> Unit:
    office = unit("PRIV", name="Privacy Office")
    Document.objects.filter(pk=version.document_id).update(division=office)
    return office
