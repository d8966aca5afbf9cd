"""What every answer tells the browser, whatever its status."""

import re

import pytest
from playwright.sync_api import APIResponse, Page

from tests.browser.casework import Cases
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor

FORBIDDEN_WORDS = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "data:", "http:")
NOT_FOR_CACHES = "no-store"
# who, method, path, status: every kind of answer there is
ANSWERS = [
    ("", "GET", "/accounts/login/", 200),
    ("", "GET", "/healthz", 200),
    ("", "GET", "/", 302),
    ("", "GET", "/nowhere/", 404),
    ("", "POST", "/accounts/login/", 403),
    ("", "GET", "/static/nothing.css", 404),
    ("employee", "GET", "/", 200),
    ("employee", "GET", "/incidents/report/", 200),
    ("employee", "GET", "/people/find/?q=an", 200),
    ("employee", "GET", "/incidents/", 404),
    ("employee", "GET", "/people/", 403),
    ("employee", "POST", "/incidents/report/", 403),
    ("employee", "PUT", "/incidents/report/", 403),
    ("employee", "GET", "/incidents/report/save/", 405),
    ("privacy-officer", "GET", "/incidents/{reported}/decide/substantiate/", 409),
]


def _ask(visitor: Visitor, method: str, path: str) -> APIResponse:
    return visitor.context.request.fetch(path, method=method, max_redirects=0)


def _directives(answer: APIResponse) -> dict[str, str]:
    policy = answer.headers["content-security-policy"]
    pairs = (directive.strip().partition(" ") for directive in policy.split(";"))
    return {name: sources for name, _, sources in pairs}


def _assert_guarded(answer: APIResponse) -> None:
    directives, headers = _directives(answer), answer.headers
    assert not [word for word in FORBIDDEN_WORDS if word in headers["content-security-policy"]]
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert directives[name] == "'none'", name
    assert directives["script-src"] == directives["style-src"] == directives["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(headers["permissions-policy"].split(", "))


@pytest.mark.parametrize(("who", "method", "path", "status"), ANSWERS)
def test_every_answer_is_guarded(who: str, method: str, path: str, status: int, visit: Visit, cases: Cases) -> None:
    answer = _ask(visit(who), method, path.format_map(cases))
    assert answer.status == status
    _assert_guarded(answer)


@pytest.mark.parametrize(
    ("who", "method", "path"), [(who, method, path) for who, method, path, _ in ANSWERS if who], ids=str
)
def test_nothing_behind_the_sign_in_is_kept(who: str, method: str, path: str, visit: Visit, cases: Cases) -> None:
    answer = _ask(visit(who), method, path.format_map(cases))
    assert NOT_FOR_CACHES in answer.headers["cache-control"]


def test_every_file_of_a_page_is_guarded_too(visit: Visit) -> None:
    visitor = visit("employee")
    files = _files(visitor.goto("/incidents/report/"))
    assert {re.sub(r".*\.", "", name) for name in files} >= {"css", "js", "ico"}
    for file in files:
        answer = _ask(visitor, "GET", file)
        assert answer.status == 200
        _assert_guarded(answer)


def _files(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('link[href], script[src]')].map((each) => each.href ?? each.src)"
    )
    return found


def test_the_cookies_are_kept_from_scripts_and_other_sites(visit: Visit) -> None:
    visitor = visit("employee")
    page = visitor.goto("/incidents/report/")
    cookies = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    assert set(cookies) == {"session", "csrf"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies.values())
    assert page.evaluate("() => document.cookie") == ""
