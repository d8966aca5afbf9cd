"""The page answers whatever has become of the queue."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from celery import current_app
from celery.exceptions import OperationalError

from notifications import doorbell
from notifications.models import Notice
from notifications.outbox import owe
from notifications.tasks import deliver, sweep
from tests.notifications.brokers import black_hole, closed_port, frozen_server
from tests.notifications.processes import environment, in_another_process
from tests.personas import employee

PAGE = """
import json
from time import monotonic
from celery import current_app
from django.db import transaction
from notifications.models import Notice
from notifications.outbox import owe
from people.models import User
seconds, tries = [], []
publish = current_app.send_task
current_app.send_task = lambda *args, **options: tries.append(len(seconds)) or publish(*args, **options)
for number, people in enumerate([{few}, {few}, {many}]):
    began = monotonic()
    with transaction.atomic():
        owe("tests/told", event=f"event {{number}}", to=User.objects.all()[:people], reference="INC-1", url="/")
    seconds.append(monotonic() - began)
print(json.dumps([seconds, Notice.objects.count(), tries]))
"""
FEW, MANY = 15, 300
# Two seconds are promised; a busy machine adds its own.
LONGEST = 5


@contextmanager
def nobody_there() -> Iterator[int]:
    yield closed_port()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
@pytest.mark.parametrize("trouble", [nobody_there, frozen_server, black_hole])
def test_a_page_waits_for_a_dead_queue_once_and_briefly(scheme: str, trouble: Any, tmp_path: Path) -> None:
    people = [employee() for _ in range(MANY)]
    with trouble() as port:
        seconds, owed, tries = page_with(f"{scheme}://127.0.0.1:{port}//", tmp_path)
    assert max(seconds) < LONGEST
    assert tries == [0], "after one failure the next page does not wait again"
    assert owed == 2 * FEW + len(people)


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_gone_is_made_again(tmp_path: Path) -> None:
    people = [employee() for _ in range(MANY)]
    seconds, owed, _ = page_with("filesystem://", tmp_path / "not" / "there")
    assert max(seconds) < LONGEST
    assert owed == 2 * FEW + len(people)
    rung = len(list((tmp_path / "not" / "there" / "queue").glob("*.msg")))
    assert rung in {2, 3}, "one ring at once, and a sweep for what follows within a second"


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_cannot_be_made_stops_no_page(tmp_path: Path) -> None:
    people = [employee() for _ in range(MANY)]
    (tmp_path / "queue").write_text("a file where the folder should be")
    seconds, owed, _ = page_with("filesystem://", tmp_path)
    assert max(seconds) < LONGEST
    assert owed == 2 * FEW + len(people)


def page_with(broker: str, folder: Path) -> tuple[list[float], int, list[int]]:
    """How long three pages took that owe messages to a few, a few and many; how many are owed; which published."""
    answer = in_another_process(PAGE.format(few=FEW, many=MANY), environment(folder, broker=broker, EMAIL_URL=""))
    seconds, owed, tries = json.loads(answer.splitlines()[-1])
    return seconds, owed, tries


class Queue:
    """Stands where Celery's application stands, and counts."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.down = False

    def send_task(self, name: str, *_args: object, **_options: object) -> None:
        self.rung.append(name)
        if self.down:
            raise OperationalError("no queue")


class Waiting:
    """A timer that rings at once and says for how long it would have waited."""

    def __init__(self, waits: list[float], seconds: float, ring: Callable[..., bool], args: list[str]) -> None:
        waits.append(seconds)
        self.start = lambda: ring(*args)


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """A queue that is watched, and a doorbell that remembers nothing."""
    watched = Queue()
    monkeypatch.setattr(doorbell, "current_app", watched)
    doorbell.door.listen_again()
    yield watched
    doorbell.door.listen_again()


@pytest.mark.django_db(transaction=True)
def test_few_people_are_rung_for_once_and_by_name(queue: Queue) -> None:
    owe("tests/told", event="e", to=[employee() for _ in range(3)], reference="INC-1", url="/")
    assert queue.rung == [doorbell.DELIVER]


@pytest.mark.django_db(transaction=True)
def test_many_people_are_rung_for_once(queue: Queue) -> None:
    owe("tests/told", event="e", to=[employee() for _ in range(30)], reference="INC-1", url="/")
    assert queue.rung == [doorbell.SWEEP]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_rung_for_who_gets_no_mail(queue: Queue) -> None:
    owe("tests/told", event="e", to=[employee(is_active=False)], reference="INC-1", url="/")
    assert queue.rung == []


@pytest.mark.django_db(transaction=True)
def test_a_dead_queue_is_tried_once_and_then_left_alone_for_a_while(queue: Queue) -> None:
    queue.down = True
    for event in ("1", "2", "3"):
        owe("tests/told", event=event, to=[employee() for _ in range(3)], reference="INC-1", url="/")
    assert (len(queue.rung), Notice.objects.count()) == (1, 9)


@pytest.mark.django_db(transaction=True)
def test_of_many_events_within_a_second_the_first_is_rung_for_and_one_sweep_takes_the_rest(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, waiting = monotonic(), list[float]()
    monkeypatch.setattr(doorbell, "Timer", lambda seconds, ring, args: Waiting(waiting, seconds, ring, args))
    for number, passed in enumerate((0.0, 0.1, 0.2, 0.9, 1.0)):
        monkeypatch.setattr(doorbell, "monotonic", lambda passed=passed: now + passed)
        owe("tests/told", event=str(number), to=[employee()], reference="INC-1", url="/")
    assert queue.rung == [doorbell.DELIVER, doorbell.SWEEP]
    assert waiting == [doorbell.PAUSE_SECONDS]
    monkeypatch.setattr(doorbell, "monotonic", lambda: now + 1.2)
    owe("tests/told", event="after the sweep", to=[employee()], reference="INC-1", url="/")
    assert queue.rung == [doorbell.DELIVER, doorbell.SWEEP, doorbell.DELIVER]


def test_after_the_while_it_is_tried_again(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    queue.down = True
    assert not doorbell.door.ring(doorbell.SWEEP)
    queue.down = False
    assert not doorbell.door.ring(doorbell.SWEEP)
    later = monotonic() + doorbell.QUIET_SECONDS + 1
    monkeypatch.setattr(doorbell, "monotonic", lambda: later)
    assert doorbell.door.ring(doorbell.SWEEP)


def test_the_bell_knows_its_tasks_by_their_names() -> None:
    assert (deliver.name, sweep.name) == (doorbell.DELIVER, doorbell.SWEEP)
    assert {deliver.name, sweep.name} <= set(current_app.tasks)
