"""What changed between two texts is told clause by clause and word by word."""

import time

from policies import comparison
from policies.comparison import ADDED, CHANGED, REMOVED, SAME, Change
from tests.policies.stage import BODY


def _told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.before, each.citation) for each in comparison.compare(old, new) if each.kind != SAME]


def _runs(change: Change) -> list[tuple[str, str]]:
    return [(run.kind, run.text) for run in change.runs]


def test_the_same_text_has_no_changes() -> None:
    assert _told(BODY, BODY) == []


def test_a_changed_word_is_shown_where_it_stands() -> None:
    (change,) = [each for each in comparison.compare(BODY, BODY.replace("a client", "any client")) if each.kind != SAME]
    assert change.citation == "II(A)"
    expected = [(SAME, "(A) Nobody posts a photograph of "), (REMOVED, "a"), (ADDED, "any"), (SAME, " client.")]
    assert _runs(change) == expected


def test_a_new_clause_is_added() -> None:
    assert _told("(A) One.\n\n(B) Two.", "(A) One.\n\n(B) Two.\n\n(C) Quite another.") == [(ADDED, "", "(C)")]


def test_a_clause_that_is_gone_is_shown_where_it_stood() -> None:
    old = "## I. A\n\n(A) One is here.\n\n(B) Entirely different words.\n\n## II. B\n\n(A) Last of all."
    new = "## I. A\n\n(A) One is here.\n\n## II. B\n\n(A) Last of all."
    changes = comparison.compare(old, new)
    assert [(each.kind, each.before or each.citation) for each in changes] == [
        (SAME, "I"),
        (SAME, "I(A)"),
        (REMOVED, "I(B)"),
        (SAME, "II"),
        (SAME, "II(A)"),
    ]


def test_a_clause_inserted_before_others_renumbers_them_and_says_so() -> None:
    old = "(A) Apples are counted daily.\n\n(B) Pears are weighed twice."
    new = "(A) Quinces never leave the building.\n\n(B) Apples are counted daily.\n\n(C) Pears are weighed twice."
    told = comparison.compare(old, new)
    assert [(each.kind, each.before, each.citation) for each in told] == [
        (ADDED, "", "(A)"),
        (CHANGED, "(A)", "(B)"),
        (CHANGED, "(B)", "(C)"),
    ]
    assert all(each.was_renumbered for each in told[1:])
    assert _runs(told[1]) == [(REMOVED, "(A)"), (ADDED, "(B)"), (SAME, " Apples are counted daily.")]


def test_nothing_of_either_text_is_lost() -> None:
    old, new = BODY, BODY.replace("(B) Second clause.", "(B) Another wording.").replace("Read what is new.", "")
    changes = comparison.compare(old, new)
    kept = " ".join(run.text for each in changes for run in each.runs if run.kind != REMOVED)
    gone = " ".join(run.text for each in changes for run in each.runs if run.kind != ADDED)
    assert "Another wording." in kept
    assert "Read what is new." not in kept
    assert "Second clause." in gone
    assert "Read what is new." in gone


def test_a_phrase_that_changed_is_one_change() -> None:
    (change,) = comparison.compare("(A) Ask the red fox first, then go.", "(A) Ask any blue bird first, then go.")
    assert _runs(change) == [
        (SAME, "(A) Ask "),
        (REMOVED, "the red fox"),
        (ADDED, "any blue bird"),
        (SAME, " first, then go."),
    ]


def test_a_point_after_a_word_is_no_change_of_the_word() -> None:
    (change,) = comparison.compare("(A) Keep it safe.", "(A) Keep it safe, always.")
    assert _runs(change) == [(SAME, "(A) Keep it safe"), (ADDED, ", always"), (SAME, ".")]


def test_an_empty_text_becomes_all_added() -> None:
    assert {each.kind for each in comparison.compare("", BODY)} == {ADDED}


def test_two_wholly_different_long_texts_are_compared_in_seconds() -> None:
    old = "\n\n".join(f"({n}) " + " ".join(f"old{n}word{i}" for i in range(60)) for n in range(1, 400))
    new = "\n\n".join(f"({n}) " + " ".join(f"new{n}word{i}" for i in range(60)) for n in range(1, 400))
    started = time.process_time()
    comparison.compare(old, new)
    assert time.process_time() - started < 10
