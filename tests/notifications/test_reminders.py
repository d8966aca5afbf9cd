"""Reminders: at once in the portal, together by mail, once a person and working day."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.core import mail as outgoing
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from notifications import delivery, inbox, reminders, working_days
from notifications.models import Kind, Mail, Notice
from notifications.reminders import Reminder, remind_all, send_digests
from people.models import User
from tests.personas import employee

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def always_open() -> Iterator[None]:
    """Every day is a working day, unless a test says otherwise."""
    before = working_days.registered()
    working_days.register(lambda _day: True)
    yield
    working_days.register(before)


def remind_of(record: str, to: User, *, rule: str = "tests/waiting", due_at: datetime = DUE) -> None:
    url = f"/incidents/{record}/"
    remind_all([Reminder(rule, record=record, to=to, reference=record, url=url, due_at=due_at)])


def mailed() -> list[tuple[str, str]]:
    """To whom and with which subject mail has gone out."""
    delivery.sweep()
    return [(message.to[0], str(message.subject)) for message in outgoing.outbox]


def a_day_later(monkeypatch: pytest.MonkeyPatch, days: int = 1) -> None:
    today = reminders._today()
    monkeypatch.setattr(reminders, "_today", lambda: date.fromordinal(today.toordinal() + days))


def test_a_reminder_is_in_the_portal_at_once_and_not_yet_in_the_mail() -> None:
    olga = employee("Olga Officer")
    remind_of("INC-1", olga)
    assert inbox.unread_count(olga) == 1
    assert mailed() == []


def test_nobody_is_reminded_twice_of_one_record_under_one_rule() -> None:
    olga = employee("Olga Officer")
    for _ in range(3):
        remind_of("INC-1", olga)
    assert inbox.unread_count(olga) == 1


def test_another_rule_record_or_person_is_another_reminder() -> None:
    olga, anna = employee("Olga Officer"), employee("Anna Analyst")
    remind_of("INC-1", olga)
    remind_of("INC-1", olga, rule="tests/told")
    remind_of("INC-2", olga)
    remind_of("INC-1", anna)
    assert (inbox.unread_count(olga), inbox.unread_count(anna)) == (3, 1)


def test_one_persons_reminders_make_one_mail() -> None:
    olga, anna = employee("Olga Officer"), employee("Anna Analyst")
    remind_of("INC-2", olga, due_at=datetime(2026, 11, 27, 23, 0, tzinfo=UTC))
    remind_of("INC-1", olga)
    remind_of("INC-3", anna)
    assert send_digests() == 2
    assert sorted(mailed()) == [
        (anna.email, "Reminder: INC-3 waits for your decision"),
        (olga.email, "Reminders: 2 tasks wait for you"),
    ]
    body = next(message.body for message in outgoing.outbox if message.to == [olga.email])
    first, second = (body.index(f"/incidents/{record}/") for record in ("INC-1", "INC-2"))
    assert first < second, "the first due comes first"
    assert "Due Wednesday, November 25, 2026, 5:00 p.m." in body


def test_a_run_repeated_the_same_day_sends_nothing_more() -> None:
    olga = employee("Olga Officer")
    remind_of("INC-1", olga)
    assert (send_digests(), send_digests()) == (1, 0)
    remind_of("INC-2", olga)
    assert send_digests() == 0, "one mail a day, whatever comes in later"
    assert len(mailed()) == 1


def test_what_came_in_after_the_days_mail_goes_out_with_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    olga = employee("Olga Officer")
    remind_of("INC-1", olga)
    send_digests()
    remind_of("INC-2", olga)
    a_day_later(monkeypatch)
    assert send_digests() == 1
    assert [subject for _, subject in mailed()] == [f"Reminder: INC-{n} waits for your decision" for n in (1, 2)]


def test_days_missed_are_caught_up_with_one_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    remind_of("INC-1", employee("Olga Officer"))
    a_day_later(monkeypatch, days=5)
    assert (send_digests(), send_digests()) == (1, 0)


def test_nothing_is_mailed_on_a_day_off() -> None:
    remind_of("INC-1", employee("Olga Officer"))
    working_days.register(lambda _day: False)
    assert send_digests() == 0
    working_days.register(lambda _day: True)
    assert send_digests() == 1


def test_without_a_calendar_monday_to_friday_are_working_days() -> None:
    week = [date(2026, 11, day) for day in range(23, 30)]
    assert [working_days.monday_to_friday(day) for day in week] == [True] * 5 + [False] * 2


def test_a_reminder_already_read_is_not_mailed() -> None:
    olga = employee("Olga Officer")
    remind_of("INC-1", olga)
    inbox.mark_read(olga, Notice.objects.get().pk)
    assert send_digests() == 0


def test_who_has_left_is_not_mailed() -> None:
    remind_of("INC-1", employee("Lena Leaver", is_active=False))
    assert send_digests() == 0
    assert Notice.objects.get().mail == Mail.NONE


def test_the_mail_itself_is_no_notice_in_the_portal() -> None:
    olga = employee("Olga Officer")
    remind_of("INC-1", olga)
    send_digests()
    assert [notice.kind for notice in inbox.latest(olga)] == [Kind.REMINDER]


def test_a_mail_of_very_many_reminders_names_the_first_and_says_there_are_more() -> None:
    olga = employee("Olga Officer")
    for number in range(60):
        remind_of(f"INC-{number}", olga)
    send_digests()
    assert mailed() == [(olga.email, "Reminders: more than 50 tasks wait for you")]
    assert outgoing.outbox[0].body.count("/incidents/INC-") == 50


def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(40):
        remind_of("INC-1", employee())
    with django_assert_num_queries(8):
        assert send_digests() == 40


def test_many_reminders_are_written_with_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [employee() for _ in range(40)]
    url = "/incidents/INC-1/"
    owed = [
        Reminder("tests/waiting", record="INC-1", to=person, reference="INC-1", url=url, due_at=DUE)
        for person in people
    ]
    with django_assert_num_queries(1):
        remind_all([*owed, *owed])
    assert Notice.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_mail_a_person() -> None:
    people = [employee() for _ in range(50)]
    for person in people:
        remind_of("INC-1", person)

    def run(_worker: int) -> int:
        try:
            return send_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        counted = list(workers.map(run, range(4)))
    assert sum(counted) == 50
    assert sorted(to for to, _ in mailed()) == sorted(person.email for person in people)
