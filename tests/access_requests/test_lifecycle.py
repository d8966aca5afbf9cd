"""The table of a request's states, in Python and in the database, each step tried from every state."""

import re

import pytest
from django.db import IntegrityError, transaction

from access_requests import lifecycle, triggers
from access_requests.models import AccessRequest
from tests.access_requests.stage import cast
from tests.access_requests.states import arriving_at, brought_to

pytestmark = pytest.mark.django_db

Status = AccessRequest.Status
STEPS = {(source, Status(step.target)) for step in lifecycle.TABLE for source in step.sources}
ALLOWED = {(source, target) for source, target in STEPS if source != target} | set(lifecycle.ENDS_BY_ITSELF.items())


def test_the_table_reads_aloud() -> None:
    read = [f"{step.label}: {', '.join(sorted(step.sources))} -> {step.target}" for step in lifecycle.TABLE]
    assert read == [
        "Send the request: draft, returned -> submitted",
        "Withdraw the request: approved, draft, returned, submitted -> withdrawn",
        "Approve: submitted -> submitted",
        "Approve: submitted -> approved",
        "Return for changes: submitted -> returned",
        "Decline: submitted -> declined",
        "Confirm the grant: approved -> active",
        "Keep the access: active -> active",
        "Revoke: active -> ending",
        "I no longer need it: active -> ending",
        "Revoke the access: active -> ending",
        "Revoke the approval: approved -> ended",
        "Confirm the removal: ending -> ended",
    ]


def test_the_trigger_and_the_table_of_states_allow_the_same_steps() -> None:
    listed = triggers.REQUESTS.partition("(OLD.status, NEW.status) NOT IN (")[2].partition("THEN")[0]
    in_sql = set(re.findall(r"\('(\w+)', '(\w+)'\)", listed))
    assert in_sql == {(str(source), str(target)) for source, target in ALLOWED}


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_the_database_takes_a_request_where_the_table_does_and_nowhere_else(status: Status) -> None:
    people = cast()
    request = brought_to(status, people)
    row = AccessRequest.objects.filter(pk=request.pk)
    for target in set(Status) - {status}:
        arriving = arriving_at(target, request, people)
        if (status, target) not in ALLOWED:
            with pytest.raises(IntegrityError, match=r"does not (go|change)"), transaction.atomic():
                row.update(**arriving)
            continue
        with transaction.atomic():
            assert row.update(**arriving) == 1, target
            transaction.set_rollback(True)
