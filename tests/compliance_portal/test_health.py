"""What monitoring is told: always enough to act on, never anything confidential."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from worklist import health

A_WHILE = timedelta(minutes=6)


@pytest.mark.django_db
def test_the_process_answers_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (HTTPStatus.OK, b"ok\n")


@pytest.mark.django_db
def test_a_portal_with_nothing_wrong_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (HTTPStatus.OK, {"wrong": []})


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitoring_leaves_no_session_behind(client: Client, path: str) -> None:
    assert not client.get(path).cookies
    assert not Session.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_monitoring_only_reads(client: Client, path: str) -> None:
    assert client.post(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_recorder: object) -> None:
        raise OperationalError("no password for portal_app at db.internal")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json() == {"wrong": ["The database does not answer as it should."]}


@pytest.mark.django_db
def test_code_newer_than_the_tables_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_known_migrations", lambda: frozenset({("incidents", "9999_from_tomorrow")}))
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json() == {"wrong": ["The database has not had all of its migrations."]}


@pytest.mark.django_db
@pytest.mark.parametrize(("lag", "words"), [("outbox_lag", "Messages wait"), ("checkpoint_lag", "The trail waits")])
def test_work_left_lying_is_told(client: Client, monkeypatch: pytest.MonkeyPatch, lag: str, words: str) -> None:
    monkeypatch.setattr(health, lag, lambda: A_WHILE)
    answer = client.get("/readyz")
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert [sentence.startswith(words) for sentence in answer.json()["wrong"]] == [True]
