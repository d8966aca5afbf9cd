"""What happens to access by the clock."""

from celery import shared_task

from access_requests.operations import ending, reminding, reviewing, turns


@shared_task
def end_what_has_run_out() -> int:
    """End access and requests whose last day has passed; returns how many."""
    return ending.expire()


@shared_task
def move_requests_on() -> int:
    """Give what is overdue, or in the wrong hands, to the next in the chain; end what nobody reviewed."""
    return turns.move_on_all() + reviewing.end_unreviewed()


@shared_task
def ask_for_reviews() -> int:
    """Ask supervisors to look again at access in force; returns how many reviews were asked for."""
    return reviewing.ask_for_reviews()


@shared_task
def remind() -> int:
    """Remind of decisions, reviews, removals and last days; returns how many reminders those are."""
    return reminding.remind()
