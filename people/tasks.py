"""What happens to sign-ins by the clock."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_ended_sessions() -> None:
    """Delete the sessions that are over, signed in or opened with a report's code."""
    call_command("clearsessions")
