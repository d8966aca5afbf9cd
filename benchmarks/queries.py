"""How many questions a page puts to the database, counted where Django puts them."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.client import Unexpected
from benchmarks.filing import FORM, answers, hidden_in
from people.models import User

# A transaction's own words ask nothing.
_QUESTION = re.compile(r"\s*(?!BEGIN|COMMIT|SAVEPOINT|RELEASE|ROLLBACK)")
_ROW, _HIT = re.compile(r"<tr[ >]"), re.compile(r'<li class="hit"')


def of_page(user: User, path: str) -> tuple[int, int]:
    """The number of queries of a page, and of the rows in its tables (the heading is none) or of what was found."""
    browser = _browser(user)
    # Asked for once before: what a process reads only now and then (settings, divisions, the clock) is not the page's.
    browser.get(path)
    count, response = _counted(lambda: browser.get(path))
    _require(response, HTTPStatus.OK, path)
    said = response.content.decode()
    return count, max(len(_ROW.findall(said)) - 1, len(_HIT.findall(said)))


class Filing:
    """A report's form, fetched and filled in, that can be sent once."""

    def __init__(self, user: User) -> None:
        self._browser = _browser(user)
        self._fields: dict[str, list[str]] = {}
        form = self._browser.get(FORM).content.decode()
        for name, value in [*hidden_in(form), *answers("a picture of the desk was posted")]:
            self._fields.setdefault(name, []).append(value)

    def send(self) -> None:
        """Send it; raises Unexpected where it is not taken."""
        _require(self._browser.post(FORM, self._fields), HTTPStatus.FOUND, FORM)


def of_filing(user: User) -> int:
    """The number of queries it takes to file a report."""
    return _counted(Filing(user).send)[0]


def _browser(user: User) -> Client:
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(user)
    return browser


def _counted(ask: Callable[[], Any]) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    return sum(bool(_QUESTION.match(query["sql"])) for query in captured.captured_queries), response


def _require(response: Any, status: int, path: str) -> None:
    if response.status_code != status:
        raise Unexpected(f"{path}: {response.status_code} instead of {status}")
