"""What the portal does by the clock, in UTC."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def schedule(sweep_every: timedelta) -> dict[str, dict[str, Any]]:
    """Every task with its times; `sweep_every` is how often mail that is still owed is looked for."""
    return {
        "deliver what is still owed": {
            "task": "notifications.tasks.sweep",
            "schedule": sweep_every,
            "options": {"expires": sweep_every.total_seconds()},
        },
        "sign the trail": {"task": "audit.tasks.checkpoint", "schedule": timedelta(minutes=1)},
        "remind of due cases": {
            "task": "incidents.tasks.remind_of_due_cases",
            "schedule": crontab(minute=30, hour=12),
        },
        "tell of cases whose holder's role has ended": {
            "task": "incidents.tasks.tell_of_ended_roles",
            "schedule": crontab(minute=5),
        },
        "discard reports nobody went on with": {
            "task": "incidents.tasks.discard_old_drafts",
            "schedule": crontab(minute=15, hour=7),
        },
        "forget what was counted on public pages": {
            "task": "incidents.tasks.forget_what_was_counted",
            "schedule": timedelta(minutes=5),
            "options": {"expires": 300},
        },
        "forget sessions that are over": {"task": "people.tasks.forget_ended_sessions", "schedule": crontab(minute=20)},
        "delete sealed files without a row": {
            "task": "attachments.tasks.sweep_orphans",
            "schedule": crontab(minute=45),
        },
        "group reminders into one mail": {
            "task": "notifications.tasks.send_digests",
            # From seven or eight in the morning, by the season; again and again, so that a missed run is caught up.
            "schedule": crontab(minute="*/10", hour="13-22"),
            "options": {"expires": 600},
        },
    }
