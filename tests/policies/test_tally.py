"""Refusals are counted by clause and day, all of them, and shown for ninety days."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from policies import tally
from policies.clauses import Clause
from policies.models import Tally
from tests.conftest import At


@pytest.mark.django_db(transaction=True)
def test_two_refused_at_once_are_both_counted() -> None:
    start = Barrier(8)

    def refuse(number: int) -> None:
        try:
            start.wait()
            # In either order, so that they would wait for each other if they were not counted in one.
            tally.count([Clause.II_A, Clause.II_B_1][:: 1 if number % 2 else -1])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(refuse, range(8)))
    assert tally.of_the_last_days() == {"II_A": 8, "II_B_1": 8}
    assert Tally.objects.count() == 2


@pytest.mark.django_db
def test_a_refusal_is_shown_for_ninety_days_the_first_included(at: At) -> None:
    with at("2026-03-02 23:59"):
        tally.count([Clause.II_A])
    with at("2026-03-03 00:00"):
        tally.count([Clause.II_A])
    with at("2026-05-30 12:00"):
        assert tally.of_the_last_days() == {"II_A": 2}
    with at("2026-05-31 12:00"):
        assert tally.of_the_last_days() == {"II_A": 1}
    with at("2026-06-01 00:00"):
        assert tally.of_the_last_days() == {}


@pytest.mark.django_db
def test_the_day_is_the_departments(at: At) -> None:
    with at("2026-03-02 23:30"):
        tally.count([Clause.II_A])
        tally.count([Clause.II_A])
    # In UTC it was the third of March already.
    assert Tally.objects.get().day.isoformat() == "2026-03-02"
    assert Tally.objects.get().refusals == 2


@pytest.mark.django_db
def test_nothing_but_clause_day_and_number_is_kept() -> None:
    assert {field.name for field in Tally._meta.get_fields()} == {"id", "clause", "day", "refusals"}
