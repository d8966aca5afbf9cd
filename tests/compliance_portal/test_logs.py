"""What the logs say of errors: enough to find the cause, nothing of what people typed."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
import structlog
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from incidents.models import Incident
from tests.incidents.stage import reported
from tests.logbook import Written, written_by

SECRET = "Zoe posted\nthe picture of room 7"


@pytest.fixture
def written() -> Iterator[Written]:
    """The lines of the log so far."""
    with written_by("tests", "gunicorn.error", "django.security.csrf") as lines:
        yield lines


def refused_row(incident: Incident) -> None:
    """Have the database refuse a row in which somebody's words stand."""
    with transaction.atomic():
        Incident.objects.filter(pk=incident.pk).update(assignee=incident.reporter)


@pytest.mark.django_db
@pytest.mark.parametrize("log", [logging.getLogger("tests"), structlog.get_logger("tests")], ids=["plain", "structlog"])
def test_a_refused_row_is_named_by_its_rule_and_never_quoted(log: Any, written: Written) -> None:
    incident = reported(narrative=SECRET)
    with pytest.raises(IntegrityError, match="Zoe") as caught:
        refused_row(incident)
    for words in (f"It broke: {caught.value}", f"It broke: {caught.value!r}"):
        log.error(words, exc_info=caught.value)
    first, second = written()
    assert "violates check constraint" in first["exception"]
    assert "refused_row" in first["exception"], "the traceback still leads to the place"
    assert "which led to" in first["exception"], "the cause is told too"
    for line in (first, second):
        assert "violates check constraint" in line["event"]
        assert not [word for word in ("Zoe", "room 7", "DETAIL") if word in json.dumps(line)]


def test_an_error_given_as_a_value_is_not_quoted_either(written: Written) -> None:
    error = psycopg2.IntegrityError(f"it violates the rule\nDETAIL:  Failing row contains ({SECRET}).\n")
    structlog.get_logger("tests").error("task_failed", exception=error, error=str(error))
    (line,) = written()
    assert (line["exception"], line["error"]) == ("IntegrityError: it violates the rule", "it violates the rule")


def test_an_exception_that_is_its_own_cause_is_told_once(written: Written) -> None:
    error = ValueError("round and round")
    error.__cause__ = error
    try:
        raise error
    except ValueError:
        logging.getLogger("tests").exception("loop")
    assert written()[0]["exception"].count("round and round") == 1


def test_what_django_says_of_a_request_leaves_the_address_out(written: Written) -> None:
    request = RequestFactory().get("/incidents/INC-1042/")
    logging.getLogger("django.security.csrf").warning(
        "Forbidden (%s): %s", "CSRF cookie not set.", request.path, extra={"request": request}
    )
    assert written()[0]["event"] == "Forbidden (CSRF cookie not set.): (address left out)"


def test_what_gunicorn_says_of_a_request_leaves_the_address_out(written: Written) -> None:
    logging.getLogger("gunicorn.error").error("Error handling request %s %s", "GET", "/incidents/?q=Zoe")
    assert written()[0]["event"] == "Error handling request"


def test_djangos_own_lines_about_requests_are_off_for_ours_say_more_safely() -> None:
    assert not logging.getLogger("django.request").isEnabledFor(logging.ERROR)
    assert logging.getLogger("django").handlers == [], "one of Django's mails whole requests to administrators"
