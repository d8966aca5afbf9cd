"""One attempt, many attempts, and what the mail server says to them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outgoing
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from pytest_django import Settings

from notifications import delivery
from notifications.models import Mail, Notice
from tests.notifications import mail_server
from tests.notifications.brokers import closed_port
from tests.notifications.mail_server import MailServer
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server, and the portal set to use it."""
    with mail_server.running() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", started.port, 1
        yield started


def now(notice: Notice) -> Notice:
    return Notice.objects.annotate(rests=F("next_attempt_at") - Now()).get(pk=notice.pk)


def change(notice: Notice, **fields: Any) -> None:
    Notice.objects.filter(pk=notice.pk).update(**fields)


def make_due(notice: Notice) -> None:
    change(notice, next_attempt_at=Now() - timedelta(seconds=1))


def test_a_message_taken_by_the_server_is_sent(server: MailServer) -> None:
    notice = told()
    delivery.deliver(notice.pk)
    (message,) = server.received
    assert (message["To"], message["Message-ID"]) == (notice.recipient.email, notice.message_id)
    assert (now(notice).mail, now(notice).attempts) == (Mail.SENT, 1)


def test_a_second_delivery_of_the_same_notice_does_nothing(server: MailServer) -> None:
    notice = told()
    for _ in range(3):
        delivery.deliver(notice.pk)
        delivery.sweep()
    assert (len(server.received), now(notice).attempts) == (1, 1)


@pytest.mark.parametrize("stage", ["to_recipients", "to_messages"])
def test_a_message_refused_for_good_is_a_dead_letter(server: MailServer, stage: str) -> None:
    setattr(server, stage, "550 5.1.1 no such person")
    notice = told()
    delivery.deliver(notice.pk)
    assert (now(notice).mail, now(notice).last_error) == (Mail.DEAD, "550 5.1.1 no such person")


@pytest.mark.parametrize("stage", ["to_recipients", "to_messages"])
def test_a_message_put_off_is_tried_again_and_arrives_once(server: MailServer, stage: str) -> None:
    setattr(server, stage, "451 greylisted")
    notice = told()
    delivery.deliver(notice.pk)
    assert (now(notice).mail, now(notice).last_error) == (Mail.FAILED, "451 greylisted")
    setattr(server, stage, "250 ok")
    delivery.sweep()
    assert server.received == [], "it must rest first"
    make_due(notice)
    delivery.sweep()
    assert (now(notice).mail, len(server.received)) == (Mail.SENT, 1)


def test_one_message_refused_does_not_hold_up_the_next(server: MailServer) -> None:
    for event in ("1", "2", "3"):
        told(event=event)
    bad = told(employee("Bad Address", email="nobody@dhs.example"), event="0")
    server.unknown = {"nobody@dhs.example"}
    change(bad, next_attempt_at=Now() - timedelta(minutes=1))
    assert delivery.sweep() == 4
    assert (now(bad).mail, len(server.received)) == (Mail.DEAD, 3)
    assert server.calls == 1, "one connection carries a whole sweep"


@pytest.mark.parametrize("greeting", ["421 shutting down", "554 not today"])
def test_a_server_that_turns_everyone_away_costs_no_message_its_life(server: MailServer, greeting: str) -> None:
    server.greeting = greeting
    first, second = told(event="1"), told(event="2")
    assert delivery.sweep() == 1, "the others need not queue behind a server that answers nobody"
    assert {now(first).mail, now(second).mail} == {Mail.FAILED, Mail.OWED}


def test_a_server_that_is_not_there_costs_no_message_its_life(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_PORT = closed_port()
    notice = told()
    delivery.deliver(notice.pk)
    assert now(notice).mail == Mail.FAILED
    settings.EMAIL_PORT = server.port
    make_due(notice)
    delivery.sweep()
    assert len(server.received) == 1


def test_a_server_that_hangs_is_given_up_on(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    server.hangs = True
    notice = told()
    delivery.deliver(notice.pk)
    assert (now(notice).mail, server.received) == (Mail.FAILED, [])


def test_a_wrong_password_for_the_mail_server_is_no_messages_fault(server: MailServer, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    notice = told()
    delivery.deliver(notice.pk)
    assert now(notice).mail == Mail.FAILED


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (3, 120), (5, 480), (6, 900), (300, 900)])
def test_waits_double_up_to_a_quarter_of_an_hour(attempts: int, seconds: int) -> None:
    assert delivery.wait_after(attempts) == timedelta(seconds=seconds)


def test_a_message_rests_as_long_as_its_attempts_say(server: MailServer) -> None:
    server.to_recipients = "451 later"
    notice = told()
    for seconds in (30, 60, 120):
        make_due(notice)
        delivery.deliver(notice.pk)
        assert timedelta(seconds=seconds - 5) < now(notice).rests <= timedelta(seconds=seconds)  # type: ignore[attr-defined]


def test_after_its_last_try_a_message_is_a_dead_letter(server: MailServer, settings: Settings) -> None:
    settings.MAIL_MAX_ATTEMPTS = 2
    server.to_recipients = "451 later"
    notice = told()
    for _ in range(3):
        make_due(notice)
        delivery.deliver(notice.pk)
    assert (now(notice).mail, now(notice).attempts) == (Mail.DEAD, 2)


def test_a_message_somebody_has_in_hand_is_left_to_them(server: MailServer) -> None:
    notice = told()
    change(notice, mail=Mail.CLAIMED, attempts=1, claimed_at=Now(), next_attempt_at=Now() + timedelta(minutes=2))
    delivery.deliver(notice.pk)
    delivery.sweep()
    assert server.received == []


def test_a_message_whose_worker_was_lost_is_taken_up_when_the_lease_is_over(server: MailServer) -> None:
    notice = told()
    change(notice, mail=Mail.CLAIMED, attempts=1, claimed_at=Now(), next_attempt_at=Now() - timedelta(seconds=1))
    delivery.sweep()
    assert (now(notice).mail, now(notice).attempts, len(server.received)) == (Mail.SENT, 2, 1)


def test_a_message_that_costs_every_worker_its_life_is_a_dead_letter_in_the_end(settings: Settings) -> None:
    notice = told()
    lost = {"mail": Mail.CLAIMED, "attempts": F("attempts") + 1, "next_attempt_at": Now() - timedelta(seconds=1)}
    settings.MAIL_MAX_ATTEMPTS = 2
    change(notice, **lost)
    change(notice, **lost)
    delivery.sweep()
    assert (now(notice).mail, outgoing.outbox) == (Mail.DEAD, [])


def test_who_has_left_since_is_not_mailed() -> None:
    notice = told()
    notice.recipient.is_active = False
    notice.recipient.save(update_fields=["is_active"])
    delivery.deliver(notice.pk)
    assert (now(notice).mail, now(notice).last_error, outgoing.outbox) == (Mail.NONE, "This person has left.", [])


def test_a_message_whose_template_is_broken_waits_and_holds_up_nobody() -> None:
    broken = Notice.objects.create(
        recipient=employee(), event_key="0", template="tests/none", url="/", message_id="<a@b>"
    )
    fine = told()
    delivery.sweep()
    assert (now(broken).mail, now(fine).mail) == (Mail.FAILED, Mail.SENT)


def test_a_notice_that_never_was_is_no_error() -> None:
    notice = told()
    Notice.objects.all().delete()
    delivery.deliver(notice.pk)
    assert outgoing.outbox == []


def test_one_sweep_goes_on_at_a_time_and_the_next_may_when_it_ended(server: MailServer) -> None:
    told(employee())
    elsewhere = connection.copy()
    try:
        with elsewhere.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [delivery._ONE_SWEEP])
            assert delivery.sweep() == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [delivery._ONE_SWEEP])
    finally:
        elsewhere.close()
    assert delivery.sweep() == 1
