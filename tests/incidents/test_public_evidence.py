"""Files from people who do not sign in: inspected and sealed like any, few at a time, and never at its cost."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from pytest_django import Settings

from attachments import intake, quota
from attachments.models import Attachment
from attachments.rejection import Rejected
from incidents import limits
from incidents.models import Incident, Message
from tests.attachments.files import picture
from tests.incidents.outsiders import BACK, START, WRITE, asked, code_on, come_back, reported_outside, send, window
from tests.incidents.stage import analyst, browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]


def file(name: str = "post.png", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or picture())


def says(page: Any) -> str:
    return str(page.content.decode())


def test_a_file_is_sealed_with_nobody_as_its_owner_and_the_office_opens_it() -> None:
    ana = analyst()
    page = send(window(), START, asked(evidence=[file()]))
    kept = Attachment.objects.get()
    assert (kept.uploaded_by, kept.record_id) == (None, str(Incident.objects.get().pk))
    assert "post.png" in says(page)
    assert browser(ana).get(f"/attachments/{kept.pk}/").status_code == 200
    assert window().get(f"/attachments/{kept.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([file(f"{number}.png") for number in range(4)], "Choose 3 files at most."),
        ([file("post.exe", b"MZ")], "post.exe"),
        ([file("empty.png", b" ")], "not what its name says"),
        ([file("password is Summer2024!.png")], "username, password or login"),
    ],
)
def test_a_file_that_is_no_evidence_is_said_at_its_field_and_the_words_stay(files: list[Any], words: str) -> None:
    page = send(window(), START, asked(evidence=files, narrative="A long story."))
    assert page.status_code == 422
    assert any(words in message for message in page.context["form"].errors["evidence"])
    assert "A long story." in says(page)
    assert "choose them again" in says(page)
    assert not Incident.objects.exists()
    assert not Attachment.objects.exists()


def test_a_file_that_breaks_on_a_closer_look_does_not_cost_the_report() -> None:
    broken = picture()[:60]
    page = send(window(), START, asked(evidence=[file("broken.png", broken), file("whole.png")]))
    assert code_on(page)
    assert "Your report was sent, but not every file" in says(page)
    assert "broken.png" in says(page)
    assert [kept.name for kept in Attachment.objects.all()] == ["whole.png"]


def test_files_are_added_with_the_code() -> None:
    _, code = reported_outside()
    client = come_back(code)
    assert send(client, WRITE, {"body": "", "evidence": [file()]}).status_code == 422
    assert send(client, WRITE, {"body": "A picture.", "evidence": [file()]}).status_code == 302
    assert "post.png" in says(client.get(BACK))
    assert Attachment.objects.get().uploaded_by is None


def test_a_message_waits_where_its_file_is_refused() -> None:
    _, code = reported_outside()
    page = send(come_back(code), WRITE, {"body": "A picture.", "evidence": [file("broken.png", picture()[:60])]})
    assert page.status_code == 422
    assert "A picture." in says(page)
    assert not Message.objects.exists()


def test_files_are_looked_into_a_few_at_a_time_and_one_too_many_is_told_to_come_back() -> None:
    with turn("192.0.2.1") as first, turn("192.0.2.1") as second, turn("192.0.2.2") as third:
        assert (first, second, third) == (True, True, True)
        page = send(window(), START, asked(evidence=[file()]))
    assert code_on(page)
    assert "Files of others are being checked just now" in says(page)
    assert not Attachment.objects.exists()
    with turn("192.0.2.1") as again:
        assert again


def test_one_address_never_takes_every_turn() -> None:
    with turn("192.0.2.1") as first, turn("192.0.2.1") as second, turn("192.0.2.1") as third:
        assert (first, second, third) == (True, True, False)
        assert "post.png" in says(send(window("192.0.2.2"), START, asked(evidence=[file()])))
    assert Attachment.objects.count() == 1


def turn(address: str) -> AbstractContextManager[bool]:
    return limits.turn_to_inspect(RequestFactory().get("/", REMOTE_ADDR=address))


def test_files_of_one_browser_have_an_end_in_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEGABYTES", limits.Limit("megabytes", 3600, browser=1, address=9))
    client = window()
    send(client, START, asked(evidence=[file()]))
    page = send(client, START, asked(narrative="Another story.", evidence=[file()]))
    assert code_on(page)
    assert "Your files were not added" in says(page)
    assert Attachment.objects.count() == 1


def test_files_of_one_browser_have_an_end_and_the_report_is_sent_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES", limits.Limit("files", 3600, browser=1, address=9))
    client = window()
    send(client, START, asked(evidence=[file()]))
    page = send(client, START, asked(narrative="Another story.", evidence=[file()]))
    assert code_on(page)
    assert "Your files were not added" in says(page)
    assert "not sent" not in says(page)
    assert Incident.objects.count() == 2
    assert Attachment.objects.count() == 1


def test_what_nobody_adds_has_an_end_a_report_and_a_day(settings: Settings) -> None:
    def add(record: str) -> Attachment:
        return intake.receive(file(), actor=None, record_type="incidents.incident", record_id=record)

    size = len(picture())
    settings.UPLOAD_QUOTA_BYTES = size + 1
    add("1")
    with pytest.raises(Rejected, match="beyond that"):
        add("1")
    for record in range(2, quota.NOBODYS_SHARE + 1):
        add(str(record))
    with pytest.raises(Rejected, match="So many files came in today"):
        add("1000")
    assert Attachment.objects.count() == quota.NOBODYS_SHARE


def test_a_turn_is_given_back_even_where_the_look_went_wrong() -> None:
    def fail() -> None:
        with turn("192.0.2.1"):
            raise RuntimeError

    for _ in range(3):
        with pytest.raises(RuntimeError):
            fail()
    with turn("192.0.2.1") as again:
        assert again
    assert cache.get("outside:inspecting:0") is None
