"""The states of a request for access, readable aloud: name, from where, to where, who may, the button's words."""

from access_requests import rules
from access_requests.models import AccessRequest
from workflow.lifecycle import Transition

Status = AccessRequest.Status

SUBMIT = Transition[AccessRequest](
    "submit", frozenset({Status.DRAFT, Status.RETURNED}), Status.SUBMITTED, rules.may_submit, "Send the request"
)
WITHDRAW = Transition[AccessRequest](
    "withdraw",
    frozenset({Status.DRAFT, Status.RETURNED, Status.SUBMITTED, Status.APPROVED}),
    Status.WITHDRAWN,
    rules.is_theirs,
    "Withdraw the request",
)
# Every link but the last passes it on to the next.
PASS_ON = Transition[AccessRequest](
    "approve", frozenset({Status.SUBMITTED}), Status.SUBMITTED, rules.is_next_in_chain, "Approve"
)
APPROVE = Transition[AccessRequest](
    "approve", frozenset({Status.SUBMITTED}), Status.APPROVED, rules.is_next_in_chain, "Approve"
)
RETURN = Transition[AccessRequest](
    "return", frozenset({Status.SUBMITTED}), Status.RETURNED, rules.is_next_in_chain, "Return for changes"
)
DECLINE = Transition[AccessRequest](
    "decline", frozenset({Status.SUBMITTED}), Status.DECLINED, rules.is_next_in_chain, "Decline"
)
GRANT = Transition[AccessRequest](
    "grant", frozenset({Status.APPROVED}), Status.ACTIVE, rules.may_provision, "Confirm the grant"
)
KEEP = Transition[AccessRequest](
    "keep", frozenset({Status.ACTIVE}), Status.ACTIVE, rules.is_reviewer, "Keep the access"
)
END_AT_REVIEW = Transition[AccessRequest](
    "revoke", frozenset({Status.ACTIVE}), Status.ENDING, rules.is_reviewer, "Revoke"
)
FINISH = Transition[AccessRequest](
    "finish", frozenset({Status.ACTIVE}), Status.ENDING, rules.is_theirs, "I no longer need it"
)
REVOKE = Transition[AccessRequest](
    "revoke", frozenset({Status.ACTIVE}), Status.ENDING, rules.may_revoke, "Revoke the access"
)
# Approved and not yet set up: there is nothing to remove.
REVOKE_UNGRANTED = Transition[AccessRequest](
    "revoke", frozenset({Status.APPROVED}), Status.ENDED, rules.may_revoke, "Revoke the approval"
)
REMOVE = Transition[AccessRequest](
    "remove", frozenset({Status.ENDING}), Status.ENDED, rules.may_provision, "Confirm the removal"
)

TABLE = (
    SUBMIT,
    WITHDRAW,
    PASS_ON,
    APPROVE,
    RETURN,
    DECLINE,
    GRANT,
    KEEP,
    END_AT_REVIEW,
    FINISH,
    REVOKE,
    REVOKE_UNGRANTED,
    REMOVE,
)


def revoking(request: AccessRequest) -> Transition[AccessRequest]:
    """The step by which this request is revoked as it stands: with something to remove, or before it was set up."""
    return REVOKE_UNGRANTED if request.status == Status.APPROVED else REVOKE


# What ends by itself, with the clock or with something that happened elsewhere: from where, to where.
ENDS_BY_ITSELF = {
    Status.SUBMITTED: Status.ENDED,
    Status.RETURNED: Status.ENDED,
    Status.APPROVED: Status.ENDED,
    Status.ACTIVE: Status.ENDING,
}
