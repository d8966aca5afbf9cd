"""The pages about questions as each persona meets them: their lists, one question, and what is published."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User
from policies.models import Question
from policies.operations import asking
from tests.conftest import At
from tests.personas import employee
from tests.policies.browsing import ask_url, page_of, says
from tests.policies.stage import Cast, as_it_stands, asked, browser, cast, draft, next_version, published, writer

pytestmark = pytest.mark.django_db

QUESTIONS = "/policies/questions/"
NOT_THEIRS = 404


@pytest.fixture
def scene() -> Cast:
    """Those a question passes."""
    return cast()


# --- The lists --------------------------------------------------------------------------------------------------------


def test_the_lists_are_empty_with_a_way_onward(scene: Cast) -> None:
    page = says(browser(scene.erin), QUESTIONS)
    assert "No question is waiting for you." in page
    assert "You have not asked anything" in page
    assert f'href="{reverse("policies:library")}"' in page
    assert "About your policies" not in page


def test_each_finds_theirs_and_nobody_elses(scene: Cast) -> None:
    question = asked(scene.version, scene.erin, body="About the picture?")
    for person, context in ((scene.erin, "page"), (scene.samuel, "waiting")):
        shown = browser(person).get(QUESTIONS).context[context]
        assert [each.pk for each in getattr(shown, "rows", shown)] == [question.pk]
    for person in (scene.wanda, scene.nora):
        assert "About the picture?" not in says(browser(person), QUESTIONS)


def test_what_waits_is_shown_due_first_and_nothing_that_is_over(scene: Cast, at: At) -> None:
    with at("2026-11-03 10:00"):
        second = asked(scene.version, scene.erin)
    with at("2026-11-02 10:00"):
        first, over = asked(scene.version, scene.erin), asked(scene.version, scene.erin)
        asking.answer(over, actor=scene.samuel, body="No.")
    assert list(browser(scene.samuel).get(QUESTIONS).context["waiting"]) == [first, second]


def test_an_owner_finds_what_is_answered_and_not_published(scene: Cast) -> None:
    answered = [asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.") for _ in range(2)]
    asking.publish_answer(answered[0], actor=scene.wanda, asked="May one?", answered="No.")
    asked(scene.version, scene.erin)
    assert list(browser(scene.wanda).get(QUESTIONS).context["to_publish"]) == answered[1:]
    assert list(browser(scene.samuel).get(QUESTIONS).context["to_publish"]) == []


def test_an_owner_whom_it_concerns_is_offered_nothing_to_publish() -> None:
    samuel = writer("Samuel Okafor", supervisor=employee("Berta Boss"))
    question = asked(published(author=samuel), employee("Erin", supervisor=samuel), about_supervisor=True)
    assert question.holder is not None
    asking.answer(question, actor=question.holder, body="He may not.")
    assert "May I post" not in says(browser(samuel), QUESTIONS)


def test_pages_of_what_one_asked_neither_lose_nor_repeat_a_question(scene: Cast) -> None:
    everything = [asked(scene.version, scene.erin, body=f"Number {number}?").pk for number in range(60)]
    client, seen, address = browser(scene.erin), [], QUESTIONS
    while address:
        page = client.get(address).context["page"]
        seen += [question.pk for question in page.rows]
        address = f"{QUESTIONS}?{page.after}" if page.after else ""
    assert seen == everything[::-1]


@pytest.mark.parametrize("query", ["before=x", "after=0-0", "after=99999999999999999-999999999999999999", "before=%00"])
def test_nothing_in_the_address_breaks_the_lists(scene: Cast, query: str) -> None:
    asked(scene.version, scene.erin)
    assert browser(scene.erin).get(f"{QUESTIONS}?{query}").status_code == 200
    assert browser(scene.erin).get(f"{reverse('policies:answers', args=['1021'])}?{query}").status_code == 200


def test_no_number_of_a_question_breaks_its_page(scene: Cast) -> None:
    for pk in ("0", "999999", "9" * 30):
        assert browser(scene.erin).get(f"{QUESTIONS}{pk}/").status_code == NOT_THEIRS


# --- One question -----------------------------------------------------------------------------------------------------


def test_whoever_has_it_finds_question_clause_asker_due_date_and_what_they_can_do(scene: Cast) -> None:
    page = says(browser(scene.samuel), page_of(asked(scene.version, scene.erin)))
    for words in (
        "May I post the picture?",
        "Nobody posts a photograph of a client.",
        "Asked by Erin Whitfield",
        "It is your turn",
        "due in",
        "Pass it on to Wanda Writer",
        "Send the answer",
    ):
        assert words in page, words
    assert "Withdraw the question" not in page


def test_whoever_asked_sees_who_has_it_and_can_withdraw_it_and_nothing_else(scene: Cast) -> None:
    page = says(browser(scene.erin), page_of(asked(scene.version, scene.erin)))
    assert "Samuel Okafor has your question." in page
    assert "Withdraw the question" in page
    assert "Send the answer" not in page
    assert "Pass it on" not in page


def test_whoever_has_one_that_concerns_a_supervisor_is_told_whom_not_to_show_it(scene: Cast) -> None:
    question = asked(scene.version, scene.erin, about_supervisor=True)
    assert "Do not show it to Samuel Okafor" in says(browser(scene.wanda), page_of(question))
    assert "It concerns your supervisor, who never sees it." in says(browser(scene.erin), page_of(question))


def test_the_clause_is_quoted_as_it_stood_when_the_question_was_asked(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    next_version(scene.version, body="## II. Photographs\n\n(A) Anybody posts anything.")
    page = says(browser(scene.samuel), page_of(question))
    assert "Nobody posts a photograph of a client." in page
    assert "Anybody posts anything." not in page


def test_the_answer_stands_on_the_page_for_both_with_who_had_it_and_why(scene: Cast) -> None:
    question = asking.pass_on(asked(scene.version, scene.erin), actor=scene.samuel)
    sent = browser(scene.wanda).post(
        reverse("policies:answer_question", args=[question.pk]), {"body": "No.\n\nNever <b>that</b>."}
    )
    assert sent["Location"] == page_of(question)
    for person in (scene.erin, scene.samuel, scene.wanda):
        page = says(browser(person), page_of(question))
        assert "Never &lt;b&gt;that&lt;/b&gt;." in page
        assert "Samuel Okafor passed it on. Wanda Writer owns policy 1021." in page
    assert "Publish without names" in says(browser(scene.wanda), page_of(question))
    assert "Publish without names" not in says(browser(scene.samuel), page_of(question))


def test_an_answer_with_a_password_is_a_sentence_at_the_field_and_is_kept(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    body = "Use my password: Hunter2!x"
    page = browser(scene.samuel).post(reverse("policies:answer_question", args=[question.pk]), {"body": body})
    assert page.status_code == 422
    assert "Do not enter a username, password or login here" in page.content.decode()
    assert body in page.content.decode()
    assert as_it_stands(question).is_open


def test_an_answer_that_comes_too_late_is_shown_with_the_reason(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    asking.answer(question, actor=scene.wanda, body="No.")
    page = browser(scene.samuel).post(reverse("policies:answer_question", args=[question.pk]), {"body": "Perhaps?"})
    assert page.status_code == 409
    words = page.content.decode()
    assert "Your answer was not sent" in words
    assert "Perhaps?" in words
    assert as_it_stands(question).answer == "No."


def test_a_question_nobody_has_says_so(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    Question.objects.update(holder=None)
    assert "The communications office (OCCE) was told." in says(browser(scene.erin), page_of(question))


def test_nothing_changes_by_looking(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    for name in ("answer_question", "pass_on", "withdraw_question"):
        assert browser(scene.samuel).get(reverse(f"policies:{name}", args=[question.pk])).status_code == 405


# --- What is published ------------------------------------------------------------------------------------------------


def test_the_page_to_publish_begins_with_both_texts_and_what_is_sent_stands_beside_the_policy(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    address, client = reverse("policies:publish_answer", args=[question.pk]), browser(scene.wanda)
    form = client.get(address).context["form"]
    assert (form["asked"].value(), form["answered"].value()) == ("May I post the picture?", "No.")
    client.post(address, {"asked": "May one post pictures?", "answered": "No, none."})
    page = says(browser(employee("Rita Reader")), reverse("policies:answers", args=["1021"]))
    assert "May one post pictures?" in page
    assert "II(A)" in page
    for name in ("Erin", "Samuel"):
        assert name not in page


def test_the_answers_stand_in_the_order_of_the_policy_and_what_is_gone_comes_last(scene: Cast) -> None:
    for anchor, citation in (("ii-a", "II(A)"), ("", ""), ("i-b", "I(B)"), ("ix-z", "IX(Z)")):
        question = asking.ask(
            asking.Place(scene.version, anchor, citation),
            actor=scene.erin,
            body="Why?",
            concerns_supervisor=False,
            submission=uuid.uuid4(),
        )
        asking.answer(question, actor=scene.samuel, body="So.")
        asking.publish_answer(question, actor=scene.wanda, asked="Why?", answered="So.")
    groups = browser(scene.erin).get(reverse("policies:answers", args=["1021"])).context["groups"]
    assert [group[0] for group in groups] == ["The whole policy", "I(B)", "II(A)", "IX(Z)"]


def test_only_the_owner_finds_the_button_that_withdraws(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    asking.publish_answer(question, actor=scene.wanda, asked="May one?", answered="No.")
    address = reverse("policies:answers", args=["1021"])
    assert "Withdraw this answer" in says(browser(scene.wanda), address)
    assert "Withdraw this answer" not in says(browser(scene.erin), address)


def test_a_policy_without_answers_says_how_to_ask_and_an_unknown_one_is_not_found(scene: Cast) -> None:
    draft("2000")
    client = browser(scene.erin)
    assert "No answers here yet" in says(client, reverse("policies:answers", args=["1021"]))
    for number in ("2000", "9999"):
        assert client.get(reverse("policies:answers", args=[number])).status_code == NOT_THEIRS


# --- Cost -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["ask", "questions", "question", "answers"])
def test_a_page_takes_as_many_queries_for_thirty_questions_as_for_one(scene: Cast, page: str) -> None:
    first = asked(scene.version, scene.erin)
    address = {
        "ask": ask_url(),
        "questions": QUESTIONS,
        "question": page_of(first),
        "answers": reverse("policies:answers", args=["1021"]),
    }[page]

    def queries() -> int:
        client = browser(User.objects.get(pk=scene.wanda.pk))
        client.get(address)
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get(address).status_code == 200
        return len(asked_for)

    def more(number: int) -> None:
        for _ in range(number):
            asking.pass_on(asked(scene.version, scene.erin), actor=scene.samuel)
            asked(scene.version, scene.wanda)
            question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
            asking.publish_answer(question, actor=scene.wanda, asked="May one?", answered="No.")
            asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")

    more(1)
    few = queries()
    more(10)
    assert queries() == few
    assert few <= 16
