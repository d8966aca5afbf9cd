"""The watch kept over every page notices what it is kept for; what the browser itself keeps from scripts."""

import pytest

from tests.browser import checks
from tests.browser.conftest import Visit
from tests.eventually import eventually

HEARD = [
    "^console: Against the policy: style-src-attr inline",
    "^console: .*violates the following Content Security Policy",
    "^error in a script: .*somebody's mistake",
    "^console: somebody's worry",
    "^404 GET /nowhere/$",
    "^net::ERR_CONNECTION_REFUSED GET /refused/$",
]
_GO_WRONG = """async () => {
    document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>Red</p>");
    console.error("somebody's worry");
    setTimeout(() => { throw new Error("somebody's mistake"); });
    await fetch("/nowhere/");
    await fetch("/refused/").catch(() => {});
}"""
_SPOIL = """() => {
    const main = document.querySelector("main");
    main.insertAdjacentHTML("beforeend", "<h1></h1><img src='/static/favicon.png'><p class='wide'>Wide</p>");
    main.querySelector(".wide").style.width = "90rem";
    document.title = "";
}"""


def test_whatever_goes_wrong_on_a_page_is_heard(visit: Visit) -> None:
    visitor = visit("employee")
    visitor.context.route("**/refused/", lambda route: route.abort("connectionrefused"))
    page = visitor.goto("/")
    page.evaluate(_GO_WRONG)
    eventually(lambda: page.title() and len(visitor.surprises()) >= len(HEARD), within=10)
    for pattern in HEARD:
        visitor.foresee(pattern)


def test_what_was_foreseen_and_did_not_happen_is_told(visit: Visit) -> None:
    visitor = visit("employee")
    visitor.goto("/")
    visitor.foresee("^404 GET /nowhere/$")
    assert visitor.surprises() == ["did not happen: ^404 GET /nowhere/$"]
    visitor.goto("/nowhere/", expecting=404)


def test_a_spoilt_page_is_found_out(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCREENSHOTS_DIR", raising=False)
    visitor = visit("employee")
    page = visitor.goto("/")
    visitor.foresee("^404 GET /static/favicon.png$")
    page.evaluate(_SPOIL)
    found = "\n".join(checks.faults(page, "spoilt"))
    for fault in ("image-alt", "its main headings", "its title", "at 320 px, too wide", "with text at 200 %, too wide"):
        assert fault in found


def test_the_cookies_are_kept_from_scripts_and_other_sites(visit: Visit) -> None:
    visitor = visit("employee")
    # Those in the window were put there by the tests: what counts is what the browser makes of the portal's own.
    visitor.context.clear_cookies()
    visitor.sign_in()
    page = visitor.goto("/incidents/report/")
    cookies = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    assert set(cookies) == {"session", "csrf"}
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Lax" for cookie in cookies.values())
    assert page.evaluate("() => document.cookie") == ""
