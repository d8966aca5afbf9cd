"""Questions nobody answers: reminded of before they are due, and given to the next person once they are overdue."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from notifications.reminders import Reminder, remind_all
from people.models import User
from policies import notices, routing
from policies.models import Question
from policies.operations.asking import give_to, locked
from policies.parameters import ANSWER_DAYS
from workflow import calendar, clock

DUE_SOON, OVERDUE = "policies/question_due", "policies/question_overdue"


def remind_of_questions() -> int:
    """Remind whoever has a question that is due by the end of the next business day, once for each due date."""
    now = clock.now()
    found = list(_open_until(calendar.due_after(now, 1)).select_related("holder", "document"))
    remind_all([_reminder(question, question.holder, now) for question in found if question.holder])
    return len(found)


def escalate_questions() -> int:
    """Give each overdue question to the next who can answer it; returns how many went on. Silence answers nothing."""
    numbers = list(_open_until(clock.now()).values_list("pk", flat=True))
    return sum(_escalate(Question(pk=number)) for number in numbers)


@transaction.atomic
def _escalate(question: Question) -> bool:
    question = locked(question)
    if not question.is_open or question.due_at > clock.now():
        return False
    step, had_it = routing.next_step(question), question.holder
    if step is None:
        # It stays with whoever has it, who is reminded again once the new date comes near.
        question.due_at = calendar.due_after(clock.now(), ANSWER_DAYS.value())
        question.save(update_fields=["due_at"])
        notices.tell_office_of_silence(question)
        return False
    event = give_to(question, step, "question.escalated", actor=None)
    notices.tell_of_escalation(event, question, had_it=had_it)
    return True


def _open_until(moment: datetime) -> QuerySet[Question]:
    return Question.objects.filter(status=Question.Status.OPEN, due_at__lte=moment).order_by("due_at", "pk")


def _reminder(question: Question, holder: User, now: datetime) -> Reminder:
    return Reminder(
        OVERDUE if question.due_at < now else DUE_SOON,
        record=f"question {question.pk} due {question.due_at.isoformat()}",
        to=holder,
        reference=f"Policy {question.document.number}",
        url=notices.question_url(question),
        due_at=question.due_at,
    )
