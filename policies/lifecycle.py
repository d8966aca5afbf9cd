"""The states of a policy's version, readable aloud: name, from where, to where, who may, the button's words."""

from policies import rules
from policies.models import Question, Version
from workflow.lifecycle import Transition

Status = Version.Status

SUBMIT = Transition[Version]("submit", frozenset({Status.DRAFT}), Status.IN_REVIEW, rules.may_submit, "Send for review")
TAKE_BACK = Transition[Version](
    "take_back",
    frozenset({Status.IN_REVIEW, Status.APPROVED}),
    Status.DRAFT,
    rules.may_take_back,
    "Take back to change it",
)
RETURN = Transition[Version](
    "return", frozenset({Status.IN_REVIEW}), Status.DRAFT, rules.may_review, "Return for changes"
)
APPROVE = Transition[Version]("approve", frozenset({Status.IN_REVIEW}), Status.APPROVED, rules.may_approve, "Approve")
PUBLISH = Transition[Version]("publish", frozenset({Status.APPROVED}), Status.PUBLISHED, rules.may_publish, "Publish")
DISCARD = Transition[Version](
    "discard", frozenset({Status.DRAFT}), Status.DISCARDED, rules.may_write, "Discard the draft"
)

TABLE = (SUBMIT, APPROVE, RETURN, PUBLISH, TAKE_BACK, DISCARD)

ANSWER = Transition[Question](
    "answer",
    frozenset({Question.Status.OPEN}),
    Question.Status.ANSWERED,
    rules.may_answer,
    "Answer",
)
WITHDRAW = Transition[Question](
    "withdraw",
    frozenset({Question.Status.OPEN}),
    Question.Status.WITHDRAWN,
    rules.may_withdraw,
    "Withdraw the question",
)

QUESTIONS = (ANSWER, WITHDRAW)
