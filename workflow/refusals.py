"""What counts as a refusal, whoever spoke it: a rule, or the database where a race let a step through."""

from django.db import DatabaseError

from workflow.decisions import Denied, Refused

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
