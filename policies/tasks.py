"""What happens to policies by the clock."""

from celery import shared_task

from policies.operations import answering_in_time, publishing


@shared_task
def bring_into_force() -> int:
    """Have the library and the search show each version from the day on which it takes effect; returns how many."""
    return publishing.bring_into_force()


@shared_task
def remind_of_questions() -> int:
    """Remind whoever has a question that is nearly due; returns how many those are."""
    return answering_in_time.remind_of_questions()


@shared_task
def escalate_questions() -> int:
    """Give questions that are overdue or in the wrong hands to the next who can answer; returns how many went on."""
    return answering_in_time.escalate_questions()
