"""Files sent with a report: whatever goes wrong with them the code is shown, and sent again none is lost or doubled."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from attachments import intake, sealing
from attachments.models import Attachment
from incidents import limits
from incidents.models import Incident, Message
from incidents.operations import outside
from incidents.operations.reporting import INCIDENT_RECORD
from tests.attachments.files import picture
from tests.incidents.outsiders import (
    BACK,
    SAVED,
    START,
    WRITE,
    asked,
    code_on,
    come_back,
    reported_outside,
    send,
    window,
)
from tests.incidents.stage import analyst

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]
WENT_WRONG = "Something went wrong on our side"


def file(name: str = "post.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture())


def other(name: str = "other.png") -> SimpleUploadedFile:
    return file(name, picture(size=(9, 9)))


def says(page: Any) -> str:
    return str(page.content.decode())


def kept() -> list[str]:
    return list(Attachment.objects.order_by("uploaded_at").values_list("name", flat=True))


@pytest.fixture
def form() -> tuple[Client, dict[str, Any]]:
    """A browser with a form filled in, to be sent as often as a test likes."""
    client = window()
    return client, asked(ticket=client.get(START).context["form"]["ticket"].value())


Form = tuple[Client, dict[str, Any]]


@pytest.mark.parametrize("problem", [OSError("No space left"), MemoryError(), OperationalError("gone"), KeyError("x")])
def test_the_code_is_shown_whatever_happens_to_the_files(
    problem: Exception, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_args: Any, **_kwargs: Any) -> str:
        raise problem

    monkeypatch.setattr(sealing, "keep", break_down)
    client, told = form
    page = send(client, START, {**told, "evidence": [file()]})
    assert page.status_code == 200
    assert code_on(page)
    assert WENT_WRONG in says(page)
    assert "You can add files when you come back with your code." in says(page)
    assert kept() == []
    monkeypatch.undo()
    again = send(client, START, {**told, "evidence": [file()]})
    assert code_on(again) == code_on(page)
    assert WENT_WRONG not in says(again)
    assert kept() == ["post.png"]


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """From the first file on, the database answers nothing any more."""

    def fail(*_args: Any) -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    with ExitStack() as until_the_end:

        def lose(*_args: Any, **_kwargs: Any) -> Attachment:
            until_the_end.enter_context(connection.execute_wrapper(fail))
            raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(intake, "receive", lose)
        yield


@pytest.mark.usefixtures("gone")
def test_the_code_is_shown_even_where_the_database_goes_away_once_the_report_is_filed(form: Form) -> None:
    client, told = form
    page = send(client, START, {**told, "evidence": [file()]})
    assert page.status_code == 200
    assert code_on(page)
    assert WENT_WRONG in says(page)


def test_sent_again_a_form_adds_the_files_that_are_not_there_yet_and_none_twice(form: Form) -> None:
    client, told = form
    for files in ([file()], [file()], [file(), other()], [file("renamed.png"), other()], []):
        page = send(client, START, {**told, "evidence": files})
        assert code_on(page)
    assert kept() == ["post.png", "other.png"]
    assert "Sent with your report: post.png, other.png." in says(page)
    assert Incident.objects.count() == 1


def test_a_file_chosen_twice_is_added_once(form: Form) -> None:
    client, told = form
    send(client, START, {**told, "evidence": [file("a.png"), file("b.png")]})
    assert kept() == ["a.png"]


def test_a_form_sent_again_after_its_code_was_saved_adds_files_too(form: Form) -> None:
    client, told = form
    shown = send(client, START, told)
    send(client, SAVED, {"ticket": shown.context["form"]["ticket"].value(), "saved": "on"})
    page = send(client, START, {**told, "evidence": [file()]})
    assert "What happens next" in says(page)
    assert "Sent with your report: post.png." in says(page)
    assert code_on(page) == ""
    assert kept() == ["post.png"]


def test_a_message_sent_again_adds_no_file_twice(form: Form) -> None:
    _, code = reported_outside()
    client = come_back(code)
    ticket = client.get(BACK).context["form"]["ticket"].value()
    for _ in range(2):
        sent = {"body": "A picture.", "ticket": ticket, "evidence": [file(), other()]}
        assert send(client, WRITE, sent).status_code == 302
    assert kept() == ["post.png", "other.png"]
    assert Message.objects.count() == 1


def test_a_message_stays_on_the_page_whatever_happens_to_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_args: Any, **_kwargs: Any) -> str:
        raise OSError

    _, code = reported_outside()
    monkeypatch.setattr(sealing, "keep", break_down)
    page = send(come_back(code), WRITE, {"body": "A picture.", "evidence": [file()]})
    assert page.status_code == 422
    assert "A picture." in says(page)
    assert WENT_WRONG in says(page)


def test_a_file_the_office_holds_is_added_and_nothing_tells_that_it_was_there() -> None:
    ana = analyst()
    incident, code = reported_outside()
    intake.receive(file(), actor=ana, record_type=INCIDENT_RECORD, record_id=str(incident.pk))
    client = come_back(code)
    assert "post.png" not in says(client.get(BACK))
    send(client, WRITE, {"body": "A picture.", "evidence": [file()]})
    assert "post.png" in says(client.get(BACK))
    assert Attachment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_four_clicks_at_once_one_adds_the_file() -> None:
    incident, _ = reported_outside()
    gate = Barrier(4)

    def click(number: int) -> list[str]:
        request = RequestFactory().get("/", REMOTE_ADDR=f"192.0.2.{number}")
        upload = file()
        gate.wait(5)
        try:
            return outside.add_evidence(incident, [upload], turn=lambda: limits.turn_to_inspect(request))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        told = [sentence for sentences in pool.map(click, range(4)) for sentence in sentences]
    assert all("being checked just now" in sentence for sentence in told)
    assert kept() == ["post.png"]
