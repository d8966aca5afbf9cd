"""The people pages, as a browser meets them."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import User

MOST_QUERIES = 8


def as_(client: Client, user: User) -> Client:
    """The browser of this person."""
    client.force_login(user)
    return client


def words(answer: Any) -> str:
    """What the page says."""
    return str(answer.content.decode())


def queries(client: Client, path: str) -> int:
    """How many queries a page takes, once the session is noted."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
