"""What runs without a page: read and carried out as the measurement does it."""

import os
from datetime import timedelta

import pytest

from access_requests.models import AccessRequest
from benchmarks import names
from benchmarks.chores import apart, expiry, reading
from tests.access_requests import stage
from workflow import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant() -> AccessRequest:
    """One grant in force."""
    people = stage.cast()
    return stage.granted(people.erin, people.ivan)


def test_a_machine_reads_every_grant(grant: AccessRequest) -> None:
    chore = reading(1)
    assert (chore.name, chore.rows) == (names.FEED, 1)
    assert chore.queries > 0
    assert chore.seconds > 0


def test_the_night_ends_what_has_run_out(grant: AccessRequest) -> None:
    assert expiry(names.EXPIRE_SOME, 1).rows == 0
    with clock.held_at(clock.now() + timedelta(days=100)):
        chore = expiry(names.EXPIRE_SOME, 1)
    assert chore.rows == 1
    assert AccessRequest.objects.get(pk=grant.pk).status == AccessRequest.Status.ENDING


def test_a_chore_is_done_in_a_process_of_its_own() -> None:
    assert apart(os.getpid) != os.getpid()
