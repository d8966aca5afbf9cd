"""Two who do something about one question at the same moment: real transactions on connections of their own."""

import uuid
from functools import partial

import pytest

from people.models import User
from policies.models import PublishedAnswer, Question, Turn
from policies.operations import answering_in_time, asking
from policies.operations.asking import Place
from tests.conftest import At
from tests.incidents.test_merging_at_once import at_once
from tests.policies.stage import as_it_stands, asked, browser, cast, told
from workflow import clock

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 6


def test_of_two_who_answer_at_once_one_does_and_the_other_reads_why() -> None:
    scene = cast()
    for _ in range(ROUNDS):
        question = asked(scene.version, scene.erin)
        said = at_once(
            partial(asking.answer, question, actor=scene.samuel, body="No."),
            partial(asking.answer, question, actor=scene.wanda, body="Yes."),
        )
        winner = said.index("")
        assert "This is answered now" in said[1 - winner]
        stands = as_it_stands(question)
        assert (stands.answer, stands.answered_by_id) == [("No.", scene.samuel.pk), ("Yes.", scene.wanda.pk)][winner]
    assert told(scene.erin) == ["answered"] * ROUNDS


def test_the_slower_of_two_browsers_is_a_conflict_that_shows_what_was_written() -> None:
    scene = cast()
    question = asked(scene.version, scene.erin)
    pages = []

    def send(person: User, body: str) -> None:
        pages.append(browser(person).post(f"/policies/questions/{question.pk}/answer/", {"body": body}))

    at_once(partial(send, scene.samuel, "Rather not."), partial(send, scene.wanda, "Rather not."))
    assert sorted(page.status_code for page in pages) == [302, 409]
    slower = max(pages, key=lambda page: page.status_code).content.decode()
    assert "Your answer was not sent" in slower
    assert "Rather not." in slower


def test_an_answer_and_an_escalation_at_once_leave_it_answered_or_with_the_next(at: At) -> None:
    scene = cast()
    for _ in range(ROUNDS):
        with at("2026-11-02 10:00"):
            question = asked(scene.version, scene.erin)
        # Threads do not share a held clock: by the real one it is overdue.
        Question.objects.filter(pk=question.pk).update(due_at=clock.now())
        said = at_once(
            partial(asking.answer, question, actor=scene.samuel, body="No."), answering_in_time.escalate_questions
        )
        stands, turns = as_it_stands(question), Turn.objects.filter(question=question).count()
        if said[0] == "":
            assert (stands.status, turns) == ("answered", 1)
        else:
            assert said[0] == "Wanda Writer has this question now."
            assert (stands.status, stands.holder, turns) == ("open", scene.wanda, 2)


def test_two_workers_give_an_overdue_question_to_the_next_once() -> None:
    scene = cast()
    for _ in range(ROUNDS):
        question = asked(scene.version, scene.erin)
        Question.objects.filter(pk=question.pk).update(due_at=clock.now())
        at_once(*[answering_in_time.escalate_questions] * 3)
        assert as_it_stands(question).holder == scene.wanda
        assert Turn.objects.filter(question=question).count() == 2
    assert told(scene.erin) == ["escalated"] * ROUNDS


def test_a_question_passed_on_twice_at_once_goes_one_step() -> None:
    scene = cast()
    for _ in range(ROUNDS):
        question = asked(scene.version, scene.erin)
        said = at_once(*[partial(asking.pass_on, question, actor=scene.samuel)] * 2)
        assert sorted(said) == ["", "Wanda Writer has this question now."]
        assert Turn.objects.filter(question=question).count() == 2


def test_two_clicks_at_once_are_one_question_and_one_notice() -> None:
    scene = cast()
    for number in range(ROUNDS):
        send = partial(
            asking.ask,
            Place(scene.version, "ii-a", "II(A)"),
            actor=scene.erin,
            body="May I?",
            concerns_supervisor=False,
            submission=uuid.uuid4(),
        )
        assert at_once(send, send, send) == [""] * 3
        assert Question.objects.count() == number + 1
    assert told(scene.samuel) == ["question"] * ROUNDS


def test_an_answer_is_published_once_however_many_click() -> None:
    scene = cast()
    for number in range(ROUNDS):
        question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
        publish = partial(asking.publish_answer, question, actor=scene.wanda, asked="May one?", answered="No.")
        assert sorted(at_once(publish, publish)) == ["", "This answer has been published already."]
        assert PublishedAnswer.objects.count() == number + 1


def test_a_question_taken_back_while_it_is_answered_is_one_or_the_other() -> None:
    scene = cast()
    for _ in range(ROUNDS):
        question = asked(scene.version, scene.erin)
        said = at_once(
            partial(asking.answer, question, actor=scene.samuel, body="No."),
            partial(asking.withdraw, question, actor=scene.erin),
        )
        assert said.count("") == 1
        assert as_it_stands(question).status == ["answered", "withdrawn"][said.index("")]
