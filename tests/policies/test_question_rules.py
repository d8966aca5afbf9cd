"""Every refusal about questions at its boundary: to the person refused, over HTTP, and in the database."""

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from audit.models import Entry
from people.models import User
from policies import rules
from policies.models import PublishedAnswer, Question, Turn
from policies.operations import asking
from tests.personas import employee
from tests.policies.stage import Cast, as_it_stands, asked, away, browser, cast
from workflow import clock
from workflow.decisions import Denied

pytestmark = pytest.mark.django_db

NOT_THEIRS = 404
REFUSALS = {"23001", "23505", "23514", "42501"}


@pytest.fixture
def scene() -> Cast:
    """Those a question passes."""
    return cast()


def why_not(decision: object) -> str:
    """The sentence of a refusal; nothing where there is none."""
    return decision.reason if isinstance(decision, Denied) else ""


def post(person: User, name: str, question: Question, **sent: str) -> tuple[int, str]:
    """What this person is answered who sends a form about a question."""
    page = browser(person).post(reverse(f"policies:{name}", args=[question.pk]), sent)
    return page.status_code, page.content.decode()


def answer(person: User, question: Question) -> tuple[int, str]:
    """What this person is answered who answers."""
    return post(person, "answer_question", question, body="No.")


# --- Who answers ------------------------------------------------------------------------------------------------------


def test_whoever_has_it_and_the_owner_may_answer(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    assert rules.may_answer(scene.samuel, question)
    assert rules.may_answer(scene.wanda, question)


def test_nobody_answers_their_own_question(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    status, words = answer(scene.erin, question)
    assert status == 403
    assert "You asked this, so someone else answers it." in words
    assert as_it_stands(question).is_open
    assert Entry.objects.filter(action="question.answer.refused", actor=scene.erin).exists()


def test_the_supervisor_it_concerns_finds_no_page_and_no_way_to_answer(scene: Cast) -> None:
    question = asked(scene.version, scene.erin, about_supervisor=True)
    assert why_not(rules.may_answer(scene.samuel, question)).startswith("This question is about you")
    for name in ("answer_question", "pass_on", "withdraw_question", "publish_answer"):
        assert post(scene.samuel, name, question, body="No.")[0] == NOT_THEIRS, name
    assert browser(scene.samuel).get(reverse("policies:question", args=[question.pk])).status_code == NOT_THEIRS
    assert as_it_stands(question).is_open


def test_whoever_stands_in_for_that_supervisor_finds_none_either_though_it_is_their_turn(scene: Cast) -> None:
    question = asked(scene.version, scene.erin, about_supervisor=True)
    away(scene.samuel, stand_in=scene.wanda)
    assert why_not(rules.may_answer(scene.wanda, question)).startswith("You stand in for Samuel Okafor today")
    assert answer(scene.wanda, question)[0] == NOT_THEIRS
    assert as_it_stands(question).is_open


def test_whoever_had_it_reads_who_has_it_now(scene: Cast) -> None:
    question = asking.pass_on(asked(scene.version, scene.erin), actor=scene.samuel)
    status, words = answer(scene.samuel, question)
    assert status == 409
    assert "Wanda Writer has this question now." in words


def test_a_question_is_answered_once(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    status, words = answer(scene.wanda, question)
    assert status == 409
    assert "This is answered now" in words
    assert as_it_stands(question).answer == "No."


def test_a_stranger_finds_nothing_and_the_knock_is_written_down(scene: Cast) -> None:
    question, stranger = asked(scene.version, scene.erin), employee("Stella Stranger")
    assert answer(stranger, question)[0] == NOT_THEIRS
    assert Entry.objects.filter(action="question.read.refused", actor=stranger).exists()


# --- Who passes on, withdraws, publishes ------------------------------------------------------------------------------


def test_only_whoever_has_it_passes_it_on_and_not_the_owner(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    assert post(scene.wanda, "pass_on", question)[0] == 409
    assert post(scene.samuel, "pass_on", question)[0] == 302
    status, words = post(scene.wanda, "pass_on", question)
    assert status == 403
    assert "You answer for this policy, so the question ends with you. Answer it." in words


def test_whoever_stands_in_for_the_owner_does_not_pass_it_on_either(scene: Cast) -> None:
    dora = employee("Dora Deputy")
    away(scene.wanda, stand_in=dora)
    question = asked(scene.version, employee("Solo Someone"))
    assert question.holder == dora
    assert post(dora, "pass_on", question)[0] == 403


def test_what_is_over_is_not_passed_on(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    status, words = post(scene.samuel, "pass_on", question)
    assert (status, "This question is answered now, so nobody passes it on." in words) == (409, True)


def test_only_whoever_asked_withdraws_and_only_while_it_is_open(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    status, words = post(scene.samuel, "withdraw_question", question)
    assert (status, "Only the person who asked can withdraw this." in words) == (403, True)
    asking.answer(question, actor=scene.samuel, body="No.")
    assert post(scene.erin, "withdraw_question", question)[0] == 409


def test_only_the_owner_publishes_and_only_what_is_answered(scene: Cast) -> None:
    question = asked(scene.version, scene.erin)
    assert post(scene.wanda, "publish_answer", question)[0] == 409
    asking.answer(question, actor=scene.samuel, body="No.")
    for person in (scene.erin, scene.samuel):
        status, words = post(person, "publish_answer", question, asked="May one?", answered="No.")
        assert (status, "Only the owner of the policy publishes answers." in words) == (403, True)
    assert post(scene.wanda, "publish_answer", question, asked="May one?", answered="No.")[0] == 302
    assert post(scene.wanda, "publish_answer", question, asked="May one?", answered="No.")[0] == 409


def test_only_the_owner_withdraws_what_is_published_and_once(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    out = asking.publish_answer(question, actor=scene.wanda, asked="May one?", answered="No.")
    address = reverse("policies:withdraw_answer", args=[out.pk])
    assert browser(scene.erin).post(address).status_code == 403
    assert browser(scene.wanda).post(address).status_code == 302
    assert browser(scene.wanda).post(address).status_code == 409
    assert browser(scene.erin).post(address).status_code == NOT_THEIRS


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Samuel says no.", "Samuel"),
        ("OKAFOR says no.", "Okafor"),
        ("Mail samuel.okafor@dhs.example.", "Samuel Okafor"),
        ("Ѕаmuel says no.", "Samuel"),
        ("It was Erin who asked.", "Erin"),
    ],
)
def test_what_is_published_names_nobody_however_the_name_is_written(scene: Cast, words: str, name: str) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    assert why_not(rules.names_nobody(words, question)) == f"Take out the name “{name}”: everyone reads this."
    status, page = post(scene.wanda, "publish_answer", question, asked="May one?", answered=words)
    assert (status, f"Take out the name “{name}”" in page) == (422, True)
    assert not PublishedAnswer.objects.exists()


def test_the_supervisor_it_concerns_is_not_named_either(scene: Cast) -> None:
    question = asking.answer(
        asked(scene.version, scene.erin, about_supervisor=True), actor=scene.wanda, body="He may not."
    )
    assert not rules.names_nobody("Okafor may not.", question)


def test_a_word_that_is_also_a_name_is_a_word(scene: Cast) -> None:
    may = employee("May Will", supervisor=scene.samuel)
    question = asking.answer(asked(scene.version, may), actor=scene.samuel, body="No.")
    assert rules.names_nobody("Employees may post what they will.", question)
    assert not rules.names_nobody("Ask May.", question)


# --- The database -----------------------------------------------------------------------------------------------------


def refused_by_the_database(act: Callable[[], object]) -> bool:
    """Whether PostgreSQL itself refuses this."""
    try:
        with transaction.atomic():
            act()
    except DatabaseError as refused:
        # By a trigger or a constraint, or because the portal may not do that to this table at all.
        return str(getattr(refused.__cause__, "pgcode", "")) in REFUSALS
    return False


def run(sql: str) -> None:
    """Say this to PostgreSQL, past every rule."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "change",
    [
        "holder_id = asked_by_id",
        "holder_id = about_id",
        "body = 'Something else.'",
        "about_id = NULL",
        "asked_by_id = holder_id",
        "anchor = ''",
        "asked_at = now()",
        "status = 'answered', holder_id = NULL",
        "status = 'answered', holder_id = NULL, answer = 'No.', answered_at = now()",
        "status = 'answered', holder_id = NULL, answer = 'No.', answered_at = now(), answered_by_id = asked_by_id",
        "status = 'answered', holder_id = NULL, answer = 'No.', answered_at = now(), answered_by_id = about_id",
        "status = 'answered', answer = 'No.', answered_at = now(), answered_by_id = holder_id",
        "status = 'withdrawn'",
        "answer = 'No.'",
    ],
)
def test_the_database_refuses_a_change_no_rule_allows(scene: Cast, change: str) -> None:
    asked(scene.version, scene.erin, about_supervisor=True)
    assert refused_by_the_database(lambda: run(f"UPDATE policies_question SET {change}"))  # noqa: S608


@pytest.mark.parametrize("change", ["status = 'open', answer = ''", "answer = 'Yes.'", "answered_by_id = NULL"])
def test_the_database_keeps_an_answer_as_it_was_given(scene: Cast, change: str) -> None:
    asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    assert refused_by_the_database(lambda: run(f"UPDATE policies_question SET {change}"))  # noqa: S608


@pytest.mark.parametrize("table", ["policies_question", "policies_turn", "policies_publishedanswer"])
def test_the_database_deletes_nothing(scene: Cast, table: str) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    asking.publish_answer(question, actor=scene.wanda, asked="May one?", answered="No.")
    assert refused_by_the_database(lambda: run(f"DELETE FROM {table}"))  # noqa: S608


def test_the_database_keeps_turns_and_published_words(scene: Cast) -> None:
    question = asking.answer(asked(scene.version, scene.erin), actor=scene.samuel, body="No.")
    asking.publish_answer(question, actor=scene.wanda, asked="May one?", answered="No.")
    assert refused_by_the_database(lambda: Turn.objects.update(person=scene.nora))
    assert refused_by_the_database(lambda: PublishedAnswer.objects.update(answered="Yes."))
    assert refused_by_the_database(lambda: PublishedAnswer.objects.update(withdrawn_at=clock.now()))
    again = {"question": question, "document": question.document, "published_by": scene.wanda}
    words = {"asked": "May one?", "answered": "No.", "published_at": clock.now()}
    assert refused_by_the_database(lambda: PublishedAnswer.objects.create(**again, **words))


def test_a_question_begins_open(scene: Cast) -> None:
    copy = Question.objects.get(pk=asked(scene.version, scene.erin).pk)
    copy.pk, copy.status, copy.holder, copy.submission = None, "withdrawn", None, uuid.uuid4()
    assert refused_by_the_database(lambda: copy.save(force_insert=True))
    copy.status = "open"
    copy.save(force_insert=True)
