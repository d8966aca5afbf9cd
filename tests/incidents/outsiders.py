"""People who report without signing in, as the tests speak of them."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from incidents import return_codes
from incidents.choices import Kind, Outsider
from incidents.models import Incident

START, SAVED, BACK = reverse("report:start"), reverse("report:saved"), reverse("report:come_back")
WRITE, CLOSE, LOST = reverse("report:write"), reverse("report:close"), reverse("report:lost")
WRONG = "0000 0000 0000 0000"
WORDS = "In the interview they wanted to look through my account."


def window(address: str = "203.0.113.7") -> Client:
    """A browser at this address in which nobody is signed in, with the cookie its first page gave it."""
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR=address)
    client.get(START)
    return client


def ticket_on(client: Client, page: str = START) -> str:
    """The hidden number of a form freshly opened."""
    return str(client.get(page).context["form"]["ticket"].value())


def asked(**changed: Any) -> dict[str, Any]:
    """What the browser of somebody sends who was asked for an account."""
    told = {"kind": Kind.ASKED, "narrative": WORDS, "discovered_on": "2026-03-02", "verb": "requested"}
    return {**told, "outsider": Outsider.APPLICANT, **changed}


def seen(**changed: Any) -> dict[str, Any]:
    """What the browser of somebody sends who saw something online."""
    told = {"kind": Kind.EXPOSURE, "narrative": "A page shows a list of names.", "discovered_on": "2026-03-02"}
    return {**told, "outsider": Outsider.OTHER, **changed}


def send(client: Client, page: str, told: dict[str, Any]) -> Any:
    """Send a form as the browser does, with its token and, where it has none yet, its ticket."""
    if "ticket" not in told and page in {START, LOST}:
        told = {"ticket": ticket_on(client, page), **told}
    return client.post(page, {**told, "csrfmiddlewaretoken": client.cookies["csrf"].value})


def code_on(page: HttpResponse) -> str:
    """The code as it stands on a page; empty where there is none."""
    text = re.sub(r"<[^>]+>", "", page.content.decode())
    found = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", text)
    return found[0] if found else ""


def reported_outside(**told: Any) -> tuple[Incident, str]:
    """A report somebody sent, and the code they were shown and saved."""
    client = window()
    page = send(client, START, asked(**told))
    code = code_on(page)
    send(client, SAVED, {"ticket": page.context["form"]["ticket"].value(), "saved": "on"})
    return Incident.objects.latest("pk"), code


def come_back(code: str, client: Client | None = None) -> Client:
    """A browser in which this code has opened its report."""
    client = client or window()
    assert send(client, BACK, {"code": code}).status_code == 302
    return client


def hashes_counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is hashed slowly from now on, each time it is."""
    hashed: list[str] = []
    slow = return_codes._slow_hash

    def counted(key: bytes, code: str) -> str:
        hashed.append(code)
        return slow(key, code)

    monkeypatch.setattr(return_codes, "_slow_hash", counted)
    return hashed
