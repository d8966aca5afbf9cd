"""The table of a version's states, in Python and in the database, each step tried from every state."""

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.models import User
from policies import lifecycle, triggers
from policies.models import Version
from policies.operations import publishing
from tests.policies.stage import approver, draft, writer
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db

Status = Version.Status
ALLOWED = {(source, Status(step.target)) for step in lifecycle.TABLE for source in step.sources}
PAIRS = list(permutations(Status, 2))


def brought_to(status: str, *, by: User, approved_by: User) -> Version:
    """A draft of this writer taken as far as this state."""
    version = draft(author=by)
    if status == Status.DISCARDED:
        return publishing.discard(version, actor=by)
    steps: dict[Status, Callable[[], Version]] = {
        Status.IN_REVIEW: lambda: publishing.submit(version, actor=by),
        Status.APPROVED: lambda: publishing.approve(version, actor=approved_by),
        Status.PUBLISHED: lambda: publishing.publish(version, actor=by),
    }
    for reached, step in steps.items():
        if Version.objects.get(pk=version.pk).status == status:
            break
        assert step().status == reached
    return Version.objects.get(pk=version.pk)


def arriving_at(target: str, approved_by: User) -> dict[str, Any]:
    """All that a row needs which is rightly in this state, so that only the step itself can be refused."""
    now, signed = clock.now(), target in {Status.APPROVED, Status.PUBLISHED}
    gone_out = target == Status.PUBLISHED
    return {
        "status": target,
        "approved_by": approved_by if signed else None,
        "approved_at": now if signed else None,
        "number": 1 if gone_out else None,
        "effective_on": clock.today() if gone_out else None,
        "published_by": approved_by if gone_out else None,
        "published_at": now if gone_out else None,
    }


def test_the_table_reads_aloud() -> None:
    read = [f"{step.label}: {', '.join(sorted(step.sources))} -> {step.target}" for step in lifecycle.TABLE]
    assert read == [
        "Send for review: draft -> in_review",
        "Approve: in_review -> approved",
        "Return for changes: in_review -> draft",
        "Publish: approved -> published",
        "Take back to change it: approved, in_review -> draft",
        "Discard the draft: draft -> discarded",
    ]


def test_the_trigger_and_the_table_of_states_allow_the_same_steps() -> None:
    listed = triggers.VERSIONS.partition("(OLD.status, NEW.status) NOT IN (")[2].partition("THEN")[0]
    in_sql = set(re.findall(r"\('(\w+)', '(\w+)'\)", listed))
    assert in_sql == {(str(source), str(target)) for source, target in ALLOWED}


@pytest.mark.parametrize(("status", "target"), PAIRS, ids=str)
def test_the_database_takes_a_version_where_the_table_does_and_nowhere_else(status: Status, target: Status) -> None:
    carla = approver()
    version = brought_to(status, by=writer(), approved_by=carla)
    arriving = arriving_at(target, version.approved_by or carla)
    if version.approved_at and arriving["approved_at"]:
        arriving["approved_at"] = version.approved_at
    if (status, target) in ALLOWED:
        assert Version.objects.filter(pk=version.pk).update(**arriving) == 1
        return
    with pytest.raises(IntegrityError, match=r"does not (go|change)"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**arriving)


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_an_operation_takes_a_version_only_from_where_the_table_says(status: Status) -> None:
    wanda, carla = writer(), approver()
    acts = {
        lifecycle.SUBMIT: lambda version: publishing.submit(version, actor=wanda),
        lifecycle.APPROVE: lambda version: publishing.approve(version, actor=carla),
        lifecycle.RETURN: lambda version: publishing.give_back(version, actor=carla, reason="Shorter."),
        lifecycle.PUBLISH: lambda version: publishing.publish(version, actor=wanda),
        lifecycle.TAKE_BACK: lambda version: publishing.take_back(version, actor=wanda),
        lifecycle.DISCARD: lambda version: publishing.discard(version, actor=wanda),
    }
    assert set(acts) == set(lifecycle.TABLE)
    version = brought_to(status, by=wanda, approved_by=carla)
    for step, act in acts.items():
        with transaction.atomic():
            outcome = _outcome(act, version)
            transaction.set_rollback(True)
        assert outcome == (step.target if status in step.sources else "refused"), step.name


def _outcome(act: Any, version: Version) -> str:
    try:
        return str(act(version).status)
    except Refused as refused:
        return "refused" if refused.denied.conflict else str(refused)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT}), ids=str)
def test_the_database_lets_a_version_begin_only_as_a_draft(status: Status) -> None:
    carla = approver()
    version = brought_to(Status.DISCARDED, by=writer(), approved_by=carla)
    copy = Version.objects.get(pk=version.pk)
    copy.pk = None
    copy.sha256 = "a" * 64 if status == Status.PUBLISHED else ""
    for name, value in arriving_at(status, carla).items():
        setattr(copy, name, value)
    with pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        copy.save(force_insert=True)
