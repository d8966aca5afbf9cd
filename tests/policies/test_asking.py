"""Who gets a question: the supervisor, the owner, those above; never the supervisor it concerns or their stand-in."""

import uuid
from functools import partial

import pytest
from pytest_django import Settings

from audit import trail
from people.models import Role, User
from policies import notices, routing, rules
from policies.models import Document, PublishedAnswer, Question, Turn
from policies.operations import asking
from policies.operations.asking import Place
from tests.personas import employee
from tests.policies.stage import as_it_stands, asked, away, back, cast, gone, published, told, writer
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db


def holders(question: Question) -> list[str]:
    """Everyone whose turn it was, in order."""
    return list(Turn.objects.filter(question=question).order_by("pk").values_list("person__name", flat=True))


def test_a_question_goes_to_ones_supervisor_who_is_told_and_has_three_business_days() -> None:
    scene = cast()
    question = asked(scene.version, scene.erin)
    assert question.holder == scene.samuel
    assert (question.due_at - question.asked_at).days >= 2
    assert told(scene.samuel) == ["question"]
    assert told(scene.wanda) == told(scene.erin) == []
    assert [entry.action for entry in trail.of(question)] == ["question.asked"]


def test_the_stand_in_of_a_supervisor_who_is_away_gets_it_in_their_name() -> None:
    scene, dora = cast(), employee("Dora Deputy")
    away(scene.samuel, stand_in=dora)
    question = asked(scene.version, scene.erin)
    assert (question.holder, question.acting_for) == (dora, scene.samuel)
    assert "Dora Deputy stands in" in question.turns.get().why


def test_the_next_above_gets_it_where_the_supervisor_has_left() -> None:
    scene, boss = cast(), employee("Berta Boss")
    User.objects.filter(pk=scene.samuel.pk).update(is_active=False, supervisor=boss)
    assert asked(scene.version, scene.erin).holder == boss


def test_someone_without_a_supervisor_asks_the_owner() -> None:
    scene = cast()
    assert asked(scene.version, employee("Solo Someone")).holder == scene.wanda


def test_whoever_stands_in_for_an_owner_who_is_away_gets_it() -> None:
    scene, dora = cast(), employee("Dora Deputy")
    away(scene.wanda, stand_in=dora)
    question = asked(scene.version, employee("Solo Someone"))
    assert (question.holder, question.acting_for) == (dora, scene.wanda)


def test_those_above_the_owner_get_it_where_the_owner_has_left() -> None:
    scene = cast()
    gone(scene.wanda)
    assert asked(scene.version, employee("Solo Someone")).holder == scene.nora


def test_an_owner_who_asks_about_their_own_policy_does_not_answer_it() -> None:
    scene = cast()
    assert asked(scene.version, scene.wanda).holder == scene.nora


def test_nobody_left_is_a_refusal_and_no_question(settings: Settings) -> None:
    settings.SECRETARY_DESIGNEE = ""
    wanda = writer()
    version = published(author=wanda)
    with pytest.raises(Refused, match="Nobody can answer this in the portal"):
        asked(version, wanda)
    assert not Question.objects.exists()


# --- It concerns the supervisor ---------------------------------------------------------------------------------------


def test_a_question_that_concerns_the_supervisor_goes_to_the_owner_and_the_supervisor_hears_nothing() -> None:
    scene = cast()
    question = asked(scene.version, scene.erin, about_supervisor=True)
    assert (question.holder, question.about) == (scene.wanda, scene.samuel)
    assert told(scene.samuel) == []
    assert not rules.questions_for(scene.samuel).exists()


def test_it_goes_above_where_the_supervisor_it_concerns_owns_the_policy() -> None:
    boss = employee("Berta Boss")
    samuel = writer("Samuel Okafor", supervisor=boss)
    version = published(author=samuel)
    question = asked(version, employee("Erin Whitfield", supervisor=samuel), about_supervisor=True)
    assert question.holder == boss
    assert not rules.questions_for(samuel).exists()


def test_it_passes_over_a_supervisor_who_stands_above_the_owner() -> None:
    top = employee("Tilda Top")
    samuel = employee("Samuel Okafor", supervisor=top)
    wanda = writer("Wanda Writer", supervisor=samuel)
    erin = employee("Erin Whitfield", supervisor=samuel)
    question = asked(published(author=wanda), erin, about_supervisor=True)
    assert question.holder == wanda
    gone(wanda)
    assert routing.next_step(as_it_stands(question)).person == top  # type: ignore[union-attr]


def test_whoever_stands_in_for_the_supervisor_neither_gets_it_nor_sees_it_nor_hears_of_it() -> None:
    scene = cast()
    away(scene.samuel, stand_in=scene.wanda)
    question = asked(scene.version, scene.erin, about_supervisor=True)
    assert question.holder == scene.nora
    assert told(scene.wanda) == []
    assert not rules.questions_for(scene.wanda).exists()


def test_the_stand_in_of_an_owner_does_not_get_it_where_that_is_the_supervisor_it_concerns() -> None:
    scene = cast()
    away(scene.wanda, stand_in=scene.samuel)
    assert asked(scene.version, scene.erin, about_supervisor=True).holder == scene.nora


def test_an_asker_who_stands_in_for_the_supervisor_keeps_their_own_question_in_sight_and_hears_of_it() -> None:
    scene = cast()
    away(scene.samuel, stand_in=scene.erin)
    question = asked(scene.version, scene.erin, about_supervisor=True)
    assert rules.questions_for(scene.erin).get() == question
    asking.answer(question, actor=scene.wanda, body="No.")
    assert told(scene.erin) == ["answered"]


def test_an_owner_who_begins_to_stand_in_loses_sight_of_it_that_day_and_finds_it_again_afterwards() -> None:
    scene = cast()
    question = asked(scene.version, scene.erin, about_supervisor=True)
    absence = away(scene.samuel, stand_in=scene.wanda)
    assert not rules.questions_for(scene.wanda).exists()
    assert not rules.may_answer(scene.wanda, question)
    back(absence)
    assert rules.questions_for(scene.wanda).get() == question


def test_a_new_owner_whom_it_concerns_does_not_see_it() -> None:
    scene = cast()
    asked(scene.version, scene.erin, about_supervisor=True)
    Document.objects.update(owner=scene.samuel)
    assert not rules.questions_for(scene.samuel).exists()


def test_the_office_that_hears_of_silence_does_not_include_the_supervisor_or_their_stand_in() -> None:
    samuel, dora, olive = (writer(name) for name in ("Samuel Okafor", "Dora Deputy", "Olive Office"))
    wanda = employee("Wanda Plain")
    version = published(author=olive, owner=wanda)
    away(samuel, stand_in=dora)
    question = asked(version, employee("Erin Whitfield", supervisor=samuel), about_supervisor=True)
    notices.tell_office_of_silence(question)
    assert (told(samuel), told(dora), told(olive)) == ([], [], ["unanswered"])


# --- Once and once only -----------------------------------------------------------------------------------------------


def test_the_same_question_sent_twice_is_one_and_other_words_are_another() -> None:
    scene, submission = cast(), uuid.uuid4()
    place = Place(scene.version, "ii-a", "II(A)")
    send = partial(asking.ask, place, actor=scene.erin, concerns_supervisor=False, submission=submission)
    assert send(body="May I?") == send(body="May I?")
    assert send(body="May I?") != send(body="Must I?")
    assert told(scene.samuel) == ["question", "question"]


def test_the_same_words_about_the_supervisor_are_not_the_question_the_supervisor_has() -> None:
    scene, submission = cast(), uuid.uuid4()
    send = partial(asking.ask, Place(scene.version), actor=scene.erin, body="May he?", submission=submission)
    to_samuel, to_wanda = send(concerns_supervisor=False), send(concerns_supervisor=True)
    assert (to_samuel.holder, to_wanda.holder) == (scene.samuel, scene.wanda)


# --- Answering, passing on, withdrawing, publishing -------------------------------------------------------------------


def test_an_answer_ends_it_and_whoever_asked_is_told() -> None:
    scene = cast()
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No: II(A).")
    assert (question.status, question.holder, question.answered_by) == ("answered", None, scene.samuel)
    assert told(scene.erin) == ["answered"]


def test_a_supervisor_passes_it_on_to_the_owner_and_whoever_asked_is_told() -> None:
    scene = cast()
    question = asking.pass_on(asked(scene.version, scene.erin), actor=scene.samuel)
    assert question.holder == scene.wanda
    assert (told(scene.wanda), told(scene.erin)) == (["question"], ["passed_on"])
    assert holders(question) == ["Samuel Okafor", "Wanda Writer"]
    assert rules.questions_for(scene.samuel).get() == question
    assert Turn.objects.latest("pk").why == "Samuel Okafor passed it on. Wanda Writer owns policy 1021."


def test_a_withdrawn_question_is_nobodys_and_whoever_had_it_is_told() -> None:
    scene = cast()
    question = asking.withdraw(asked(scene.version, scene.erin), actor=scene.erin)
    assert (question.status, question.holder) == ("withdrawn", None)
    assert told(scene.samuel) == ["question", "question_withdrawn"]


def test_an_owner_publishes_an_answer_withdraws_it_and_publishes_it_in_better_words() -> None:
    scene = cast()
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    publish = partial(asking.publish_answer, question, actor=scene.wanda, asked="May pictures be posted?")
    first = publish(answered="No")
    with pytest.raises(Refused, match="published already"):
        publish(answered="No, never.")
    asking.withdraw_answer(first, actor=scene.wanda)
    assert not rules.answers_for(scene.erin).exists()
    publish(answered="No, never.")
    assert rules.answers_for(employee()).get().answered == "No, never."
    assert PublishedAnswer.objects.count() == 2
    assert told(scene.erin) == ["answered", "answer_published", "answer_published"]


@pytest.mark.parametrize("role", Role)
def test_no_role_shows_anybody_a_question_that_is_not_theirs(role: Role) -> None:
    scene = cast()
    asked(scene.version, scene.erin)
    assert not rules.questions_for(employee(roles=(role,))).exists()
