"""The page on which one asks: what it says beforehand, what it keeps back, and that nothing typed is lost."""

import uuid

import pytest
from pytest_django import Settings

from people.models import User
from policies.models import Question
from policies.operations import asking, publishing
from policies.views import questions as views
from tests.conftest import At
from tests.personas import employee
from tests.policies.browsing import ask_url, page_of, says, send
from tests.policies.stage import Cast, asked, away, browser, cast, draft, published, writer
from workflow import clock

pytestmark = pytest.mark.django_db

NOT_THEIRS = 404


@pytest.fixture
def scene() -> Cast:
    """Those a question passes."""
    return cast()


def test_the_page_quotes_the_clause_and_says_who_will_get_the_question_on_either_way(scene: Cast) -> None:
    page = says(browser(scene.erin), ask_url())
    assert "Nobody posts a photograph of a client." in page
    assert "<strong>Samuel Okafor</strong>, your supervisor, will get this" in page
    assert "Wanda Writer, the owner of the policy, can read it too" in page
    assert "Then Wanda Writer, the owner of the policy, gets it instead. Samuel Okafor never sees it" in page


def test_it_says_who_stands_in(scene: Cast) -> None:
    away(scene.samuel, stand_in=employee("Dora Deputy"))
    page = says(browser(scene.erin), ask_url())
    assert "<strong>Dora Deputy</strong>, who stands in for Samuel Okafor, your supervisor, will get this" in page


def test_someone_without_a_supervisor_is_not_asked_whether_it_concerns_one(scene: Cast) -> None:
    page = says(browser(employee("Solo Someone")), ask_url())
    assert "<strong>Wanda Writer</strong>, the owner of the policy, will get this" in page
    assert "concerns my supervisor" not in page


def test_what_was_published_about_this_clause_stands_above_the_form(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    asking.publish_answer(question, actor=scene.wanda, asked="May one post it?", answered="Never.")
    client = browser(employee("Nia New", supervisor=scene.samuel))
    assert "Never." in says(client, ask_url())
    assert "Never." not in says(client, ask_url("i-a"))
    assert "Never." not in says(client, ask_url(""))


def test_a_question_is_sent_to_the_supervisor_and_its_page_opens(scene: Cast) -> None:
    client = browser(scene.erin)
    page = send(client)
    question = Question.objects.get()
    assert page["Location"] == page_of(question)
    assert (question.holder, question.citation, question.anchor) == (scene.samuel, "II(A)", "ii-a")
    assert "Samuel Okafor has your question." in says(client, page_of(question))


def test_a_ticked_box_keeps_it_from_the_supervisor(scene: Cast) -> None:
    send(browser(scene.erin), concerns="on")
    assert (Question.objects.get().holder, Question.objects.get().about) == (scene.wanda, scene.samuel)


def test_it_is_kept_back_where_someone_else_would_get_it_than_the_page_had_said(scene: Cast) -> None:
    client = browser(scene.erin)
    shown = client.get(ask_url()).context["form"].initial["shown"]
    User.objects.filter(pk=scene.erin.pk).update(supervisor=scene.nora)
    form = {"body": "Is he right?", "concerns": "on", "shown": shown, "submission": str(uuid.uuid4())}
    page = client.post(ask_url(), form)
    assert page.status_code == 422
    words = page.content.decode()
    assert "the person who would get your question has changed" in words
    assert "Is he right?" in words
    assert "Nora Northcott never sees it" in words
    assert not Question.objects.exists()
    again = client.post(ask_url(), {**form, "shown": page.context["form"]["shown"].value()})
    assert (again.status_code, Question.objects.get().about) == (302, scene.nora)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Write your question."),
        (" \u200b ", "Write your question."),
        ("x" * 2001, "at most 2,000 characters"),
        ("a\x00b", "Remove the control characters"),
        ("a\u202eb", "change the reading order"),
        ("His SSN is 123-45-6789.", "Remove names, numbers and case details"),
        ("My password is Hunter2!x", "Do not enter a username, password or login here"),
    ],
)
def test_bad_words_are_a_sentence_at_the_field_and_nothing_is_lost(scene: Cast, body: str, sentence: str) -> None:
    page = send(browser(scene.erin), body=body, concerns="on")
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert page.context["form"]["body"].value() == body
    assert page.context["form"]["concerns"].value() is True
    assert not Question.objects.exists()


def test_a_form_without_its_number_sends_nothing(scene: Cast) -> None:
    assert send(browser(scene.erin), submission="made up").status_code == 422
    assert not Question.objects.exists()


def test_two_clicks_are_one_question(scene: Cast) -> None:
    client, number = browser(scene.erin), str(uuid.uuid4())
    first, second = send(client, submission=number), send(client, submission=number)
    assert first["Location"] == second["Location"]
    assert Question.objects.count() == 1


@pytest.mark.parametrize("clause", ["", "nowhere", "%00", "ii-a%E2%80%AE", "x" * 5000, "ii-a&clause=zzz"])
def test_a_clause_that_is_not_there_is_a_question_about_all_of_it(scene: Cast, clause: str) -> None:
    client = browser(scene.erin)
    assert "Ask about this policy" in says(client, ask_url(clause))
    send(client, ask_url(clause))
    assert (Question.objects.get().anchor, Question.objects.get().part) == ("", "the whole policy")


def test_only_what_is_in_force_is_asked_about(scene: Cast, at: At) -> None:
    client = browser(scene.erin)
    draft("2000")
    with at("2026-11-02 10:00"):
        later = published("3000", effective_on=clock.today().replace(day=20))
        assert client.get(ask_url("", "3000")).status_code == NOT_THEIRS
    assert later.number == 1
    for number in ("2000", "9999"):
        assert client.get(ask_url("", number)).status_code == NOT_THEIRS
        assert client.post(ask_url("", number), {"body": "Why?"}).status_code == NOT_THEIRS
    with at("2026-11-20 00:00"):
        publishing.bring_into_force()
        assert client.get(ask_url("", "3000")).status_code == 200


def test_nobody_who_can_answer_is_said_with_what_to_do_instead(settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    wanda = writer()
    published(author=wanda)
    page = says(browser(wanda), ask_url())
    assert "Nobody can answer this in the portal" in page
    assert "Ask the communications office (OCCE)" in page
    assert "<textarea" not in page


def test_a_box_that_leads_to_nobody_is_a_sentence_at_the_box(settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    wanda = writer()
    published(author=wanda)
    page = send(browser(employee("Erin Whitfield", supervisor=wanda)), concerns="on")
    assert page.status_code == 422
    assert page.context["form"].errors["concerns"] == [
        "Nobody in the portal can answer it then. Ask the communications office (OCCE)."
    ]


def test_the_twenty_first_question_of_an_hour_waits_and_is_kept(scene: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "QUESTIONS_AN_HOUR", 2)
    client = browser(scene.erin)
    assert [send(client).status_code for _ in range(2)] == [302, 302]
    page = send(client, body="One more?")
    assert page.status_code == 429
    assert "many questions in the last hour" in page.content.decode()
    assert "One more?" in page.content.decode()
    assert Question.objects.count() == 2
