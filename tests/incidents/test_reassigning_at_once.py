"""Giving a leaver's cases away while others merge them: real transactions on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from incidents.choices import Status
from incidents.models import Incident
from incidents.operations import casework, merging, reassigning
from tests.incidents.stage import analyst, officer, reported
from tests.incidents.test_merging_at_once import at_once
from workflow.middleware import Refusals

pytestmark = pytest.mark.django_db(transaction=True)


def test_merging_a_leavers_cases_while_they_are_given_away_ends_for_both() -> None:
    ana, bea, paul = analyst(), analyst("Bea Analyst"), officer()
    for _ in range(6):
        # The newest is due first, so that the order of due dates is the other way round than that of the numbers.
        pairs = [(casework.take(reported(), actor=ana), casework.take(reported(), actor=ana)) for _ in range(3)]
        for early, late in pairs:
            Incident.objects.filter(pk=late.pk).update(due_at=early.due_at - timedelta(days=late.pk))
        merges = [partial(merging.merge, early, into=late, actor=paul) for early, late in pairs]
        assert at_once(*merges, partial(reassigning.hand_on, ana, actor=paul, to=bea)) == [""] * 4
        assert not Incident.objects.exclude(status=Status.MERGED).filter(assignee=ana).exists()


def test_of_two_who_wait_for_each_other_one_reads_that_somebody_changed_it_at_the_same_moment() -> None:
    first, second = reported().pk, reported().pk
    both_hold_one = Barrier(2)

    def answered(numbers: tuple[int, int]) -> HttpResponse | None:
        try:
            with transaction.atomic():
                for number in numbers:
                    Incident.objects.select_for_update().get(pk=number)
                    if number == numbers[0]:
                        both_hold_one.wait()
        except OperationalError as ended:
            return Refusals(lambda _: HttpResponse()).process_exception(RequestFactory().post("/"), ended)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(2) as pool:
        pages = [page for page in pool.map(answered, ((first, second), (second, first))) if page is not None]
    assert [page.status_code for page in pages] == [409]
    words = pages[0].content.decode()
    assert "Somebody else changed this at the same moment. Look at it again and repeat what you did." in words
