"""A real worker on a real queue: killed in the middle, robbed of its queue, and still every message arrives once."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from pytest_django import Settings

from notifications import mailbox
from notifications.models import Mail, Notice
from notifications.outbox import owe
from tests.eventually import eventually
from tests.notifications import mail_server
from tests.notifications.brokers import FILES, every_broker, own_queue
from tests.notifications.processes import environment, in_another_process, worker
from tests.personas import employee

pytestmark = pytest.mark.django_db(transaction=True)


def tell(name: str, event: str = "INC-1 reported") -> Notice:
    """Owe one person one message."""
    person = employee(name)
    owe("tests/told", event=event, to=[person], reference="INC-1", url="/incidents/INC-1/")
    return Notice.objects.get(recipient=person)


def sent(*notices: Notice) -> bool:
    """Whether the mail of all of these is marked as sent."""
    return set(Notice.objects.filter(pk__in=[n.pk for n in notices]).values_list("mail", flat=True)) == {Mail.SENT}


def ring_for(notice: Notice, around: Mapping[str, str]) -> None:
    """Ring as the page does that owes the message."""
    code = f"from uuid import UUID; from notifications.doorbell import ring_for; ring_for([UUID('{notice.pk}')])"
    in_another_process(code, around)


@pytest.mark.parametrize("broker", every_broker())
def test_a_message_arrives_once_though_the_worker_is_killed_while_sending_it(broker: str, tmp_path: Path) -> None:
    with mail_server.running() as server, own_queue(broker) as queue:
        around = environment(tmp_path, broker=broker, CELERY_QUEUE=queue, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        notice = tell("Rita Reporter")
        server.hangs = True
        with worker(around) as killed:
            assert server.holds_one.wait(30)
            killed.kill()
        notice.refresh_from_db()
        assert (notice.mail, server.received) == (Mail.CLAIMED, [])
        server.hangs = False
        with worker(around):
            eventually(lambda: sent(notice), within=30)
        assert [message["Message-ID"] for message in server.received] == [notice.message_id]


@pytest.mark.parametrize("broker", every_broker())
def test_a_ring_reaches_the_worker_long_before_the_sweep(broker: str, tmp_path: Path) -> None:
    with own_queue(broker) as queue:
        around = environment(tmp_path, broker=broker, CELERY_QUEUE=queue, SWEEP_SECONDS="3600", EMAIL_URL="")
        notice = tell("Rita Reporter")
        with worker(around):
            ring_for(notice, around)
            eventually(lambda: sent(notice), within=30)


def test_every_message_arrives_though_the_queues_folder_is_deleted_under_the_worker(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MAIL_DIR = tmp_path / "mail"
    around = environment(tmp_path, broker=FILES, EMAIL_URL="")
    with worker(around) as robbed:
        first = tell("Rita Reporter")
        eventually(lambda: sent(first), within=30)
        shutil.rmtree(tmp_path / "queue")
        second = tell("Olga Officer")
        eventually(lambda: sent(second), within=30)
        assert robbed.alive
    assert sorted(mail.to for mail in mailbox.messages(10)) == sorted([first.recipient.email, second.recipient.email])


def test_everything_owed_while_no_worker_ran_arrives_once_it_is_back(tmp_path: Path, settings: Settings) -> None:
    settings.MAIL_DIR = tmp_path / "mail"
    people = [employee("Ed Employee") for _ in range(120)]
    owe("tests/told", event="INC-1 reported", to=people, reference="INC-1", url="/incidents/INC-1/")
    with worker(environment(tmp_path, broker=FILES, EMAIL_URL="")):
        eventually(lambda: sent(*Notice.objects.all()), within=30)
    assert sorted(mail.to for mail in mailbox.messages(200)) == sorted(person.email for person in people)
