"""Reminders and escalation by the clock: every boundary, missed runs, absences and leavers; silence answers nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import trail
from people import operations
from people.models import Role, User
from policies import rules
from policies.models import Question, Turn
from policies.operations import asking
from policies.operations.answering_in_time import escalate_questions, remind_of_questions
from tests.conftest import At
from tests.people.personnel import person, take_over, written
from tests.personas import employee
from tests.policies.stage import Cast, as_it_stands, asked, away, back, cast, gone, published, told, writer

pytestmark = pytest.mark.django_db

# Asked on a Monday, so due at the close of business on Thursday, three business days later.
MONDAY, DUE, LATE = "2026-11-02 10:00", "2026-11-05 16:30", "2026-11-05 16:31"


@pytest.fixture
def scene(at: At) -> Iterator[Cast]:
    """Those a question passes."""
    with at("2026-10-01 09:00"):
        yield cast()


def ask(scene: Cast, at: At, *, about_supervisor: bool = False) -> Question:
    """Erin's question of Monday."""
    with at(MONDAY):
        return asked(scene.version, scene.erin, about_supervisor=about_supervisor)


def run(at: At, moment: str) -> tuple[int, int]:
    """Both tasks at a moment: how many were reminded, how many questions went on."""
    with at(moment):
        return remind_of_questions(), escalate_questions()


# --- Reminders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "reminders"), [("2026-11-03 23:59", 0), ("2026-11-04 00:01", 1), ("2026-11-05 16:29", 1)]
)
def test_whoever_has_it_is_reminded_from_the_business_day_before(
    scene: Cast, at: At, moment: str, reminders: int
) -> None:
    ask(scene, at)
    assert run(at, moment) == (reminders, 0)
    assert told(scene.samuel) == ["question", *["question_due"] * reminders]


def test_one_due_date_is_reminded_of_once(scene: Cast, at: At) -> None:
    ask(scene, at)
    for moment in ("2026-11-04 06:35", "2026-11-04 06:36", "2026-11-05 06:35"):
        run(at, moment)
    assert told(scene.samuel) == ["question", "question_due"]
    assert told(scene.erin) == told(scene.wanda) == []


def test_a_friday_before_a_weekend_is_the_business_day_before_monday(scene: Cast, at: At) -> None:
    with at("2026-11-04 10:00"):
        asked(scene.version, scene.erin)
    assert run(at, "2026-11-05 06:35")[0] == 0
    assert run(at, "2026-11-06 06:35")[0] == 1


def test_nobody_is_reminded_of_what_is_answered_or_withdrawn(scene: Cast, at: At) -> None:
    answered, withdrawn = ask(scene, at), ask(scene, at)
    with at(MONDAY):
        asking.answer(answered, actor=scene.samuel, body="No.")
        asking.withdraw(withdrawn, actor=scene.erin)
    assert run(at, LATE) == (0, 0)


# --- Escalation -------------------------------------------------------------------------------------------------------


def test_it_stays_until_the_very_minute_and_goes_on_from_then_on(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    assert run(at, "2026-11-05 16:29")[1] == 0
    assert as_it_stands(question).holder == scene.samuel
    assert run(at, DUE)[1] == 1
    assert as_it_stands(question).holder == scene.wanda


def test_both_and_whoever_asked_are_told_and_the_next_has_their_full_time(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    run(at, LATE)
    assert told(scene.samuel)[-1] == "passed_over"
    assert told(scene.wanda) == ["question"]
    assert told(scene.erin) == ["escalated"]
    # Three business days after Thursday is Tuesday.
    assert as_it_stands(question).due_at.isoformat()[:16] == "2026-11-10T22:30"
    assert Turn.objects.latest("pk").why.startswith("Samuel Okafor did not answer in time. Wanda Writer owns")


def test_a_second_run_and_a_second_worker_find_nothing_to_do(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    assert [run(at, LATE)[1] for _ in range(3)] == [1, 0, 0]
    assert Turn.objects.filter(question=question).count() == 2
    assert told(scene.erin) == ["escalated"]


def test_it_goes_from_the_owner_to_those_above_and_then_stays_and_the_office_is_told_once(scene: Cast, at: At) -> None:
    olive, question = writer("Olive Office"), ask(scene, at)
    run(at, LATE)
    run(at, "2026-11-10 16:31")
    assert as_it_stands(question).holder == scene.nora
    run(at, "2026-11-16 16:31")
    stands = as_it_stands(question)
    assert (stands.holder, stands.status, told(olive)) == (scene.nora, "open", ["unanswered"])
    assert stands.due_at.isoformat()[:10] == "2026-11-19"
    assert run(at, "2026-11-18 06:35") == (1, 0)
    run(at, "2026-11-19 16:31")
    assert as_it_stands(question).due_at.isoformat()[:10] == "2026-11-24"
    assert told(olive) == ["unanswered"]
    assert [entry.action for entry in trail.of(question)][-2:] == ["question.nobody_left"] * 2


def test_months_of_missed_runs_move_it_one_step_with_full_time_for_the_next(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    assert run(at, "2027-02-01 12:00")[1] == 1
    stands = as_it_stands(question)
    assert (stands.holder, stands.due_at.isoformat()[:10]) == (scene.wanda, "2027-02-04")
    assert told(scene.samuel) == ["question", "question_overdue", "passed_over"]


def test_silence_never_answers(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    for month in range(1, 13):
        run(at, f"2027-{month:02}-15 12:00")
    stands = as_it_stands(question)
    assert (stands.status, stands.answer, stands.answered_by_id) == ("open", "", None)


def test_a_question_can_be_answered_by_the_owner_while_it_waits_for_someone_else(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    with at("2026-11-03 10:00"):
        asking.answer(question, actor=scene.wanda, body="No.")
    assert run(at, LATE) == (0, 0)
    assert told(scene.erin) == ["answered"]


# --- Away, gone -------------------------------------------------------------------------------------------------------


def test_the_next_run_gives_it_to_whoever_stands_in_for_a_supervisor_who_is_away(scene: Cast, at: At) -> None:
    dora, question = employee("Dora Deputy"), ask(scene, at)
    with at("2026-11-03 08:00"):
        away(scene.samuel, stand_in=dora)
    assert run(at, "2026-11-03 08:10") == (0, 1)
    stands = as_it_stands(question)
    assert (stands.holder, stands.acting_for_id) == (dora, scene.samuel.pk)
    assert told(scene.samuel) == ["question", "taken_over"]
    assert told(scene.erin) == ["moved_on"]
    assert Turn.objects.latest("pk").why.startswith("Samuel Okafor is away. ")
    assert run(at, "2026-11-03 09:10") == (0, 0)


def test_an_absence_still_to_come_moves_nothing(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    with at("2026-11-04 08:00"):
        away(scene.samuel, stand_in=employee("Dora Deputy"))
    assert run(at, "2026-11-03 23:59")[1] == 0
    assert as_it_stands(question).holder == scene.samuel


def test_someone_away_with_nobody_left_after_them_keeps_it_and_the_office_hears_only_once_it_is_overdue(
    scene: Cast, at: At
) -> None:
    olive, question = writer("Olive Office"), ask(scene, at)
    for moment in (LATE, "2026-11-10 16:31"):
        run(at, moment)
    with at("2026-11-12 08:00"):
        away(scene.nora, stand_in=scene.erin, days=20)
    due = as_it_stands(question).due_at
    for moment in ("2026-11-12 08:10", "2026-11-12 09:10"):
        run(at, moment)
    assert (as_it_stands(question).due_at, as_it_stands(question).holder, told(olive)) == (due, scene.nora, [])
    run(at, "2026-11-16 16:31")
    assert told(olive) == ["unanswered"]


def test_whoever_is_deactivated_has_no_question_from_that_moment_on(scene: Cast, at: At) -> None:
    admin, question = employee("Ada Admin", roles=(Role.ADMINISTRATOR,)), ask(scene, at)
    with at("2026-11-03 08:00"):
        operations.deactivate(scene.samuel, actor=admin)
    assert as_it_stands(question).holder == scene.wanda
    assert told(scene.samuel) == ["question"]
    assert told(scene.erin) == ["moved_on"]
    assert Turn.objects.latest("pk").why.startswith("Samuel Okafor has left. ")


def test_everyone_the_personnel_list_leaves_out_has_no_question_once_it_is_taken_over(tmp_path: Path) -> None:
    take_over(written(tmp_path, [person(1), person(2, supervisor_number="E1"), person(3), person(4), person(5)]))
    boss, erin = User.objects.get(employee_number="E1"), User.objects.get(employee_number="E2")
    wanda = writer("Wanda Writer", employee_number="E6", email="p6@dhs.example")
    question = asked(published(author=wanda), erin)
    assert question.holder == boss
    take_over(written(tmp_path, [person(2), person(3), person(4), person(5), person(6)]))
    assert as_it_stands(question).holder == User.objects.get(employee_number="E6")


def test_a_leaver_keeps_no_question_that_nobody_else_can_take(scene: Cast, at: At) -> None:
    olive, question = writer("Olive Office"), ask(scene, at)
    for moment in (LATE, "2026-11-10 16:31"):
        run(at, moment)
    gone(scene.nora)
    run(at, "2026-11-12 08:10")
    assert as_it_stands(question).holder is None
    assert told(olive) == ["unanswered"]
    for moment in ("2026-11-12 09:10", "2026-11-30 09:10"):
        run(at, moment)
    assert told(olive) == ["unanswered"]
    tilda = employee("Tilda Top")
    User.objects.filter(pk=scene.nora.pk).update(supervisor=tilda)
    run(at, "2026-11-30 10:10")
    assert as_it_stands(question).holder == tilda


def test_someone_who_left_without_anyone_hearing_has_no_question_after_the_next_run(scene: Cast, at: At) -> None:
    question = ask(scene, at)
    gone(scene.samuel)
    assert run(at, "2026-11-04 08:10") == (0, 1)
    assert as_it_stands(question).holder == scene.wanda


# --- It concerns the supervisor ---------------------------------------------------------------------------------------


def test_escalation_never_reaches_the_supervisor_it_concerns_though_they_stand_above_the_owner(
    scene: Cast, at: At
) -> None:
    tilda = employee("Tilda Top")
    User.objects.filter(pk=scene.samuel.pk).update(supervisor=tilda)
    User.objects.filter(pk=scene.nora.pk).update(supervisor=scene.samuel)
    question = ask(scene, at, about_supervisor=True)
    had_it = [as_it_stands(question).holder]
    for moment in (LATE, "2026-11-10 16:31", "2026-11-16 16:31", "2026-11-24 16:31"):
        run(at, moment)
        had_it.append(as_it_stands(question).holder)
    assert had_it == [scene.wanda, scene.nora, tilda, tilda, tilda]
    assert told(scene.samuel) == []


def test_a_holder_who_comes_to_stand_in_for_the_supervisor_loses_it_at_the_next_run_and_is_told_nothing_of_it(
    scene: Cast, at: At
) -> None:
    question = ask(scene, at, about_supervisor=True)
    with at("2026-11-04 08:00"):
        absence = away(scene.samuel, stand_in=scene.wanda)
    assert run(at, "2026-11-04 08:10") == (0, 1)
    assert as_it_stands(question).holder == scene.nora
    assert told(scene.wanda) == ["question"]
    assert told(scene.samuel) == []
    with at("2026-11-04 09:00"):
        assert not rules.questions_for(scene.wanda).exists()
        back(absence)
        assert rules.questions_for(scene.wanda).get() == question


def test_it_is_in_nobodys_hands_rather_than_in_those_of_whoever_stands_in_for_the_supervisor(
    scene: Cast, at: At
) -> None:
    olive, question = writer("Olive Office"), ask(scene, at, about_supervisor=True)
    run(at, LATE)
    assert as_it_stands(question).holder == scene.nora
    with at("2026-11-06 08:00"):
        away(scene.samuel, stand_in=scene.nora)
    run(at, "2026-11-06 08:10")
    assert as_it_stands(question).holder is None
    assert told(olive) == ["unanswered"]


def test_a_withdrawal_is_not_told_to_whoever_stands_in_for_the_supervisor_now(scene: Cast, at: At) -> None:
    question = ask(scene, at, about_supervisor=True)
    with at("2026-11-04 08:00"):
        away(scene.samuel, stand_in=scene.wanda)
        asking.withdraw(question, actor=scene.erin)
    assert told(scene.wanda) == ["question"]
