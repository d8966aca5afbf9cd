"""Mail that did not arrive, and the administrator who looks after it."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from audit.models import Entry
from notifications import delivery
from notifications.models import Mail, Notice
from people.models import Role, User
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db
URL = "/notices/undelivered/"
RETRY_ALL = "/notices/undelivered/retry/"


@pytest.fixture
def ada(client: Client) -> User:
    """An administrator, signed in."""
    person = employee("Ada Administrator", roles=(Role.ADMINISTRATOR,))
    client.force_login(person)
    return person


def dead(name: str = "Rita Reporter", **told_with: str) -> Notice:
    notice = told(employee(name), **told_with)
    found = Notice.objects.filter(pk=notice.pk)
    found.update(mail=Mail.CLAIMED, attempts=F("attempts") + 1)
    found.update(mail=Mail.DEAD, last_error="550 no such person")
    return notice


def test_the_page_says_whose_mail_and_why_but_not_what_about(client: Client, ada: User) -> None:
    notice = dead(reference="INC-4711")
    page = client.get(URL)
    for shown in ("Rita Reporter", notice.recipient.email, "550 no such person"):
        assertContains(page, shown)
    assertNotContains(page, "4711")
    assertNotContains(page, "tests/told")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_the_page_is_not_there_for_anyone_else(client: Client, role: Role) -> None:
    client.force_login(employee(roles=(role,)))
    notice = dead()
    assert client.get(URL).status_code == 404
    assert client.post(RETRY_ALL).status_code == 404
    assert client.post(reverse("notifications:retry", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().mail == Mail.DEAD


def test_one_message_is_tried_again_from_its_first_attempt_and_the_trail_says_by_whom(
    client: Client, ada: User
) -> None:
    notice, other = dead(), dead("Olga Officer", event="other")
    assertRedirects(client.post(reverse("notifications:retry", args=[notice.pk])), URL)
    delivery.sweep()
    assert Notice.objects.get(pk=notice.pk).mail == Mail.SENT
    assert Notice.objects.get(pk=other.pk).mail == Mail.DEAD
    entry = Entry.objects.get(action="notice.retried")
    assert (entry.actor, entry.record_id) == (ada, str(notice.pk))


def test_all_are_tried_again_at_once(client: Client, ada: User) -> None:
    for event in ("1", "2", "3"):
        dead(event=event)
    page = client.post(RETRY_ALL, follow=True)
    assertContains(page, "Messages that will be tried again: 3.")
    assert set(Notice.objects.values_list("mail", "attempts")) == {(Mail.OWED, 0)}
    assert Entry.objects.get(action="notices.retried").facts == {"count": 3}


def test_a_message_that_is_not_dead_is_not_sent_again(client: Client, ada: User) -> None:
    notice = told()
    delivery.deliver(notice.pk)
    page = client.post(reverse("notifications:retry", args=[notice.pk]), follow=True)
    assertContains(page, "not waiting here any more")
    assert Notice.objects.get().mail == Mail.SENT


def test_the_page_warns_when_mail_is_late(client: Client, ada: User) -> None:
    assertContains(client.get(URL), "Everything else that is due has been sent")
    Notice.objects.filter(pk=told().pk).update(next_attempt_at=Now() - timedelta(minutes=9, seconds=30))
    assertContains(client.get(URL), "A message has been due for 9 min.")


def test_an_empty_page_says_so(client: Client, ada: User) -> None:
    assertContains(client.get(URL), "No undelivered mail")


@pytest.mark.parametrize("times", [1, 25])
def test_the_page_takes_as_many_queries_with_one_message_as_with_many(
    client: Client, ada: User, times: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(times):
        dead(event=str(number))
    with django_assert_max_num_queries(8):
        client.get(URL)
