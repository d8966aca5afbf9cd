"""What counts as a refusal, whoever spoke it: a rule, or the database where a race let a step through."""

from collections.abc import Callable
from contextvars import ContextVar

from django.db import DatabaseError
from django.forms import BaseForm

from workflow.decisions import Decision, Denied, Refused

# Raised by the portal's own triggers and CHECK constraints.
_BY_THE_PORTAL = {"23000", "23001", "23514", "P0001"}
# Two waited for each other, or could not be put in an order, so PostgreSQL undid one of them.
_AT_ONCE = {"40P01", "40001"}
MOVED_ON = Denied(
    "Someone changed this a moment ago, so the step no longer fits. Read it again and decide anew.", conflict=True
)
AT_ONCE = Denied(
    "Somebody else changed this at the same moment. Look at it again and repeat what you did.", conflict=True
)


def denied_by(exception: Exception) -> Denied | None:
    """The refusal this exception stands for; None where it is a failure and no refusal."""
    if isinstance(exception, Refused):
        return exception.denied
    if not isinstance(exception, DatabaseError):
        return None
    code = str(getattr(exception.__cause__, "pgcode", ""))
    if code in _AT_ONCE:
        return AT_ONCE
    return MOVED_ON if code in _BY_THE_PORTAL else None


# The clauses that said no since the request began: what is kept of a refused text is which clause refused it.
_noted: ContextVar[frozenset[str]] = ContextVar("noted", default=frozenset())
_listeners: list[Callable[[frozenset[str]], None]] = []


def register(listener: Callable[[frozenset[str]], None]) -> None:
    """Have this hear, once a refused request is over, which clauses refused it."""
    _listeners.append(listener)


def note(decision: Decision) -> None:
    """Remember which clause said no to something in this request."""
    if isinstance(decision, Denied) and decision.clause:
        _noted.set(_noted.get() | {decision.clause})


def say_at(field: str, form: BaseForm, decision: Decision) -> None:
    """Have a form say a rule's no at one of its fields; a yes says nothing."""
    if isinstance(decision, Denied):
        note(decision)
        form.add_error(field, decision.reason)


def begin() -> None:
    """Nothing has been refused in this request yet."""
    _noted.set(frozenset())


def end(*, refused: bool) -> None:
    """Tell who listens what was noted, where the request was refused and not only looked at on the way."""
    noted = _noted.get()
    begin()
    if refused and noted:
        for listener in _listeners:
            listener(noted)
