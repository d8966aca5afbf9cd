"""What an unfinished report keeps of what was typed, and what it never keeps."""

import json
from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from incidents.models import Draft, Incident
from people.models import User
from tests.incidents.stage import answers, browser
from tests.personas import employee

pytestmark = pytest.mark.django_db

NUMBER = "123-45-6789"
PLACES = ["report", "report_save", "report_remove"]
WRITTEN = ["narrative", "platform_other", "address", "people_described", "containment"]
CHOSEN = [
    "discovered_on", "occurred_on", "confidential", "kind", "verb", "asked_for", "moved_to_personal", "platform",
    "visibility", "still_live", "information", "altered", "affected", "affected_count", "affected_range",
    "programmes", "how_found", "people", "people_unknown",
]  # fmt: skip
MISPLACED = [NUMBER, "My password is Sunshine99", "x" * 101, "a\u202eb", "a\u200bb", "a\nb"]


def kept(*author: User) -> dict[str, Any]:
    """The answers of this author's draft, or of the one draft there is."""
    drafts = Draft.objects.filter(author__in=author) if author else Draft.objects.all()
    found: dict[str, Any] = drafts.get().answers
    return found


def test_a_null_character_in_any_field_breaks_nothing_and_is_kept_nowhere() -> None:
    broken = list[str]()
    for place, field in product(PLACES, [*WRITTEN, *CHOSEN, "draft", "id", "later"]):
        person = employee()
        typed = {"discovered_on": "", field: "1\x002"}
        response = browser(person).post(reverse(f"incidents:{place}"), answers(**typed))
        if response.status_code not in {200, 302, 422} or "\\u0000" in json.dumps(kept(person)):
            broken.append(f"{place} {field}: {response.status_code}")
    assert broken == []
    assert not Incident.objects.exists()


def test_a_choice_or_date_that_carries_something_else_is_kept_nowhere() -> None:
    alone = [
        (place, [field], typed) for field, (place, typed) in product(CHOSEN, zip(PLACES * 2, MISPLACED, strict=True))
    ]
    together = [(place, CHOSEN, typed) for place, typed in product(PLACES, MISPLACED)]
    client, held = browser(employee()), list[str]()
    for number, (place, fields, typed) in enumerate([*alone, *together]):
        # Without its date no report is sent, so that all that is typed goes into one draft.
        told = answers(discovered_on="", narrative=f"Story {number}.") | dict.fromkeys(fields, typed)
        response = client.post(reverse(f"incidents:{place}"), told)
        if response.status_code not in {200, 302, 422} or kept()["narrative"] != f"Story {number}.":
            held.append(f"{place} {fields}: {typed!r} was not saved ({response.status_code})")
        if typed in kept().values() or [typed] in kept().values():
            held.append(f"{place} {fields}: {typed!r}")
    assert held == []
    assert not Incident.objects.exists()


def test_one_bad_item_among_several_is_not_kept_with_the_good_ones() -> None:
    browser(employee()).post(reverse("incidents:report_save"), answers(information=["case", NUMBER]))
    assert NUMBER not in json.dumps(kept())


def test_dates_choices_and_numbers_not_valid_yet_are_kept_as_typed() -> None:
    typed = answers(discovered_on="2999-01-01", kind="exposure", information=["case", "video"], affected_count="1_000")
    browser(employee()).post(reverse("incidents:report_save"), {**typed, "altered": "on"})
    assert kept() | {"discovered_on": "2999-01-01", "kind": "exposure", "affected_count": "1_000"} == kept()
    assert (kept()["information"], kept()["altered"]) == (["case", "video"], True)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("worse", ["It showed 123-45-6789.", "My password is Sunshine99.", "a\x00b", "x" * 10_001])
def test_what_is_stopped_leaves_the_words_saved_before_as_they_were(place: str, worse: str) -> None:
    client = browser(employee())
    client.post(reverse("incidents:report_save"), answers(narrative="A page of good words.", containment="Told them."))
    client.post(reverse(f"incidents:{place}"), answers(narrative=worse, containment="Told them twice."))
    assert kept()["narrative"] == "A page of good words."
    assert kept()["containment"] == "Told them twice."


def test_a_first_text_that_is_stopped_leaves_nothing_behind() -> None:
    browser(employee()).post(reverse("incidents:report_save"), answers(narrative=f"It showed {NUMBER}."))
    assert "narrative" not in kept()


def test_saving_says_why_a_text_too_long_was_not_kept() -> None:
    saved = browser(employee()).post(reverse("incidents:report_save"), answers(narrative="x" * 10_001))
    assert saved.json()["errors"] == {"narrative": ["Write at most 10,000 characters (you have 10,001)."]}


def test_saving_does_not_complain_about_what_is_only_missing() -> None:
    typed = answers(kind="exposure", platform="Another site or app", platform_other="", narrative="")
    saved = browser(employee()).post(reverse("incidents:report_save"), typed)
    assert saved.json()["errors"] == {}
    assert kept()["platform"] == "Another site or app"


def test_characters_nobody_can_see_are_not_kept_even_at_the_ends() -> None:
    browser(employee()).post(reverse("incidents:report_save"), answers(containment="\x1cTold them.\x1f"))
    assert kept()["containment"] == "Told them."
    browser(employee("Max")).post(reverse("incidents:report_save"), answers(containment="\u200b" * 40_000))
    assert Draft.objects.get(author__name="Max").answers["containment"] == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://www.tiktok.com/@someone/video/7291234567890123456",
        "https://www.threads.net/@someone/post/C4abc123def",
        "https://mastodon.social/@someone/112345678901234567",
        "https://www.google.com/maps/@36.1,-94.1,15z",
    ],
)
def test_the_address_of_an_ordinary_post_is_taken(address: str) -> None:
    browser(employee()).post(reverse("incidents:report"), answers(address=address))
    assert Incident.objects.get().address == address
