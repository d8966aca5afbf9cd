"""A policy's Markdown is read as people cite it: sections and clauses with anchors, words and safe HTML."""

import re
import time

import pytest

from policies import manuscript
from policies.labels import Place, label_of_clause, label_of_heading
from tests.policies.stage import BODY


def _anchors(markdown: str) -> list[str]:
    return [part.anchor for part in manuscript.read(markdown)]


def test_each_section_and_clause_has_its_anchor() -> None:
    assert _anchors(BODY) == ["introduction", "i", "i-a", "i-b", "i-b-1", "i-b-2", "ii", "ii-a", "staying-informed"]


def test_a_clause_is_cited_as_people_cite_it() -> None:
    cited = [part.citation for part in manuscript.read(BODY)]
    assert cited == ["Introduction", "I", "I(A)", "I(B)", "I(B)(1)", "I(B)(2)", "II", "II(A)", "Staying informed"]


def test_a_clause_after_an_unnumbered_heading_belongs_to_the_numbered_section() -> None:
    assert _anchors("## III. Agency\n\n### Working together\n\n(A) Ask first.") == ["iii", "working-together", "iii-a"]


def test_what_follows_a_clause_belongs_to_it() -> None:
    (part,) = manuscript.read("(A) These:\n\n- one\n- two\n\nAnd more.")
    assert part.text == "These: one two And more."
    assert "<li>one</li>" in part.html


def test_a_heading_keeps_its_number_apart_from_its_words() -> None:
    (part,) = manuscript.read("## II. Social *media*")
    assert (part.citation, part.heading, part.title, part.level) == ("II", "II. Social media", "Social media", 2)


def test_the_highest_heading_of_a_text_stands_below_the_pages_own() -> None:
    assert [part.level for part in manuscript.read("# One\n\n## Two\n\n#### Far")] == [2, 3, 4]


def test_two_parts_never_share_an_anchor() -> None:
    assert _anchors("## Rules\n\n## Rules\n\n## Rules") == ["rules", "rules-2", "rules-3"]


@pytest.mark.parametrize(
    ("labels", "cited"),
    [
        ("A 1 2 B 1", "X(A) X(A)(1) X(A)(2) X(B) X(B)(1)"),
        ("1 a b 2 a", "X(1) X(1)(a) X(1)(b) X(2) X(2)(a)"),
        ("A 1 i ii iii iv v 2", "X(A) X(A)(1) X(A)(1)(i) X(A)(1)(ii) X(A)(1)(iii) X(A)(1)(iv) X(A)(1)(v) X(A)(2)"),
        ("h i j", "X(h) X(i) X(j)"),
        ("H I J", "X(H) X(I) X(J)"),
        ("a i ii b", "X(a) X(a)(i) X(a)(ii) X(b)"),
    ],
)
def test_labels_nest_as_their_kinds_say(labels: str, cited: str) -> None:
    place = Place()
    place.enter_section("X", 2)
    found = []
    for label in labels.split():
        place.enter_clause(label)
        found.append(place.citation())
    assert " ".join(found) == cited


@pytest.mark.parametrize(
    "text", ["(see below) Words", "(Note) Words", "(2019) Words", "(A)Words", "A) Words", "( A) x"]
)
def test_words_in_parentheses_begin_no_clause(text: str) -> None:
    assert label_of_clause(text) == ("", text)


def test_a_bold_label_is_a_label() -> None:
    assert label_of_clause("**(A)** Words") == ("A", "Words")


@pytest.mark.parametrize(
    ("title", "label"),
    [("II. Words", "II"), ("2. Words", "2"), ("2.1 Words", "2.1"), ("Section 4. Words", "4"), ("A. Words", "A")],
)
def test_a_numbered_heading_has_a_label(title: str, label: str) -> None:
    assert label_of_heading(title) == (label, "Words")


@pytest.mark.parametrize("title", ["I am here", "A word", "2 words", "Staying informed", "IV"])
def test_a_heading_that_begins_with_a_word_has_none(title: str) -> None:
    assert label_of_heading(title) == ("", title)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        "![x](https://elsewhere.example/p.png)",
        '<img src=x onerror="alert(1)">',
        "[x](https://a.example 'onclick=\"y\"')",
        "| a |\n|:-:|\n| b |",
    ],
)
def test_nothing_in_a_text_runs_or_calls_elsewhere(hostile: str) -> None:
    html = "".join(part.html for part in manuscript.read(f"(A) Words\n\n{hostile}"))
    tags = re.findall(r"<[^>]*>", html)
    dangers = ("<script", "<img", 'href="javascript', 'href="data', " onerror", " onclick", " style")
    assert [tag for tag in tags if any(danger in tag for danger in dangers)] == []


def test_a_heading_in_a_quotation_is_no_heading_of_the_page() -> None:
    (part,) = manuscript.read("(A) x\n\n> ## Shouted")
    assert "<h2" not in part.html
    assert "Shouted" in part.html


def test_an_empty_text_has_no_parts() -> None:
    assert manuscript.read("") == ()


def test_a_part_is_found_by_its_anchor() -> None:
    part = manuscript.find(BODY, "ii-a")
    assert part is not None
    assert part.text == "Nobody posts a photograph of a client."
    assert manuscript.find(BODY, "ii-z") is None


def test_a_list_that_begins_anew_does_not_nest_in_itself() -> None:
    parts = manuscript.read("(A) First.\n\n" + "(i) Once.\n\n" * 60)
    assert [(part.citation, part.depth) for part in parts[:3]] == [("(A)", 1), ("(A)(i)", 2), ("(A)(i)", 2)]
    assert max(part.depth for part in parts) == 2


def test_a_clause_however_deep_has_an_anchor_and_a_citation_that_can_be_kept() -> None:
    section, clause = manuscript.read(f"## {'.'.join('1' * 200)} Deep\n\n(A) Deeper.")
    assert clause.anchor == f"{section.anchor}-2"
    assert len(clause.anchor) < 100
    assert len(clause.citation) == 200


def test_thousands_of_sections_of_one_name_are_read_in_seconds() -> None:
    began = time.process_time()
    anchors = _anchors("# a\n" * 20_000)
    assert time.process_time() - began < 15
    assert len(set(anchors)) == 20_000
    assert anchors[:3] + anchors[-1:] == ["a", "a-2", "a-3", "a-20000"]
