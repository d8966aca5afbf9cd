"""What happens to incidents by the clock."""

from celery import shared_task

from incidents import limits
from incidents.operations import reassigning, reminding, reporting


@shared_task
def discard_old_drafts() -> int:
    """Throw away reports nobody went on with; returns how many."""
    return reporting.discard_old_drafts()


@shared_task
def remind_of_due_cases() -> int:
    """Remind whoever has a case that is due or overdue, once for each due date; returns how many were due."""
    return reminding.remind_of_due_cases()


@shared_task
def forget_what_was_counted() -> int:
    """Leave nothing of the limits on public pages in the database once their time is over; returns how many rows."""
    return limits.forget_ended()


@shared_task
def tell_of_ended_roles() -> int:
    """Tell the Privacy Officers once of everyone whose role ended by its date with cases left; returns how many."""
    return reassigning.tell_of_ended_roles()
