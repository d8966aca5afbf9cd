"""Questions nobody answers: reminded of before they are due, and given to the next person once they are overdue.

A question never stays with someone who has left, is away, or has come to stand in for the supervisor it is about.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from audit import trail
from notifications.reminders import Reminder, remind_all
from people import changes
from people.models import Delegation, User
from policies import conflicts, notices, routing
from policies.models import Question
from policies.operations.asking import give_to, locked
from policies.parameters import ANSWER_DAYS
from workflow import calendar, clock

DUE_SOON, OVERDUE = "policies/question_due", "policies/question_overdue"


def remind_of_questions() -> int:
    """Remind whoever has a question that is due by the end of the next business day, once for each due date."""
    now = clock.now()
    due = _open().filter(due_at__lte=calendar.due_after(now, 1), holder__is_active=True)
    found = due.exclude(conflicts.keeps_out_holder()).select_related("holder", "document")
    reminders = [_reminder(question, question.holder, now) for question in found if question.holder]
    remind_all(reminders)
    return len(reminders)


def escalate_questions() -> int:
    """Give each question that is overdue, or in the wrong hands, to the next who can answer it; returns how many.

    Silence answers nothing.
    """
    return _move_all(_open().filter(Q(due_at__lte=clock.now()) | _is_misplaced()))


def register() -> None:
    """Hear of everyone who leaves the department, in the transaction in which they do."""
    changes.register(_hear)


def _hear(event: str, _actor: User | None, user: User | None, facts: dict[str, Any]) -> None:
    if event == "directory.left":
        _move_all(_open().filter(holder__employee_number__in=facts["employee_numbers"]))
    elif event == "person.deactivated":
        _move_all(_open().filter(holder=user))


def _open() -> QuerySet[Question]:
    return Question.objects.filter(status=Question.Status.OPEN).order_by("due_at", "pk")


def _is_misplaced() -> Q:
    """The questions whoever has them cannot keep: nobody, someone who left, is away, or must not see them."""
    away = Delegation.objects.covering(clock.today()).filter(delegator=OuterRef("holder"))
    gone = Q(holder=None) | Q(holder__is_active=False)
    return gone | Q(Exists(away)) | conflicts.keeps_out_holder()


def _move_all(questions: QuerySet[Question]) -> int:
    numbers: Iterable[int] = list(questions.values_list("pk", flat=True))
    return sum(_move_on(Question(pk=number)) for number in numbers)


@transaction.atomic
def _move_on(question: Question) -> bool:
    question = locked(question)
    is_overdue = question.due_at <= clock.now()
    is_misplaced = Question.objects.filter(_is_misplaced(), pk=question.pk).exists()
    if not question.is_open or not (is_overdue or is_misplaced):
        return False
    step, had_it = routing.next_step(question), question.holder
    if step is None:
        _leave(question, is_overdue=is_overdue)
    elif is_overdue:
        because = f"{had_it} did not answer in time." if had_it else ""
        event = give_to(question, step, "question.escalated", actor=None, because=because)
        notices.tell_of_escalation(event, question, had_it=had_it)
    else:
        event = give_to(question, step, "question.moved_on", actor=None, because=_why_not(question, had_it))
        notices.tell_of_moving_on(event, question, had_it=had_it)
    return step is not None


def _leave(question: Question, *, is_overdue: bool) -> None:
    """Nobody is left: it stays with whoever may keep it, who is reminded again, and the office hears of it once."""
    before = question.holder_id, question.due_at
    if question.holder is not None and not _may_keep(question, question.holder):
        question.holder = question.acting_for = None
    if is_overdue:
        question.due_at = calendar.due_after(clock.now(), ANSWER_DAYS.value())
    if before != (question.holder_id, question.due_at):
        question.save(update_fields=["holder", "acting_for", "due_at"])
        trail.write("question.nobody_left", actor=None, record=question)
        notices.tell_office_of_silence(question)


def _may_keep(question: Question, holder: User) -> bool:
    return holder.is_active and holder.pk not in conflicts.kept_from(question)


def _why_not(question: Question, had_it: User | None) -> str:
    if had_it is None:
        return "Nobody had it."
    if not had_it.is_active:
        return f"{had_it} has left."
    if had_it.pk in conflicts.kept_from(question):
        return f"{had_it} stands in for {question.about}, whom it concerns."
    return f"{had_it} is away."


def _reminder(question: Question, holder: User, now: datetime) -> Reminder:
    return Reminder(
        OVERDUE if question.due_at < now else DUE_SOON,
        record=f"question {question.pk} due {question.due_at.isoformat()}",
        to=holder,
        reference=f"Policy {question.document.number}",
        url=notices.question_url(question),
        due_at=question.due_at,
    )
