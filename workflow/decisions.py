"""The answer to "may I?": allowed, or denied with a sentence for the person refused."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Allowed:
    """Yes."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Denied:
    """No, and why; `conflict` marks a no that the record's own change brought about (409, not 403).

    `clause` is the id of the clause whose rule said no, where a rule did.
    """

    reason: str
    conflict: bool = False
    clause: str = field(default="", compare=False)

    @property
    def facts(self) -> dict[str, str]:
        """What the trail keeps of it: the reason, and the clause where there is one."""
        return {"reason": self.reason, **({"clause": self.clause} if self.clause else {})}

    def __bool__(self) -> bool:
        return False


Decision = Allowed | Denied
ALLOWED = Allowed()


class Refused(Exception):
    """Someone tried what a rule denies; carries what they tried, on which record, and the sentence they read."""

    def __init__(self, denied: Denied, *, action: str, record: Any = None) -> None:
        super().__init__(denied.reason)
        self.denied = denied
        self.action = action
        self.record = record


def first_denial(*decisions: Decision) -> Decision:
    """The first no among these decisions, else a yes."""
    return next((decision for decision in decisions if not decision), ALLOWED)


def require(decision: Decision, *, action: str, record: Any = None) -> None:
    """Raise Refused unless the decision is a yes."""
    if isinstance(decision, Denied):
        raise Refused(decision, action=action, record=record)
