"""The request log over HTTP: which kind of page and how it ended; never who, which case or what was searched for."""

from typing import Any

import pytest
from django.test import Client

from incidents.models import Incident
from tests.incidents.stage import analyst, browser, case_url, reported
from tests.logbook import written_by
from tests.personas import employee

pytestmark = pytest.mark.django_db


def lines(client: Client, address: str, **headers: str) -> list[dict[str, Any]]:
    """What the log says of one visit."""
    with written_by("django_structlog.middlewares.request") as written:
        client.get(address, headers=headers)
        return written()


def test_a_confidential_reporter_leaves_no_name_number_or_address_in_the_log() -> None:
    erin = employee()
    incident = reported(erin, confidential=True)
    (line,) = lines(browser(erin), case_url(incident, "receipt"), user_agent="Erin's browser")
    assert line["request"] == "GET /incidents/mine/<str:reference>/receipt/"
    assert (line["event"], line["code"]) == ("request_finished", 200)
    assert set(line) == {"request", "event", "code", "request_id", "logger", "level", "timestamp"}


def test_what_was_searched_for_is_not_written_down() -> None:
    (line,) = lines(browser(analyst()), "/people/find/?q=Paul+Secretname")
    assert line["request"] == "GET /people/find/"


@pytest.mark.parametrize("address", ["/incidents/INC-1001/", "/no/such/INC-1001/"])
def test_a_page_that_is_not_there_is_told_without_its_address(address: str) -> None:
    reported()
    (line,) = lines(browser(employee()), address)
    assert line["code"] == 404
    assert "1001" not in str(line)


def test_a_page_that_breaks_is_told_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    client, incident = browser(analyst()), reported()
    client.raise_request_exception = False

    def broken(_self: Incident) -> str:
        raise RuntimeError("It broke.")

    monkeypatch.setattr(Incident, "get_status_display", broken)
    (line,) = lines(client, case_url(incident))
    assert (line["event"], line["code"]) == ("request_failed", 500)
    assert line["request"] == "GET /incidents/<str:reference>/"
    assert "user_id" not in line


def test_every_request_has_an_id_of_its_own() -> None:
    client = browser(employee())
    first, second = lines(client, "/")[0], lines(client, "/")[0]
    assert first["request_id"] != second["request_id"]
