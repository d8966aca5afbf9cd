"""What the clock asks of access requests, and the index each question is found by."""

import pytest
from django.db import connection

from access_requests.operations import ending, turns
from benchmarks.chores import Chore
from benchmarks.plans import Plan, Question, explained


@pytest.fixture
def without_seq_scans(db: None) -> None:
    """Next to no rows are faster read whole; what counts here is that the index fits the question."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.parametrize(
    "question",
    [
        Question("in force", ("access_runs_out",), ending.expire),
        Question("still asked for", ("access_too_late",), ending.expire, place=1),
        Question("due or misplaced", ("access_turn_due",), turns.move_on_all),
    ],
    ids=lambda question: question.name,
)
def test_what_the_clock_asks_has_an_index_of_its_own(without_seq_scans: None, question: Question) -> None:
    plan = explained(question)
    assert plan.by_index, plan
    assert plan.ms > 0


@pytest.mark.parametrize(
    ("used", "whole", "found"),
    [(("own", "other"), (), True), (("other",), (), False), (("own",), ("access_requests_turn",), False)],
)
def test_a_plan_that_reads_a_table_whole_is_not_by_index(
    used: tuple[str, ...], whole: tuple[str, ...], *, found: bool
) -> None:
    assert Plan("", ("own",), used, whole, ms=1.0, pages=1).by_index is found


def test_a_chore_has_a_rate() -> None:
    assert Chore("", size=1_000, rows=500, seconds=2.0, mib=0.0).rate == 250.0
