"""The pages about questions, as a browser meets them."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from policies.models import Question


def ask_url(clause: str = "ii-a", number: str = "1021") -> str:
    """Where one asks about a clause, or about all of a policy."""
    return reverse("policies:ask", args=[number]) + (f"?clause={clause}" if clause else "")


def says(client: Client, address: str) -> str:
    """What a page says."""
    page = client.get(address)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def send(client: Client, address: str = "", **answers: Any) -> Any:
    """Fill in the page as it was shown, and send it."""
    address = address or ask_url()
    shown = client.get(address).context["form"].initial["shown"]
    form = {"body": "May I post it?", "shown": shown, "submission": str(uuid.uuid4()), **answers}
    return client.post(address, form)


def page_of(question: Question) -> str:
    """The address of a question."""
    return reverse("policies:question", args=[question.pk])
