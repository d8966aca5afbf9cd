"""A supervisor's own people: direct reports, those of whoever they stand in for today, and what these asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import User
from policies.operations import asking
from tests.conftest import At
from tests.personas import employee, unit
from tests.policies.stage import Cast, asked, away, back, browser, cast, gone
from worklist.team import Member

pytestmark = pytest.mark.django_db

TEAM = "/team/"


@pytest.fixture
def scene() -> Cast:
    """Those a question passes."""
    return cast()


def says(person: User, address: str = TEAM) -> str:
    """What a page says to this person."""
    page = browser(person).get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def members(person: User, address: str = TEAM) -> list[Member]:
    """Whom the page shows."""
    shown: list[Member] = browser(person).get(address).context["team"]
    return shown


def named(person: User, address: str = TEAM) -> list[str]:
    """The names of those it shows."""
    return [member.person.name for member in members(person, address)]


def test_direct_reports_stand_by_name_with_title_and_unit_and_nobody_else_does(scene: Cast) -> None:
    employee("Anna Abel", supervisor=scene.samuel, title="Caseworker", unit=unit("PUL", name="Pulaski office"))
    employee("Zoe Beneath", supervisor=scene.erin)
    gone(employee("Lena Left", supervisor=scene.samuel))
    assert named(scene.samuel) == ["Anna Abel", "Erin Whitfield"]
    page = says(scene.samuel)
    assert "Caseworker" in page
    assert "Pulaski office" in page


def test_those_of_whoever_one_stands_in_for_today_are_there_and_it_says_so(scene: Cast) -> None:
    dora = employee("Dora Deputy", supervisor=scene.samuel)
    absence = away(scene.samuel, stand_in=dora)
    assert [(each.person, each.reports_to) for each in members(dora)] == [(scene.erin, scene.samuel)]
    assert "You stand in for Samuel Okafor" in says(dora)
    back(absence)
    assert named(dora) == []


def test_each_stands_with_the_open_questions_one_has_from_them(scene: Cast) -> None:
    other = employee("Omar Other", supervisor=scene.samuel)
    question = asked(scene.version, scene.erin)
    asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    asking.pass_on(asked(scene.version, other), actor=scene.samuel)
    assert {each.person.name: each.questions for each in members(scene.samuel)} == {
        "Erin Whitfield": [question],
        "Omar Other": [],
    }


def test_a_question_that_concerns_the_supervisor_is_not_on_their_page_nor_on_that_of_whoever_stands_in(
    scene: Cast,
) -> None:
    asked(scene.version, scene.erin, body="Is he right?", about_supervisor=True)
    away(scene.samuel, stand_in=scene.wanda)
    for person in (scene.samuel, scene.wanda):
        assert "Is he right?" not in says(person)
        assert [each.questions for each in members(person)] == [[]]
        assert "Is he right?" not in says(person, "/")
        assert "for your answer" not in says(person, "/")


def test_questions_from_anyone_wait_above_the_people(scene: Cast) -> None:
    question = asked(scene.version, employee("Solo Someone"), body="Whose turn is it?")
    assert "Whose turn is it?" in says(scene.wanda)
    assert f"/policies/questions/{question.pk}/" in says(scene.wanda)


def test_someone_without_people_reads_whom_the_page_is_for_and_where_to_go(scene: Cast) -> None:
    page = says(scene.erin)
    assert "Nobody reports to you" in page
    assert 'href="/account/"' in page


def test_home_leads_to_the_team_for_those_who_have_one_and_for_those_who_stand_in(scene: Cast) -> None:
    dora = employee("Dora Deputy")
    assert 'href="/team/"' in says(scene.samuel, "/")
    assert 'href="/team/"' not in says(dora, "/")
    away(scene.samuel, stand_in=dora)
    assert 'href="/team/"' in says(dora, "/")


def test_home_counts_what_waits_for_an_answer_with_what_is_due_first(scene: Cast, at: At) -> None:
    assert "What awaits you" not in says(scene.samuel, "/")
    with at("2026-11-03 10:00"):
        asked(scene.version, scene.erin)
        assert "1 question</a> <span>about policies waits for your answer" in says(scene.samuel, "/")
    with at("2026-11-02 10:00"):
        asked(scene.version, scene.erin)
        page = says(scene.samuel, "/")
        assert "2 questions</a> <span>about policies wait for your answer" in page
        assert "Nov. 5, 2026 at 4:30 p.m." in page
    assert "What awaits you" not in says(scene.erin, "/")


def test_home_leads_everyone_to_their_questions(scene: Cast) -> None:
    assert 'href="/policies/questions/"' in says(scene.erin, "/")


def test_pages_of_a_large_team_neither_lose_nor_repeat_anyone(scene: Cast) -> None:
    for number in range(59):
        employee(f"Person {number:02}", supervisor=scene.samuel)
    seen, address = [], TEAM
    while address:
        page = browser(scene.samuel).get(address)
        seen += [member.person.name for member in page.context["team"]]
        address = TEAM + page.context["older_url"] if page.context["older_url"] else ""
    assert seen == ["Erin Whitfield", *(f"Person {number:02}" for number in range(59))]


@pytest.mark.parametrize("query", ["after=x", "before=-1", "after=99999999999999999999", "before=%00"])
def test_nothing_in_the_address_breaks_the_page(scene: Cast, query: str) -> None:
    assert browser(scene.samuel).get(f"{TEAM}?{query}").status_code == 200


def test_sixty_people_who_all_ask_take_as_many_queries_as_one(scene: Cast) -> None:
    def queries() -> int:
        client = browser(User.objects.get(pk=scene.samuel.pk))
        client.get(TEAM)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(TEAM).status_code == 200
        return len(taken)

    asked(scene.version, scene.erin)
    few = queries()
    for number in range(59):
        asked(scene.version, employee(f"Person {number:02}", supervisor=scene.samuel))
    assert queries() == few
    assert few <= 8
