"""Knocking at someone else's record: nothing is there, and the day's first knock is written down."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Entry
from incidents.models import Incident
from people.models import User
from tests.incidents.stage import browser, case_url, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def knocks(incident: Incident) -> int:
    return Entry.objects.filter(action="incident.read.refused", record_id=str(incident.pk)).count()


def test_reloading_someone_elses_case_writes_one_line_a_day() -> None:
    incident, mallory = reported(), browser(employee("Mallory"))
    for _ in range(5):
        assert mallory.get(case_url(incident)).status_code == 404
    assert knocks(incident) == 1


def test_each_person_and_each_record_has_a_line_of_its_own() -> None:
    first, second = reported(), reported()
    for person in (employee("Mallory"), employee("Trudy")):
        for incident in (first, second):
            browser(person).get(case_url(incident))
            browser(person).post(case_url(incident, "take"))
    assert (knocks(first), knocks(second)) == (2, 2)


def test_the_next_day_is_written_down_again() -> None:
    incident, mallory = reported(), browser(employee("Mallory"))
    mallory.get(case_url(incident))
    tomorrow = timezone.localtime() + timedelta(days=1)
    with patch("audit.trail.timezone.localtime", return_value=tomorrow):
        mallory.get(case_url(incident))
        assert knocks(incident) == 2


def test_a_record_that_does_not_exist_leaves_no_line() -> None:
    browser(employee()).get("/incidents/INC-999999/")
    assert not Entry.objects.filter(action="incident.read.refused").exists()


@pytest.mark.django_db(transaction=True)
def test_of_several_knocks_at_once_one_is_written_down() -> None:
    incident, mallory = reported(), employee("Mallory")

    def knock(person: User) -> int:
        try:
            return browser(person).get(case_url(incident)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(knock, [mallory] * 8)) == {404}
    assert knocks(incident) == 1
