"""Asks the running portal over plain HTTP, without a browser: to prepare what a window then shows, and for headers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from http.cookies import Morsel, SimpleCookie
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

SECONDS = 30
REDIRECTS = {301, 302, 303}


@dataclass(frozen=True)
class Answer:
    """What the portal answered, and at which address in the end."""

    status: int
    headers: Message
    text: str
    path: str


class Client:
    """Someone who asks the portal without a browser, and keeps its cookies as a browser does."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookies: dict[str, Morsel[str]] = {}

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> Answer:
        """Send one request; a redirect is returned as it is."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={kept.coded_value}" for name, kept in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, None if form is None else urlencode(form), headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        self._keep(answer.headers.get_all("Set-Cookie", []))
        return Answer(answer.status, answer.headers, text, path)

    def get(self, path: str) -> Answer:
        """Open a page, wherever its address leads."""
        return self._arrived(self.ask("GET", path))

    def post(self, path: str, **answers: str) -> Answer:
        """Send a form, and open the page it leads to."""
        hidden = {"csrfmiddlewaretoken": self.cookies["csrf"].value, "submission": str(uuid4())}
        return self._arrived(self.ask("POST", path, {**hidden, **answers}))

    def sign_in(self, slug: str) -> None:
        """Sign in as one of the demonstration's people."""
        self.get("/demo/")
        home = self.post(f"/demo/sign-in/{slug}/")
        assert re.search(r"<h1[^>]*>\s*Hello", home.text), f"{slug} cannot sign in"

    def _arrived(self, answer: Answer) -> Answer:
        while answer.status in REDIRECTS:
            target = urlsplit(answer.headers["Location"])
            answer = self.ask("GET", target._replace(scheme="", netloc="", fragment="").geturl())
        assert answer.status == 200, f"{answer.path} answered {answer.status}"
        return answer

    def _keep(self, cookies: list[str]) -> None:
        for line in cookies:
            for name, kept in SimpleCookie(line).items():
                if kept["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = kept
