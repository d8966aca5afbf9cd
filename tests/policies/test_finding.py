"""Words are found in all policies in force, clause by clause, with what was found marked."""

import re
from html import unescape

import pytest

from policies import finding
from policies.operations import drafting, publishing
from tests.policies.stage import approver, draft, next_version, published

pytestmark = pytest.mark.django_db


def _numbers(words: str) -> list[str]:
    return [hit.number for hit in finding.find(words).hits]


def test_a_word_is_found_in_the_clause_that_has_it() -> None:
    published("1021")
    (hit,) = finding.find("photograph client").hits
    assert [(passage.anchor, passage.citation) for passage in hit.passages] == [("ii-a", "II(A)")]
    assert hit.passages[0].excerpt == "Nobody posts a <mark>photograph</mark> of a <mark>client</mark>"


def test_what_is_written_is_shown_and_never_run() -> None:
    published("1021", body="(A) A sign like < before the client & more, and 3 > 2 after it.")
    (hit,) = finding.find("client").hits
    assert re.findall("<[^>]*>", hit.passages[0].excerpt) == ["<mark>", "</mark>"]
    assert "& more" in unescape(hit.passages[0].excerpt)


def test_the_signs_of_the_marks_in_a_text_mark_nothing() -> None:
    published("1021", body="(A) Odd \ue000 sign \ue001 and a client.")
    (hit,) = finding.find("client").hits
    assert re.findall("<[^>]*>", hit.passages[0].excerpt) == ["<mark>", "</mark>"]


def test_a_policy_is_found_by_its_title_and_by_its_number() -> None:
    published("1021", title="Photographs of sunsets", body="(A) Words.")
    published("1022", body="(A) A sunset.")
    assert _numbers("sunset")[0] == "1021"
    assert _numbers("1022") == ["1022"]


def test_a_heading_is_found() -> None:
    published("1021")
    (hit,) = finding.find("purpose").hits
    assert hit.passages[0].title == "<mark>Purpose</mark>"


def test_words_in_quotation_marks_belong_together() -> None:
    published("1021", body="(A) A red car.")
    published("1022", body="(A) A car that is red.")
    assert _numbers('"red car"') == ["1021"]


def test_what_is_no_longer_in_force_is_not_found() -> None:
    next_version(published("1021", body="(A) Telegraph."), body="(A) Telephone.")
    assert _numbers("telegraph") == []
    assert _numbers("telephone") == ["1021"]


def test_drafts_are_not_found() -> None:
    version = draft("1021", body="(A) Secret plan.")
    publishing.submit(version, actor=version.author)
    assert _numbers("plan") == []
    publishing.publish(publishing.approve(version, actor=approver()), actor=version.author)
    assert _numbers("plan") == ["1021"]


def test_a_later_draft_changes_nothing_that_is_found() -> None:
    version = published("1021", body="(A) Telegraph.")
    drafting.begin_version(version.document, actor=version.author)
    assert _numbers("telegraph") == ["1021"]


def test_ten_policies_stand_on_a_page() -> None:
    for number in range(12):
        published(f"20{number:02}", body="(A) Giraffe.")
    first, second = finding.find("giraffe"), finding.find("giraffe", page=2)
    assert (len(first.hits), len(second.hits), first.pages, first.policies) == (10, 2, 2, 12)
    assert not {hit.number for hit in first.hits} & {hit.number for hit in second.hits}
    assert finding.find("giraffe", page=99).page == 2


def test_of_a_policy_with_many_fitting_clauses_the_best_are_shown() -> None:
    published("1021", body="\n\n".join(f"({number}) Giraffe number {number}." for number in range(1, 8)))
    (hit,) = finding.find("giraffe").hits
    assert (len(hit.passages), hit.more) == (finding.PER_POLICY, 3)


def test_a_word_that_very_many_clauses_have_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    published("1021", body="\n\n".join(f"({number}) Giraffe." for number in range(1, finding.MOST + 2)))
    assert finding.find("giraffe").is_capped
    published("1022", body="\n\n".join(f"({number}) Okapi." for number in range(1, finding.MOST + 1)))
    assert not finding.find("okapi").is_capped


@pytest.mark.parametrize(("words", "says"), [("the of", False), ("", False), ("!!! &", False), ("client", True)])
def test_words_every_sentence_has_say_nothing(words: str, says: bool) -> None:
    assert finding.says_something(words) is says


@pytest.mark.parametrize("words", ["'", '"', "a:*", "client & | !", "-client", "\\", "%s", "$1", "client" * 30])
def test_no_words_break_the_search(words: str) -> None:
    published("1021")
    finding.find(words)
