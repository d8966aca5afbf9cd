"""Reports filed as an employee files them: the real form is fetched, filled in and sent back with its tokens."""

import html
import re
import secrets
import string
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle

from django.conf import settings
from django.utils import timezone

from benchmarks.client import Answer, Connection, Request, Unexpected, get, post
from benchmarks.visitors import signed_in
from benchmarks.words import dice, narrative
from people.models import User

FORM = "/incidents/report/"
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
_TOKEN = re.compile(rb"\r\nset-cookie: *(" + settings.CSRF_COOKIE_NAME.encode() + rb"=[^;\r]+)", re.IGNORECASE)
# The narrative of this number holds none of the words that are searched for.
_PLAIN = 5


class Reporters:
    """Employees who take turns, so that nobody reaches the limit of reports an hour."""

    def __init__(self, people: Sequence[User]) -> None:
        self._turns: Iterator[str] = cycle([signed_in(person) for person in people])
        self._chance = dice("filing")

    def reports(self, port: int, count: int) -> list[Request]:
        """So many filled-in forms, each on a draft of its own and ready to be sent."""
        connection = Connection(port)
        try:
            return [self._report(connection, port, next(self._turns)) for _ in range(count)]
        finally:
            connection.close()

    def _report(self, connection: Connection, port: int, session: str) -> Request:
        form = connection.ask(get(port, FORM, session))
        fields = [*hidden_in(form.body.decode()), *answers(narrative(_PLAIN, self._chance))]
        return post(port, FORM, f"{session}; {_token(form)}", fields)


def answers(words: str) -> list[tuple[str, str]]:
    """What an employee fills in who knows a little more than what is required."""
    found = timezone.localdate() - timedelta(days=1)
    return [
        ("narrative", words),
        ("discovered_on", found.isoformat()),
        ("confidential", "named"),
        ("kind", "exposure"),
        ("platform", "Facebook"),
        ("address", f"https://social.example/posts/{_token_of_letters()}"),
        ("visibility", "public"),
        ("still_live", "yes"),
        ("information", "personal"),
        ("information", "case"),
        ("affected", "clients"),
        ("affected_count", "2"),
        ("occurred_on", found.isoformat()),
        ("how_found", "saw"),
        ("containment", "Asked for the post to be taken down."),
    ]


def _token_of_letters() -> str:
    """An address nobody reported before, as most are; digits might be taken for a client's number."""
    return secrets.token_hex(8).translate(str.maketrans(string.digits, "ghijklmnop"))


def hidden_in(page: str) -> list[tuple[str, str]]:
    """What the form itself brings along: its draft and its token."""
    found = [(name, html.unescape(value)) for name, value in _HIDDEN.findall(page.partition('id="report"')[2])]
    if {"draft", "csrfmiddlewaretoken"} - {name for name, _ in found}:
        raise Unexpected("The report's form lacks its draft or its token.")
    return found


def _token(form: Answer) -> str:
    found = _TOKEN.search(form.head)
    if found is None:
        raise Unexpected("The report's form sets no CSRF cookie.")
    return found[1].decode()
