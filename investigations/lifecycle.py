"""The states of an investigation, readable aloud: name, from where, to where, who may, the button's words."""

from investigations import rules
from investigations.models import Investigation
from workflow.lifecycle import Transition

Status = Investigation.Status

CLOSE = Transition[Investigation](
    "close", frozenset({Status.OPEN}), Status.CLOSED, rules.may_close, "Close the investigation"
)

TABLE = (CLOSE,)
