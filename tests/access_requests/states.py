"""A request brought to each of its states, by those who rightly bring it there."""

from collections.abc import Callable
from typing import Any

from access_requests.models import AccessRequest, Turn
from access_requests.operations import asking, deciding, ending, granting
from tests.access_requests.stage import Cast, approved, as_it_stands, asked, draft, granted
from workflow import clock

Status = AccessRequest.Status


def brought_to(status: str, people: Cast) -> AccessRequest:
    """A request of Erin's in this state."""
    erin, sam = people.erin, people.sam
    ways: dict[str, Callable[[], AccessRequest]] = {
        Status.DRAFT: lambda: draft(erin),
        Status.SUBMITTED: lambda: asked(erin),
        Status.RETURNED: lambda: deciding.give_back(asked(erin), actor=sam, code=Turn.Code.TIME, words="Ten days."),
        Status.APPROVED: lambda: approved(erin),
        Status.ACTIVE: lambda: granted(erin, people.ivan),
        Status.ENDING: lambda: ending.finish(granted(erin, people.ivan), actor=erin),
        Status.ENDED: lambda: removed(people),
        Status.DECLINED: lambda: deciding.decline(asked(erin), actor=sam, words="Public viewing is enough."),
        Status.WITHDRAWN: lambda: asking.withdraw(asked(erin), actor=erin),
    }
    assert set(ways) == set(Status)
    request = as_it_stands(ways[status]())
    assert request.status == status
    return request


def removed(people: Cast) -> AccessRequest:
    """Access that was in force, was given back, and was removed."""
    over = ending.finish(granted(people.erin, people.ivan), actor=people.erin)
    return granting.remove(over, actor=people.ivan, where="Proxy 2", on=clock.today())


def arriving_at(target: str, request: AccessRequest, people: Cast) -> dict[str, Any]:
    """All that a row needs which comes to this state from its own, so that only the step itself can be refused."""
    now = clock.now()
    over = {"ended_at": request.ended_at or now, "end_reason": request.end_reason or "revoked"}
    needed: dict[str, dict[str, Any]] = {
        Status.SUBMITTED: {"submitted_at": now, "round": request.round + 1},
        Status.ACTIVE: {"granted_by": people.ivan, "granted_at": now},
        Status.ENDING: {**over, "removal_due_at": now},
        Status.ENDED: {**over, "removed_by": people.ivan, "removed_at": now},
    }
    return {"status": target, **needed.get(target, {})}
