"""Someone at the portal in a real browser, who writes down everything that goes wrong there."""

import re
from collections.abc import Iterable
from http.cookies import Morsel
from typing import Any
from uuid import uuid4

from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from tests.browser.portal import Portal

DESK: ViewportSize = {"width": 1280, "height": 900}

# What the browser refuses for the policy's sake is said aloud, so that it is heard like any other complaint.
_HEAR_REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) => {
    const place = `${event.sourceFile}:${event.lineNumber}`;
    console.error(`Against the policy: ${event.violatedDirective} ${event.blockedURI} ${place}`);
});
"""
# Chromium remarks on every refusal and failure, without saying of what; those are heard with their address instead.
_REMARK = "Failed to load resource"
# What a page still asked for when its visitor went on to the next one.
_GIVEN_UP = "net::ERR_ABORTED"


# A page without a script, where a window waits for whoever needs one next.
_RESTING_PLACE = "/healthz"
_HAS_FORM = "() => document.querySelector('main form') !== null"


class Visitor:
    """A person's browser window: `page` is the tab in front, `complaints` what went wrong in any tab.

    The window outlives a test. What a test adds to a tab itself (a listener, an emulation) belongs into a new one.
    """

    def __init__(self, browser: Browser, portal: Portal, slug: str = "", *, scripts: bool = True) -> None:
        self.portal = portal
        self.slug = slug
        self.scripts = scripts
        self.complaints: list[str] = []
        self._foreseen: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=portal.address, viewport=DESK, java_script_enabled=scripts, reduced_motion="reduce"
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(_HEAR_REFUSALS)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))
        self.context.on("response", self._look_at)
        self.context.on("requestfailed", self._miss)
        self._cookies = dict(portal.client(slug).cookies)
        self._bring(self._cookies.values())
        self.page: Page = self.context.new_page()

    # --- From one test to the next

    def leave(self) -> bool:
        """Tidy up for the next test; return False where the window must not be used again."""
        if not self._is_signed_in_as_before():
            return False
        self.context.set_offline(False)
        self.context.unroute_all()
        tabs = self.context.pages
        self.page = tabs[0] if tabs else self.context.new_page()
        for tab in tabs[1:]:
            tab.close()
        # What a form's script sends when its page is left, it sends before the next test begins.
        if self.scripts and self.page.evaluate(_HAS_FORM):
            self.page.goto(_RESTING_PLACE)
        if self.page.viewport_size != DESK:
            self.page.set_viewport_size(DESK)
        return True

    def begin(self) -> None:
        """Forget what went wrong before and while the last test was tidied up after."""
        self.complaints.clear()
        self._foreseen.clear()

    def close(self) -> None:
        """Close the window."""
        self.context.close()

    def _is_signed_in_as_before(self) -> bool:
        kept = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
        for name in kept.keys() - self._cookies.keys():
            self.context.clear_cookies(name=name)
        return all(kept.get(name) == cookie.value for name, cookie in self._cookies.items())

    def _bring(self, cookies: Iterable[Morsel[str]]) -> None:
        address = self.portal.address
        self.context.add_cookies(
            [
                {"name": each.key, "value": each.value, "url": address, "httpOnly": True, "sameSite": "Lax"}
                for each in cookies
            ]
        )

    # --- Going about

    def goto(self, path: str, *, expecting: int = 200) -> Page:
        """Open an address of the portal in the tab in front."""
        if expecting >= 400:
            self.foresee(rf"{expecting} GET {re.escape(path)}$")
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == expecting, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, page: Page | None = None) -> None:
        """Sign in with one click on the demonstration's page, in this tab or another."""
        tab = page or self.page
        tab.goto("/demo/")
        tab.locator(f"button[formaction='/demo/sign-in/{self.slug}/']").click()
        expect(tab.get_by_role("heading", level=1)).to_contain_text("Hello")

    def lose_sign_in(self) -> None:
        """The sign-in expires, as after a long lunch."""
        self.context.clear_cookies(name="session")

    def post(self, path: str, **answers: Any) -> APIResponse:
        """Send a form straight to the portal, as this person; only to prepare what a test then looks at."""
        token = next(c["value"] for c in self.context.cookies() if c["name"] == "csrf")
        form = {"csrfmiddlewaretoken": token, "submission": str(uuid4()), **answers}
        answer = self.context.request.post(path, form=form)
        assert answer.ok, f"{path} answered {answer.status}"
        return answer

    def new_tab(self) -> Page:
        """Open another tab beside the one in front, which it becomes."""
        self.page = self.context.new_page()
        return self.page

    # --- What went wrong

    def foresee(self, pattern: str) -> None:
        """Something about to go wrong on purpose; it must happen, and nothing else may."""
        self._foreseen.append(pattern)

    def surprises(self) -> list[str]:
        """What went wrong without being foreseen, and what was foreseen and did not happen."""
        unforeseen = [said for said in self.complaints if not any(re.search(each, said) for each in self._foreseen)]
        missing = [each for each in self._foreseen if not any(re.search(each, said) for said in self.complaints)]
        return unforeseen + [f"did not happen: {each}" for each in missing]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_REMARK):
            self.complaints.append(f"console: {message.text}")

    def _look_at(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {_named(response.request, self.portal.address)}")

    def _miss(self, request: Request) -> None:
        if request.failure != _GIVEN_UP:
            self.complaints.append(f"{request.failure} {_named(request, self.portal.address)}")


def _named(request: Request, address: str) -> str:
    return f"{request.method} {request.url.removeprefix(address)}"
