"""A real browser on a page of the portal whose server is played by the test."""

import json
import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from compliance_portal import install

ADDRESS = "http://portal.test/"
Answer = tuple[int, dict[str, Any]]


class Stage:
    """A page and the server behind it: `answers` says what each path replies, `asked` keeps what was sent."""

    def __init__(self, page: Page, html: str) -> None:
        self.page = page
        self.html = html
        self.answers: dict[str, Callable[[Request], Answer]] = {}
        self.asked: list[Request] = []
        self.complaints: list[str] = []
        page.on("console", lambda message: self._hear(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(f"{ADDRESS}**", self._serve)
        page.goto(ADDRESS)

    def bodies(self, path: str) -> list[str]:
        """What was posted to this path, oldest first."""
        return [request.post_data or "" for request in self.asked if request.url == ADDRESS + path]

    def _hear(self, said: str) -> None:
        # The browser remarks on every refusal a server gives; those are part of the play.
        if not said.startswith("Failed to load resource"):
            self.complaints.append(said)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS).partition("?")[0]
        if path.startswith("static/"):
            _send_static(route, path.removeprefix("static/"))
        elif path in self.answers:
            self.asked.append(route.request)
            status, answer = self.answers[path](route.request)
            route.fulfill(status=status, content_type="application/json", body=json.dumps(answer))
        else:
            headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": _policy()}
            route.fulfill(status=200, headers=headers, body=self.html)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install.browser(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def on_stage(browser: Browser, html: str) -> Iterator[Stage]:
    """Open the page; afterwards nothing may have broken the content security policy or a script."""
    page = browser.new_page()
    stage = Stage(page, html)
    yield stage
    page.close()
    assert stage.complaints == []


def _send_static(route: Route, name: str) -> None:
    # What was collected, for pages name their files by contents.
    found: Path = settings.STATIC_ROOT / name
    if not found.is_file():
        route.fulfill(status=404)
    else:
        kind, _ = mimetypes.guess_type(name)
        route.fulfill(status=200, content_type=kind or "application/octet-stream", body=found.read_bytes())


def _policy() -> str:
    directives = cast(dict[str, list[str]], settings.CONTENT_SECURITY_POLICY["DIRECTIVES"])
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
