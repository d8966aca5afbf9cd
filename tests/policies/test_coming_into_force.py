"""From which day a version counts: in the library, in the search, and whenever one asks what applied."""

from datetime import date

import pytest

from policies import rules, shelf, tasks
from policies.models import Passage, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.conftest import At
from tests.personas import employee
from tests.policies.stage import BODY, approved, next_version, published
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db

MARCH_3 = date(2026, 3, 3)


def now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def in_force(version: Version) -> Version | None:
    """What the library shows of this policy."""
    return now(version).document.in_force


def found(version: Version) -> set[str]:
    """What the search finds of this policy."""
    return set(Passage.objects.filter(document=version.document_id).values_list("citation", flat=True))


def test_a_future_version_comes_into_force_with_its_day(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published(body="## I. Old\n\n(A) Old clause.")
        second = next_version(first, body="## II. New\n\n(B) New clause.", effective_on=MARCH_3)
        assert (in_force(first), found(first)) == (first, {"", "I", "I(A)"})
    with at("2026-03-02 23:59"):
        assert tasks.bring_into_force() == 0
        assert in_force(first) == first
    with at("2026-03-03 00:00"):
        assert tasks.bring_into_force() == 1
        assert tasks.bring_into_force() == 0
    assert (in_force(first), found(first)) == (second, {"", "II", "II(B)"})


def _listed() -> list[str]:
    return [row.number for row in shelf.page(rules.documents_for(employee()), {}).rows]


def test_a_first_version_of_a_later_day_is_not_in_the_library_before(at: At) -> None:
    with at("2026-03-02 10:00"):
        version = published(effective_on=MARCH_3)
        assert (in_force(version), found(version)) == (None, set())
        assert _listed() == []
        assert version.document in rules.documents_for(employee())
    with at("2026-03-03 00:00"):
        assert publishing.bring_into_force() == 1
    assert in_force(version) == version
    assert _listed() == [version.document.number]


def test_runs_that_were_missed_are_caught_up_at_once(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        second = next_version(first, body="Second.", effective_on=MARCH_3)
        third = next_version(second, body="Third.", effective_on=date(2026, 3, 10))
        other = published("2000", author=first.author, effective_on=date(2026, 3, 5))
    with at("2026-03-20 12:00"):
        assert publishing.bring_into_force() == 2
    assert (in_force(first), in_force(other)) == (third, other)


def test_of_two_versions_of_one_day_the_later_counts(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        second = next_version(first, body="Second.")
        assert in_force(first) == second
        assert rules.in_force_on(first.document, date(2026, 3, 2)) == second


def test_which_version_applied_is_known_for_every_day(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published(effective_on=date(2019, 5, 1))
        second = next_version(first, body="Second.", effective_on=MARCH_3)
    applied = {day: rules.in_force_on(first.document, day) for day in (date(2019, 4, 30), date(2019, 5, 1))}
    assert list(applied.values()) == [None, first]
    assert rules.in_force_on(first.document, date(2026, 3, 2)) == first
    assert rules.in_force_on(first.document, MARCH_3) == second
    assert rules.in_force_on(first.document, date(9999, 12, 31)) == second


def test_the_title_of_a_policy_changes_as_its_version_comes_into_force(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        text = Text("Media", BODY, "Renamed.", MARCH_3)
        version = drafting.begin_version(first.document, actor=first.author, text=text)
        publishing.publish(approved(version), actor=first.author)
        assert now(first).document.title == "Social media"
    with at("2026-03-03 00:00"):
        publishing.bring_into_force()
    assert now(first).document.title == "Media"


def test_a_day_that_passed_while_it_waited_is_chosen_anew(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        text = Text("Title", "Text.", "New.", MARCH_3)
        second = approved(drafting.begin_version(first.document, actor=first.author, text=text))
    with at("2026-03-04 00:00"), pytest.raises(Refused, match="takes effect today or later"):
        publishing.publish(second, actor=first.author)
    with at("2026-03-03 23:59"):
        assert publishing.publish(second, actor=first.author).effective_on == MARCH_3


def test_any_text_that_can_be_kept_can_be_found() -> None:
    letters = str.maketrans("0123456789abcdef", "абвгдежзийклмноп")
    unlike = " ".join(f"{n:05x}" for n in range(99_000)).translate(letters) + " 最後"
    version = published(body=f"(A) {unlike}")
    texts = Passage.objects.filter(document=version.document, citation="(A)").values_list("text", flat=True)
    assert "".join(texts.order_by("position")) == unlike
    assert {len(text) for text in texts} <= set(range(publishing.LONGEST_PASSAGE + 1))
    assert Passage.objects.filter(words="最後", document=version.document).exists()
