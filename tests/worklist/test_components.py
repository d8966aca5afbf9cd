"""What tags and includes say: times, states, facts, threads, timelines and empty lists."""

from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
import time_machine
from django.template import Context, Template
from django.template.loader import render_to_string

from tests.worklist.dom import Drawn, attribute, words

NOON = datetime(2026, 11, 24, 18, tzinfo=UTC)


class Happened(NamedTuple):
    """An entry of a timeline."""

    at: datetime
    actor_name: str
    sentence: str


class Said(NamedTuple):
    """A message of a thread."""

    author_name: str
    at: datetime
    text: str
    mine: bool


def drawn(source: str, **context: Any) -> Drawn:
    """A piece of template that has the portal's tags."""
    return Drawn(Template("{% load portal %}" + source).render(Context(context)))


def include(name: str, **context: Any) -> Drawn:
    """One of the includes with its variables."""
    return Drawn(render_to_string(f"includes/{name}.html", context))


# --- Times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 27, 23, tzinfo=UTC), "due in 3 days Nov. 27, 2026 at 5 p.m."),
        (datetime(2026, 11, 25, 6, 30, tzinfo=UTC), "due tomorrow Nov. 25, 2026 at 12:30 a.m."),
        (datetime(2026, 11, 25, 5, 59, tzinfo=UTC), "due today Nov. 24, 2026 at 11:59 p.m."),
        (datetime(2026, 11, 24, 16, tzinfo=UTC), "overdue by 2 hours Nov. 24, 2026 at 10 a.m."),
        (datetime(2026, 11, 23, 18, tzinfo=UTC), "overdue by 1 day Nov. 23, 2026 at noon"),
        (date(2026, 11, 24), "due today Nov. 24, 2026"),
        (date(2026, 11, 22), "overdue by 2 days Nov. 22, 2026"),
        (None, "no due date"),
    ],
)
def test_a_due_date_is_said_in_days_and_exactly(moment: date | None, said: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert drawn("{% due moment %}", moment=moment).words() == said


def test_a_due_date_shows_its_weekday_and_zone_on_hover() -> None:
    with time_machine.travel(NOON, tick=False):
        shown = drawn("{% due moment %}", moment=datetime(2026, 11, 27, 23, tzinfo=UTC)).one("time")
    assert attribute(shown, "title") == "Friday, November 27, 2026 at 5 p.m. CST"
    assert attribute(shown, "datetime") == "2026-11-27T23:00:00+00:00"


def test_being_overdue_shows_by_an_icon_as_well_as_by_words() -> None:
    with time_machine.travel(NOON, tick=False):
        late = drawn("{% due moment %}", moment=date(2026, 11, 20))
        early = drawn("{% due moment %}", moment=date(2026, 12, 20))
    assert "#warning" in (attribute(late.one("use"), "href") or "")
    assert not early.all("use")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 24, 17, 59, 30, tzinfo=UTC), "just now"),
        (datetime(2026, 11, 24, 17, 59, tzinfo=UTC), "1 minute ago"),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), "3 hours ago"),
        (datetime(2026, 11, 24, 5, 30, tzinfo=UTC), "yesterday"),
        (datetime(2026, 11, 20, 18, tzinfo=UTC), "4 days ago"),
    ],
)
def test_what_happened_is_said_from_now(moment: datetime, said: str) -> None:
    with time_machine.travel(NOON, tick=False):
        assert drawn("{% when moment %}", moment=moment).words().startswith(f"{said} Nov. ")


def test_what_happened_long_ago_is_only_said_exactly() -> None:
    with time_machine.travel(NOON, tick=False):
        shown = drawn("{% when moment %}", moment=datetime(2026, 3, 2, 18, tzinfo=UTC))
    assert shown.words() == "March 2, 2026 at noon"


# --- Marks and includes ----------------------------------------------------------------------------------------------


def test_a_tag_says_its_state_in_words_whatever_its_colour() -> None:
    assert drawn('{% tag "danger" "High" %}').words() == "High"
    assert drawn('{% tag "unheard-of" "Odd" %}').words() == "Odd"


def test_an_icon_is_silent_unless_it_has_something_to_say() -> None:
    assert attribute(drawn('{% icon "lock" %}').one("svg"), "aria-hidden") == "true"
    spoken = drawn('{% icon "lock" "Sealed" %}').one("svg")
    assert (attribute(spoken, "role"), attribute(spoken, "aria-label")) == ("img", "Sealed")


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (999, "999"), (1000, "1,000+"), (5000, "1,000+")])
def test_a_count_stops_where_counting_on_would_cost(count: int, said: str) -> None:
    assert drawn("{{ count|capped }}", count=count).words() == said


def test_breadcrumbs_lead_back_and_name_this_page() -> None:
    trail = drawn('{% breadcrumbs "Home" "/" "My reports" "/mine/" "INC-1042" %}')
    assert [attribute(link, "href") for link in trail.all("a")] == ["/", "/mine/"]
    assert words(trail.one("li", aria_current="page")) == "INC-1042"


def test_facts_that_are_missing_are_said_to_be_missing_and_a_zero_is_not() -> None:
    facts = include("facts", facts=[("Platform", ""), ("How many", 0), ("Found", "<b>by\nchance</b>")])
    assert [words(value) for value in facts.all("dd")] == ["Not given", "0", "<b>by chance</b>"]


def test_the_summary_says_what_is_next_who_has_it_and_by_when() -> None:
    with time_machine.travel(NOON, tick=False):
        box = include("summary_box", text="The Privacy Office decides.", who="Jordan Pike", due_at=date(2026, 11, 27))
    assert "The Privacy Office decides." in box.words()
    assert [words(fact) for fact in box.all("dd")] == ["Jordan Pike", "due in 3 days Nov. 27, 2026"]


def test_the_timeline_is_an_ordered_list_of_sentences() -> None:
    entries = [Happened(NOON, "Ana Reyes", "Took the case")]
    item = words(include("timeline", entries=entries).one("li"))
    assert item.startswith("Took the case Ana Reyes Nov. 24, 2026 at noon")
    assert "Nothing has happened yet." in include("timeline", entries=[]).words()


def test_a_thread_tells_my_words_from_theirs_without_colour() -> None:
    said = [
        Said("Privacy Office", NOON, "Is it still online?", mine=False),
        Said("Erin", NOON, "Yes.", mine=True),
    ]
    authors = [words(author) for author in include("thread", thread=said).all("b")]
    assert authors == ["Privacy Office", "Erin (you)"]
    assert include("thread", thread=[], empty_words="Nobody wrote yet.").words() == "Nobody wrote yet."


def test_a_pager_without_pages_is_not_there() -> None:
    assert include("pager").words() == ""
    assert attribute(include("pager", older_url="?before=7").one("a"), "rel") == "next"


def test_a_table_names_its_rows_and_columns() -> None:
    table = include("table", caption="Units", columns=["Unit", "People"], rows=[["Aging", 12]])
    assert [attribute(head, "scope") for head in table.all("th")] == ["col", "col", "row"]
    assert words(table.one("caption")) == "Units"


def test_an_empty_list_says_what_to_do() -> None:
    empty = include("empty", title="No reports", words="Tell us.", action_url="/report/", action_label="Report")
    assert words(empty.one("a", href="/report/")) == "Report"


def test_a_kept_part_is_drawn_anew_for_other_values_and_keeps_what_was_typed_harmless() -> None:
    one = include("thread", thread=[Said("Erin", NOON, "Yes.", mine=True)])
    other = include("thread", thread=[Said("Erin", NOON, "<b>No.</b>", mine=True)])
    assert "Yes." in one.words()
    assert "<b>No.</b>" in other.words()
