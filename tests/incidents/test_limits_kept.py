"""What limits keep, and for how long: once a window is over, nothing leads from what was counted to anyone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django import Settings

from incidents import limits
from incidents.tasks import forget_what_was_counted
from tests.incidents.outsiders import BACK, LOST, START, WRONG, asked, send, window

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes")]
DATABASE = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"}
OFFICE = "192.0.2.10"


@pytest.fixture
def in_database(settings: Settings) -> None:
    """Limits count in the database's table, as they do where nothing else is set up."""
    settings.CACHES = {**settings.CACHES, "default": DATABASE}
    cache.clear()


@contextmanager
def at(moment: str) -> Iterator[None]:
    """The portal and its cache hold this moment to be now."""
    with time_machine.travel(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False):
        yield


def from_office() -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR=OFFICE)


def rows() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM portal_cache")
        return list(cursor.fetchall())


@pytest.mark.usefixtures("in_database")
def test_after_the_window_nothing_in_the_table_leads_to_an_address() -> None:
    with at("2026-03-04 10:05"):
        client = window(OFFICE)
        send(client, START, asked())
        send(client, LOST, {"number": "77", "words": "I remember more."})
        send(client, BACK, {"code": WRONG})
        forget_what_was_counted()
        counted = rows()
    assert len(counted) == 3 * 2 + 2
    assert {expires for _, _, expires in counted} == {
        datetime(2026, 3, 4, 11, tzinfo=UTC),
        datetime(2026, 3, 4, 10, 15, tzinfo=UTC),
    }
    with at("2026-03-04 11:00"):
        assert forget_what_was_counted() == len(counted)
    assert rows() == []


@pytest.mark.usefixtures("in_database")
def test_whoever_holds_the_key_and_kept_the_counts_cannot_try_addresses_out_later() -> None:
    with at("2026-03-04 10:05"):
        limits.count(from_office(), limits.REPORTS)
        kept = {key.rpartition(":")[2] for key, *_ in rows() if "reports" in key}
    cache.clear()
    with at("2026-03-04 10:06"):
        tried = {key.rpartition(":")[2] for key in limits._allowed(from_office(), limits.REPORTS)}
    assert {len(digits) for digits in kept | tried} == {32}
    assert not kept & tried


@pytest.mark.usefixtures("in_database")
def test_forgetting_leaves_what_still_counts() -> None:
    with at("2026-03-04 10:05"):
        limits.count(from_office(), limits.REPORTS)
        limits.count(from_office(), limits.WRONG_CODES)
    with at("2026-03-04 10:20"):
        assert forget_what_was_counted() == 3
        assert limits.full_until(from_office(), limits.Limit("reports", 3600, browser=1, address=9)) is not None


@pytest.mark.parametrize("kept_in", [DATABASE, MEMORY], ids=["database", "memory"])
def test_a_window_has_one_secret_and_the_next_another(kept_in: dict[str, str], settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": kept_in}
    cache.clear()
    with at("2026-03-04 10:00"):
        first = limits._pepper(3600)
    with at("2026-03-04 10:59"):
        assert limits._pepper(3600) == first
        assert limits._pepper(900) != first
    with at("2026-03-04 11:00"):
        assert limits._pepper(3600) != first
    assert len(first) == 64


def test_a_count_lasts_no_longer_than_its_window_in_any_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(limits, "cache", Forgetful(kept))
    with at("2026-03-04 10:45"):
        limits.count(from_office(), limits.REPORTS)
        limits.too_many_messages(1)
    assert kept == [15 * 60] * len(kept)
    # The secret is added, and each of three counts is added in vain and then touched.
    assert len(kept) == 7


def test_a_cache_that_forgets_by_itself_is_left_to_do_so(settings: Settings) -> None:
    settings.CACHES = {**settings.CACHES, "default": MEMORY}
    limits.count(from_office(), limits.REPORTS)
    assert forget_what_was_counted() == 0
    assert limits.full_until(from_office(), limits.Limit("reports", 3600, browser=1, address=9)) is not None


def test_it_is_forgotten_every_few_minutes(settings: Settings) -> None:
    [job] = [job for job in settings.CELERY_BEAT_SCHEDULE.values() if job["task"] == forget_what_was_counted.name]
    assert job["schedule"].total_seconds() <= 300


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_database")
def test_of_many_who_begin_a_window_at_once_all_agree_on_its_secret() -> None:
    gate = Barrier(4)

    def ask(_: int) -> str:
        gate.wait(5)
        try:
            return limits._pepper(3600)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(ask, range(4)))) == 1


class Forgetful:
    """A cache that holds every count already but no secret, and writes down how long it is told to keep them."""

    def __init__(self, kept: list[int]) -> None:
        self.kept = kept

    def get(self, _key: str, otherwise: Any = None) -> Any:
        return otherwise

    def add(self, _key: str, _value: Any, *, timeout: int) -> bool:
        self.kept.append(timeout)
        return False

    def incr(self, _key: str, times: int) -> int:
        return times

    def touch(self, _key: str, seconds: int) -> None:
        self.kept.append(seconds)
