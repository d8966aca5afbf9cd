"""What it means to be owed a message."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from pytest_django import DjangoAssertNumQueries, Settings

from notifications.checks import outbox_lag
from notifications.models import Mail, Notice
from notifications.outbox import owe
from people.models import User
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db


def owe_to(*people: User, event: str = "INC-1 reported", url: str = "/incidents/INC-1/") -> None:
    owe("tests/told", event=event, to=people, reference="INC-1", url=url)


def test_everyone_told_gets_one_row_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [employee() for _ in range(30)]
    with django_assert_num_queries(1):
        owe_to(*people)
    assert set(Notice.objects.values_list("recipient", "mail")) == {(person.pk, Mail.OWED) for person in people}


def test_nobody_is_told_twice_of_one_event() -> None:
    rita, olga = employee("Rita Reporter"), employee("Olga Officer")
    owe_to(rita, rita)
    owe_to(rita, olga)
    assert sorted(Notice.objects.values_list("recipient__name", flat=True)) == ["Olga Officer", "Rita Reporter"]


def test_the_row_they_have_stays_as_it_was() -> None:
    first = told(from_whom="the Privacy Office")
    owe_to(first.recipient)
    assert Notice.objects.get().facts == {"from_whom": "the Privacy Office"}


def test_two_events_are_two_messages() -> None:
    rita = employee("Rita Reporter")
    owe_to(rita)
    owe_to(rita, event="INC-1 closed")
    assert rita.notices.count() == 2


def test_a_transaction_that_fails_owes_nothing() -> None:
    with transaction.atomic():
        owe_to(employee())
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("person", "why"),
    [({"is_active": False}, "This person has left."), ({"email": ""}, "This person has no e-mail address.")],
)
def test_who_cannot_be_mailed_is_not_and_the_row_says_why(person: dict[str, Any], why: str) -> None:
    notice = told(employee("Lena Leaver", **person))
    assert (notice.mail, notice.last_error) == (Mail.NONE, why)


def test_the_message_id_is_given_at_once_and_names_this_site(settings: Settings) -> None:
    settings.SITE_URL = "https://portal.dhs.example"
    notice = told()
    assert notice.message_id == f"<{notice.pk}@portal.dhs.example>"


@pytest.mark.parametrize(
    "url",
    [
        "//evil.example/",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "",
        "incidents/",
        "/a b",
        "/\t//x",
    ],
)
def test_a_notice_never_points_away_from_this_site(url: str) -> None:
    with pytest.raises(IntegrityError, match="notice_stays_on_this_site"), transaction.atomic():
        owe_to(employee(), url=url)


@pytest.mark.parametrize("url", ["/", "/incidents/INC-1/", "/incidents/?state=closed&older=3#thread"])
def test_a_path_of_this_site_is_taken(url: str) -> None:
    owe_to(employee(), url=url)
    assert Notice.objects.get().url == url


def test_the_lag_is_how_long_the_longest_due_message_has_waited() -> None:
    assert outbox_lag() == timedelta()
    late, later = told(), told(event="INC-1 closed")
    Notice.objects.filter(pk=late.pk).update(next_attempt_at=Now() - timedelta(minutes=9))
    Notice.objects.filter(pk=later.pk).update(next_attempt_at=Now() + timedelta(minutes=9))
    assert timedelta(minutes=9) <= outbox_lag() < timedelta(minutes=10)
