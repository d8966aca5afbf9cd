"""What the portal does by the clock, in UTC."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

OFTEN = timedelta(minutes=5)
# From seven or eight in the morning, by the season; again and again, so that a missed run is caught up.
OFFICE_HOURS = crontab(minute="*/10", hour="13-22")
TIMES = (
    ("sign the trail", "audit.tasks.checkpoint", timedelta(minutes=1)),
    ("remind of due cases", "incidents.tasks.remind_of_due_cases", crontab(minute=30, hour=12)),
    ("tell of cases whose holder's role has ended", "incidents.tasks.tell_of_ended_roles", crontab(minute=5)),
    ("discard reports nobody went on with", "incidents.tasks.discard_old_drafts", crontab(minute=15, hour=7)),
    ("remind of questions about policies", "policies.tasks.remind_of_questions", crontab(minute=35, hour=12)),
    ("give unanswered questions to the next person", "policies.tasks.escalate_questions", crontab(minute=10)),
    ("ask for reviews of access", "access_requests.tasks.ask_for_reviews", crontab(minute=40, hour=12)),
    ("remind of access requests", "access_requests.tasks.remind", crontab(minute=45, hour=12)),
    ("forget sessions that are over", "people.tasks.forget_ended_sessions", crontab(minute=20)),
    ("delete sealed files without a row", "attachments.tasks.sweep_orphans", crontab(minute=45)),
)
# Where the next run comes soon, one that waited for longer than this need not run any more.
SOON_AGAIN = (
    ("end access that has run out", "access_requests.tasks.end_what_has_run_out", OFTEN, 300),
    ("move access requests on", "access_requests.tasks.move_requests_on", OFTEN, 300),
    ("forget what was counted on public pages", "incidents.tasks.forget_what_was_counted", OFTEN, 300),
    ("bring policies into force", "policies.tasks.bring_into_force", OFTEN, 300),
    ("group reminders into one mail", "notifications.tasks.send_digests", OFFICE_HOURS, 600),
)


def schedule(sweep_every: timedelta) -> dict[str, dict[str, Any]]:
    """Every task with its times; `sweep_every` is how often mail that is still owed is looked for."""
    sweep = ("deliver what is still owed", "notifications.tasks.sweep", sweep_every, sweep_every.total_seconds())
    timed = {name: {"task": task, "schedule": times} for name, task, times in TIMES}
    soon = {
        name: {"task": task, "schedule": times, "options": {"expires": seconds}}
        for name, task, times, seconds in (sweep, *SOON_AGAIN)
    }
    return {**soon, **timed}
