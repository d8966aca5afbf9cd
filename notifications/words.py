"""The wording of a notice: its subject, which is also its line in the portal, and the text of its mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template import Context, Engine, TemplateDoesNotExist

from notifications.models import Kind, Notice

LONGEST_DIGEST = 50


@dataclass(frozen=True)
class Reminder:
    """One line of a digest."""

    line: str
    link: str
    due_at: datetime | None


def subject(notice: Notice) -> str:
    """The subject of the mail, as its template has it."""
    return _render(f"email/{notice.template}.subject.txt", _facts(notice)).strip()


def line(notice: Notice) -> str:
    """The subject as one line for the portal; the reference alone where a later version has dropped the template."""
    try:
        return " ".join(subject(notice).split())
    except TemplateDoesNotExist:
        return notice.reference


def text(notice: Notice) -> str:
    """The whole text of the mail: the event's own sentence or two, in the frame every mail has, with its link."""
    facts = _facts(notice)
    words = _render(f"email/{notice.template}.txt", facts).strip()
    return _render("email/frame.txt", {**facts, "words": words})


def link(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def _facts(notice: Notice) -> dict[str, Any]:
    return {
        **notice.facts,
        **(_digest(notice) if notice.kind == Kind.DIGEST else {}),
        "reference": notice.reference,
        "link": link(notice.url),
        "due_at": notice.due_at,
        "recipient_name": notice.recipient.name,
        "department": settings.DEPARTMENT,
        "portal_name": settings.PORTAL_NAME,
    }


def _digest(notice: Notice) -> dict[str, Any]:
    grouped = notice.reminders.select_related("recipient").order_by("due_at", "pk")[: LONGEST_DIGEST + 1]
    reminders = [Reminder(line(each), link(each.url), each.due_at) for each in grouped]
    return {"reminders": reminders[:LONGEST_DIGEST], "more": len(reminders) > LONGEST_DIGEST}


def _render(template: str, facts: Mapping[str, Any]) -> str:
    # Plain text: escaping for HTML would only garble it.
    return Engine.get_default().get_template(template).render(Context(dict(facts), autoescape=False))
