"""What the page of one draft shows: where it stands, what can be done, what is new, what was said."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from attachments import listing
from audit import trail
from people.models import User
from policies import comparison, lifecycle, manuscript, rules, typeset
from policies.models import Remark, Version
from policies.operations.drafting import last_published
from policies.originals import RECORD
from policies.timeline import told
from workflow.decisions import Denied
from workflow.lifecycle import Transition

Status = Version.Status
PARTS = (
    ("new", "What is new"),
    ("text", "The text"),
    ("remarks", "Remarks"),
    ("about", "About this draft"),
    ("timeline", "Timeline"),
)
NEXT = {
    Status.DRAFT: "Write the text, say what changed, then send it for review.",
    Status.IN_REVIEW: "Someone who did not write in it approves it, or returns it with words.",
    Status.APPROVED: "It is approved and can be published as it is. To change a word, take it back first.",
    Status.DISCARDED: "It was discarded and is kept for the record.",
}
WHO = {
    Status.DRAFT: "Its writers",
    Status.IN_REVIEW: "Counsel, Privacy Officers and office heads",
    Status.APPROVED: "Its writers and reviewers",
}
_LEADS = {lifecycle.SUBMIT.name, lifecycle.APPROVE.name, lifecycle.PUBLISH.name}
_ENDS = {lifecycle.DISCARD.name}


@dataclass(frozen=True)
class Step:
    """A button: `asks` where it leads to a form, `seen` the revision of the text it stands beneath."""

    label: str
    url: str
    kind: str
    asks: bool
    seen: str


@dataclass(frozen=True)
class Said:
    """A remark as the thread shows it."""

    author_name: str
    mine: bool
    text: str
    at: datetime


def draft_context(version: Version, user: User) -> dict[str, Any]:
    """Everything the page shows this person."""
    last, parts = last_published(version.document), manuscript.read(version.body)
    # Each step is asked about once, and only where the state lets anyone take it.
    may = {step: step.check(user, version) for step in lifecycle.TABLE if version.status in step.sources}
    open_steps = [step for step, decision in may.items() if decision]
    may_approve = may.get(lifecycle.APPROVE) if rules.may_review(user, version) else None
    return {
        "version": version,
        "document": version.document,
        "next_step": NEXT[Status(version.status)],
        "who": WHO.get(Status(version.status), ""),
        "steps": [_step(each, version) for each in open_steps],
        "may_edit": bool(rules.may_edit(user, version)),
        "write_first": not _LEADS & {each.name for each in open_steps},
        "why_not_approve": may_approve.reason if isinstance(may_approve, Denied) else "",
        "text": typeset.text(parts),
        "contents": PARTS,
        "last": last,
        **(comparison.summed_up(last.body, version.body) if last else {}),
        "remarks": [_said(each, user) for each in version.remarks.select_related("author").order_by("pk")],
        "may_remark": bool(rules.may_remark(user, version)),
        "facts": _facts(version),
        "files": listing.of(RECORD, str(version.pk)) if version.imported_from else (),
        "timeline": told(trail.of(version)),
    }


def _step(transition: Transition[Version], version: Version) -> Step:
    kind = "primary" if transition.name in _LEADS else "quiet" if transition.name in _ENDS else "secondary"
    asks = transition == lifecycle.RETURN
    place = ("policies:give_back", [version.pk]) if asks else ("policies:step", [version.pk, transition.name])
    url = reverse(place[0], args=place[1])
    return Step(transition.label, url, kind, asks=asks, seen=str(version.revision))


def _said(remark: Remark, user: User) -> Said:
    return Said(remark.author.name, remark.author_id == user.pk, remark.body, remark.sent_at)


def _facts(version: Version) -> list[tuple[str, str]]:
    day = date_format(version.effective_on, "F j, Y") if version.effective_on else "On the day it is published"
    facts = [("Owner", version.document.owner.name), ("Begun by", version.author.name), ("Takes effect", day)]
    if version.approved_by:
        facts.append(("Approved by", version.approved_by.name))
    return [*facts, ("Imported from", version.imported_from)] if version.imported_from else facts
