"""The settings over HTTP: who finds them, what they take, what is written down, and what two at once bring about."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from incidents.models import LONGEST_PLATFORM
from incidents.parameters import FIRST_LOOK_DAYS, OTHER_PLATFORM, PLATFORMS
from people.models import Role, User
from tests.incidents.stage import answers, browser
from tests.personas import employee
from workflow.calendar import CLOSED_DAYS
from workflow.models import Setting
from workflow.operations import Overtaken, change_settings
from workflow.parameters import MOST_LINES, values_in_force

pytestmark = pytest.mark.django_db

FIRST_LOOK, DECISION = "incidents-first_look_days", "incidents-decision_days"
PLATFORM, CLOSED, CHECKLIST = "incidents-platforms", "calendar-closed_days", "incidents-checklist-exposure"


def administrator(name: str = "Ada Admin") -> User:
    return employee(name, roles=(Role.ADMINISTRATOR,))


def page(client: Client) -> dict[str, str]:
    """What the browser would send if nothing were changed on the page as it is now."""
    form = client.get(reverse("workflow:settings")).context["form"]
    return {name: str(form[name].value()) for name in form.fields}


def save(client: Client, typed: dict[str, str]) -> Any:
    return client.post(reverse("workflow:settings"), typed)


def error(answer: Any, field: str) -> str:
    """The sentence at one field; every other field is fine."""
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    return " ".join(answer.context["form"].errors[field])


def test_an_administrator_changes_a_number_and_it_is_written_down() -> None:
    ada = administrator()
    client = browser(ada)
    assert save(client, {**page(client), FIRST_LOOK: "3"}).status_code == 302
    assert FIRST_LOOK_DAYS.value() == 3
    entry = Entry.objects.get(action="setting.changed")
    assert (entry.actor, entry.record_id, entry.facts) == (ada, "incidents.first_look_days", {"value": 3})


def test_saving_what_is_there_already_changes_and_writes_nothing() -> None:
    client = browser(administrator())
    assert save(client, page(client)).status_code == 302
    assert not Setting.objects.exists()
    assert not Entry.objects.filter(action="setting.changed").exists()


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.ADMINISTRATOR})], ids=str)
def test_for_anyone_else_the_page_does_not_exist(role: Role | None) -> None:
    typed = page(browser(administrator()))
    client = browser(employee(roles=(role,) if role else ()))
    assert client.get(reverse("workflow:settings")).status_code == 404
    assert save(client, {**typed, FIRST_LOOK: "3"}).status_code == 404
    assert not Setting.objects.exists()


def test_what_belongs_together_stands_together_under_a_name() -> None:
    shown = browser(administrator()).get(reverse("workflow:settings")).content.decode()
    names = ("Time limits", FIRST_LOOK, CLOSED, "Reports</legend>", PLATFORM, "Tasks that each kind", CHECKLIST)
    places = [shown.index(name) for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("typed", ["1", "30", " 30 "])
def test_numbers_at_their_bounds_are_taken(typed: str) -> None:
    client = browser(administrator())
    assert save(client, {**page(client), FIRST_LOOK: typed}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "greater than or equal to 1"), ("31", "less than or equal to 30"), ("", "required"),
        ("-1", "in digits"), ("1.5", "in digits"), ("1e3", "in digits"), ("1_0", "in digits"), ("３", "in digits"),
        ("9" * 400, "in digits"), ("3\x00", "in digits"), ("NaN", "in digits"), ("three", "in digits"),
    ],
)  # fmt: skip
def test_any_other_number_is_refused_at_its_field(typed: str, sentence: str) -> None:
    client = browser(administrator())
    assert sentence in error(save(client, {**page(client), FIRST_LOOK: typed}), FIRST_LOOK)
    assert not Setting.objects.exists()


def test_the_longest_platform_that_is_taken_can_be_reported() -> None:
    name = "P" * LONGEST_PLATFORM
    client = browser(administrator())
    save(client, {**page(client), PLATFORM: f"  {name}  \n\n \u200b \nFacebook"})
    assert PLATFORMS.value() == [name, "Facebook"]
    filed = browser(employee()).post(reverse("incidents:report"), answers(kind="exposure", platform=name))
    assert filed.status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (PLATFORM, "P" * (LONGEST_PLATFORM + 1), "a line has at most 60 characters"),
        (PLATFORM, "\n".join(f"Site {number}" for number in range(MOST_LINES + 1)), "At most 200 fit"),
        (PLATFORM, "Facebook\nface\u200bbook", "The same line stands here twice"),
        (PLATFORM, OTHER_PLATFORM.upper(), "it is always added"),
        (PLATFORM, "Face\x00book", "Remove the control characters"),
        (PLATFORM, "Face\x0bbook", "Remove the control characters"),
        (PLATFORM, "Face\u202ebook", "change the reading order"),
        (CLOSED, "Christmas", "“Christmas” is no day"),
        (CLOSED, "2026-12-24\n2026-99-99", "“2026-99-99” is no day"),
        (CLOSED, "2027-02-29", "is no day"),
        (CLOSED, "20261224", "is no day"),
        (CLOSED, "2026-W52-4", "is no day"),
        (CLOSED, "0001-01-01", "is no day"),
        (CLOSED, "２０２６-12-24", "is no day"),
    ],
)
def test_a_line_nobody_could_use_is_refused_at_its_field(field: str, typed: str, sentence: str) -> None:
    client = browser(administrator())
    assert sentence in error(save(client, {**page(client), field: typed}), field)
    assert not Setting.objects.exists()


def test_as_many_lines_as_fit_are_taken() -> None:
    client = browser(administrator())
    typed = "\r\n".join(f"Site {number}" for number in range(MOST_LINES))
    assert save(client, {**page(client), PLATFORM: typed}).status_code == 302
    assert len(PLATFORMS.value()) == MOST_LINES


def test_nothing_typed_is_lost_when_one_field_is_refused() -> None:
    client = browser(administrator())
    answer = save(client, {**page(client), FIRST_LOOK: "7", CLOSED: "2026-12-24\nChristmas", PLATFORM: "Only this"})
    form = answer.context["form"]
    assert [form[name].value() for name in (FIRST_LOOK, CLOSED, PLATFORM)] == [
        "7",
        "2026-12-24\nChristmas",
        "Only this",
    ]
    assert not Setting.objects.exists(), "all or nothing"


def test_two_administrators_who_change_different_settings_both_get_theirs() -> None:
    ada, bob = browser(administrator()), browser(administrator("Bob Admin"))
    adas, bobs = page(ada), page(bob)
    save(ada, {**adas, FIRST_LOOK: "3"})
    assert save(bob, {**bobs, CLOSED: "2026-12-31"}).status_code == 302
    assert (FIRST_LOOK_DAYS.value(), CLOSED_DAYS.value()) == (3, ["2026-12-31"])


def test_the_second_of_two_who_change_the_same_setting_reads_who_was_first_and_decides_anew() -> None:
    ada, bob = browser(administrator()), browser(administrator("Bob Admin"))
    bobs = page(bob)
    save(ada, {**page(ada), FIRST_LOOK: "3", DECISION: "20"})
    answer = save(bob, {**bobs, FIRST_LOOK: "5", CLOSED: "2026-12-31"})
    assert "Someone changed this to “3” a moment ago" in error(answer, FIRST_LOOK)
    assert (FIRST_LOOK_DAYS.value(), CLOSED_DAYS.value()) == (3, [])
    form = answer.context["form"]
    again = {name: str(form[name].value()) for name in form.fields}
    assert (again[FIRST_LOOK], again[CLOSED], again[DECISION]) == ("5", "2026-12-31", "20")
    assert save(bob, again).status_code == 302
    assert values_in_force() | {"incidents.first_look_days": 5, "incidents.decision_days": 20} == values_in_force()


@pytest.mark.parametrize("shown", ["", "null", "[]", '{"incidents.first_look_days": []}', "\x00", "[" * 5000, "é:1:x"])
def test_what_the_page_showed_may_be_missing_or_made_up(shown: str) -> None:
    client = browser(administrator())
    assert save(client, {**page(client), "shown": shown, CLOSED: "2026-12-31"}).status_code == 302
    assert CLOSED_DAYS.value() == ["2026-12-31"]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_the_same_moment_one_is_kept_and_one_is_told() -> None:
    people, seen = [administrator(), administrator("Bob Admin")], values_in_force()

    def change(days: int) -> str:
        try:
            change_settings({"incidents.first_look_days": days}, seen=seen, actor=people[days % 2])
        except Overtaken:
            return "overtaken"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(change, range(2, 8)))
    assert sorted(outcomes) == ["kept", *["overtaken"] * 5]
    assert Entry.objects.filter(action="setting.changed").count() == 1
