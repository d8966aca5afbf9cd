"""Requests that claim a strange encoding."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.incidents.stage import browser
from tests.personas import employee

pytestmark = pytest.mark.django_db

FORM = b'--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\nHello\r\n--x--\r\n'
NO_TEXT = ["base64", "hex", "rot13", "zlib", "idna", "undefined", "utf-16", "latin-1", "no-such-thing"]


@pytest.mark.parametrize("charset", NO_TEXT)
@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_form_that_is_not_in_utf_8_is_a_bad_request(content_type: str, charset: str) -> None:
    client = browser(employee())
    said = f"{content_type}; charset={charset}"
    assert client.generic("POST", reverse("incidents:report_save"), FORM, content_type=said).status_code == 400


@pytest.mark.parametrize(
    "charset", ["", "; charset=utf-8", "; charset=UTF8", '; charset="UTF-8"', "; charset=us-ascii"]
)
def test_a_form_in_utf_8_is_read(charset: str) -> None:
    said = f"multipart/form-data; boundary=x{charset}"
    client = browser(employee())
    assert client.generic("POST", reverse("incidents:report_save"), FORM, content_type=said).status_code == 200
    assert "Hello" in client.get(reverse("incidents:report")).content.decode()


def test_nobody_needs_to_be_signed_in_to_be_told() -> None:
    page = Client().generic("POST", reverse("account_login"), FORM, content_type="multipart/form-data; charset=hex")
    assert page.status_code == 400
    assert "We could not read that request" in page.content.decode()


@pytest.mark.parametrize("charset", NO_TEXT)
def test_a_browser_that_checks_where_forms_come_from_changes_nothing(charset: str) -> None:
    browser_of_somebody = Client(enforce_csrf_checks=True)
    browser_of_somebody.get(reverse("account_login"))
    said = f"application/x-www-form-urlencoded; charset={charset}"
    assert browser_of_somebody.generic("POST", reverse("account_login"), b"a=1", content_type=said).status_code == 400
