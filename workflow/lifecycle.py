"""Moving a record from state to state: checked, saved and written down in one step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from audit import trail
from audit.models import Entry
from people.models import User
from workflow.decisions import Decision, Denied, require
from workflow.models import Stateful

R = TypeVar("R", bound=Stateful)


@dataclass(frozen=True)
class Transition(Generic[R]):
    """One row of a feature's table of states: from where, to where, and who may."""

    name: str
    sources: frozenset[str]
    target: str
    guard: Callable[[User, R], Decision]
    label: str

    def check(self, actor: User, record: R) -> Decision:
        """Whether this actor may take this step on this record now; the guard speaks first, then the state."""
        decision = self.guard(actor, record)
        if decision and record.status not in self.sources:
            state = record.get_status_display().lower()
            return Denied(f"This is {state} now, so “{self.label}” is no longer open.", conflict=True)
        return decision


def advance(
    record: R,
    transition: Transition[R],
    *,
    actor: User,
    also: Iterable[str] | Mapping[str, Any] = (),
    **facts: Any,
) -> Entry:
    """Take one step on a locked record: guard, status and trail together; raises Refused.

    `also` names fields that must change in the same statement as the status, or maps them to the values they get once
    the guard has seen the record as it was.
    """
    action = f"{record._meta.model_name}.{transition.name}"  # noqa: SLF001  Django's documented way in
    require(transition.check(actor, record), action=action, record=record)
    came_from, record.status = record.status, transition.target
    for name, value in also.items() if isinstance(also, Mapping) else ():
        setattr(record, name, value)
    record.save(update_fields=["status", *also])
    return trail.write(action, actor=actor, record=record, came_from=came_from, status=record.status, **facts)


def open_to(user: User, record: R, table: Iterable[Transition[R]]) -> list[Transition[R]]:
    """The steps this person can take on this record now, in the table's order: the page's buttons."""
    return [transition for transition in table if transition.check(user, record)]
