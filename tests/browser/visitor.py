"""Someone at the portal in a real browser, who writes down everything that goes wrong there."""

import re
from typing import Any
from uuid import uuid4

from playwright.sync_api import APIResponse, Browser, BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.browser.portal import Portal

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


class Visitor:
    """A person's browser window: `page` is the tab in front, `complaints` what went wrong in any tab."""

    def __init__(self, browser: Browser, portal: Portal, slug: str = "", *, scripts: bool = True) -> None:
        self.portal = portal
        self.slug = slug
        self.complaints: list[str] = []
        self._foreseen: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=portal.address,
            viewport={"width": 1280, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            storage_state=portal.sign_ins.get(slug),
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(_HEAR_REFUSALS)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.complaints.append(f"error in a script: {error.error}"))
        self.context.on("response", self._look_at)
        self.context.on("requestfailed", self._miss)
        if slug and slug not in portal.sign_ins:
            self._come_in()
        self.page: Page = self.context.new_page()

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

    def leave(self) -> None:
        """Close the window."""
        self.context.close()

    def surprises(self) -> list[str]:
        """What went wrong without being foreseen, and what was foreseen and did not happen."""
        unforeseen = [said for said in self.complaints if not any(re.search(each, said) for each in self._foreseen)]
        missing = [each for each in self._foreseen if not any(re.search(each, said) for said in self.complaints)]
        return unforeseen + [f"did not happen: {each}" for each in missing]

    def _come_in(self) -> None:
        page = self.context.new_page()
        self.sign_in(page)
        page.close()
        self.portal.sign_ins[self.slug] = self.context.storage_state()

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
