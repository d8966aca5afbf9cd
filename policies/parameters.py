"""What the department may change about policies without a release."""

from workflow import parameters

ANSWER_DAYS = parameters.number(
    "policies.answer_days",
    "Business days to answer a question about a policy, before it goes to the next person",
    3,
    group=parameters.TIMES,
    most=30,
)
