"""What no browser sends to the pages without sign-in: refused or ignored, never a failure, and kept by nobody."""

from typing import Any

import pytest
from django.test import Client

from incidents.models import Incident, Message
from tests.attachments.files import picture
from tests.incidents.outsiders import (
    BACK,
    CLOSE,
    LOST,
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes", "nothing_counted_yet")]
PAGES = [START, SAVED, LOST, BACK, WRITE, CLOSE]
SURROGATE = "\ud800".encode("utf-8", "surrogatepass")
TYPES = [
    "",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=hex",
]
HEADERS: list[dict[str, Any]] = [
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "\x00//["},
    {"HTTP_REFERER": "\x00"},
    {"HTTP_ORIGIN": "null"},
    {"HTTP_X_FORWARDED_FOR": "\x00,,"},
    {"REMOTE_ADDR": "fe80::1%eth0"},
    {"REMOTE_ADDR": "no address"},
    {"HTTP_COOKIE": r'csrf="\000"; report="\377"; session="\012"'},
    {"HTTP_COOKIE": "\xff\xfe=;;=\x00"},
    {"CONTENT_LENGTH": "-1"},
]
FILE_NAMES = [
    rb"filename*=nonsense''x.png",
    rb"filename*=unicode_escape''%5Cud800.png",
    rb"filename*=hex''zz.png",
    rb"filename*=utf-8''%ED%A0%80.png",
    rb"filename*=a%00b''x.png",
    b'filename="a\x00b.png"',
    b'filename=".."',
    b'filename=""',
]


def test_a_form_from_another_site_opens_writes_and_closes_nothing() -> None:
    _, code = reported_outside()
    client = come_back(code)
    for page, told in ((BACK, {"code": code}), (WRITE, {"body": "Forged."}), (CLOSE, {}), (LOST, {"number": "1"})):
        assert client.post(page, told).status_code == 403
    assert "Messages" in client.get(BACK).content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("content_type", TYPES)
@pytest.mark.parametrize("page", PAGES)
def test_a_body_that_is_no_form_breaks_nothing(page: str, content_type: str) -> None:
    client = window()
    token = client.cookies["csrf"].value.encode()
    body = b"csrfmiddlewaretoken=" + token + b"&code=%00&ticket=%ff&body=" + SURROGATE + b"&;;&&="
    assert client.generic("POST", page, body, content_type=content_type).status_code < 500


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_headers_that_no_browser_sends_break_nothing(page: str, headers: dict[str, Any]) -> None:
    client = window()
    token = {"csrfmiddlewaretoken": client.cookies["csrf"].value}
    assert client.get(page, **headers).status_code < 500
    assert client.post(page, token, **headers).status_code < 500


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_name_in_a_strange_encoding_costs_nobody_their_report(name: bytes) -> None:
    client = window()
    told = asked(ticket="t" * 40, csrfmiddlewaretoken=client.cookies["csrf"].value)
    parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in told.items()]
    parts.append(b'Content-Disposition: form-data; name="evidence"; ' + name + b"\r\n\r\n" + picture())
    body = b"".join(b"--x\r\n" + part + b"\r\n" for part in parts) + b"--x--\r\n"
    page: Any = client.generic("POST", START, body, content_type="multipart/form-data; boundary=x")
    assert code_on(page) or page.context["form"].errors["evidence"]


def test_the_ticket_of_a_form_sent_again_with_other_words_says_both() -> None:
    _, code = reported_outside()
    client = come_back(code)
    ticket = client.get(BACK).context["form"]["ticket"].value()
    for body in ("First.", "Second.", "First."):
        send(client, WRITE, {"body": body, "ticket": ticket})
    assert list(Message.objects.order_by("pk").values_list("body", flat=True)) == ["First.", "Second."]


def test_the_ticket_of_one_report_says_nothing_in_another() -> None:
    (first, code), (second, other) = reported_outside(), reported_outside()
    for each in (code, other):
        send(come_back(each), WRITE, {"body": "Mine.", "ticket": "t" * 40})
    assert [first.messages.count(), second.messages.count()] == [1, 1]


def test_a_code_or_a_ticket_in_the_address_does_nothing() -> None:
    incident, code = reported_outside()
    client = window()
    assert "Messages" not in client.get(BACK, {"code": code}).content.decode()
    page = client.get(START, {"ticket": "t" * 40, "narrative": "Forged."})
    assert page.context["form"]["ticket"].value() != "t" * 40
    assert "Forged." not in page.content.decode()
    assert Incident.objects.get() == incident


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_a_report_is_kept_found_or_named_to_another_site(page: str) -> None:
    _, code = reported_outside()
    client = come_back(code)
    for answer in (client.get(page), send(client, page, {"body": "x", "code": code, "ticket": "t" * 40})):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert code.replace(" ", "") not in answer.get("Location", "")
    assert "no-store" in Client(enforce_csrf_checks=True).post(page)["Cache-Control"]
