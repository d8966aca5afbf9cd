"""One click signs in, only in a demonstration; the mail can be read."""

import re
from collections.abc import Iterator
from datetime import date
from importlib import reload

import pytest
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

import compliance_portal.urls
from demo import outsiders
from demo.cast import PERSONAS
from incidents.choices import Kind, Outsider
from incidents.operations import outside
from tests.personas import employee

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Settings) -> Iterator[None]:
    """The portal with the pages that DEMO=1 adds."""
    settings.DEMO = True
    _read_addresses_again()
    yield
    settings.DEMO = False
    _read_addresses_again()


def _read_addresses_again() -> None:
    reload(compliance_portal.urls)
    clear_url_caches()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("slug", [persona.slug for persona in PERSONAS])
def test_one_click_signs_in_as_anyone_of_the_cast(slug: str) -> None:
    person = employee(email=f"{slug}@dhs.example")
    client = Client()
    assert client.post(f"/demo/sign-in/{slug}/")["Location"] == "/"
    assert client.get("/").context["user"] == person


@pytest.mark.usefixtures("demo")
def test_nobody_else_is_signed_in_and_never_by_a_link() -> None:
    employee(email="mallory@dhs.example")
    assert Client().post("/demo/sign-in/mallory/").status_code == 404
    assert Client().get("/demo/sign-in/employee/").status_code == 405


@pytest.mark.usefixtures("demo")
def test_a_visitor_finds_the_cast_and_the_mail() -> None:
    assert b"Ana Delgado" in Client().get("/demo/").content
    assert Client().get("/demo/mail/").status_code == 200


@pytest.mark.usefixtures("demo")
def test_a_visitor_is_told_the_code_of_one_public_report() -> None:
    assert b"Open a public report" not in Client().get("/demo/").content
    facts = {"kind": Kind.ASKED, "outsider": Outsider.APPLICANT, "narrative": "x", "discovered_on": date(2026, 3, 2)}
    outside.file_report(outsiders.WELL_KNOWN, facts=facts, people=())
    code = " ".join(outsiders.code())
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", code)
    assert f'Open a public report</a> with the code <b class="text-no-wrap">{code}</b>' in (
        Client().get("/demo/").content.decode()
    )


@pytest.mark.parametrize("address", ["/demo/", "/demo/mail/", "/demo/sign-in/employee/"])
def test_without_demo_the_pages_do_not_exist(address: str) -> None:
    client = Client()
    client.force_login(employee())
    assert client.post(address).status_code == 404
