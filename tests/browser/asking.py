"""Questions about policies in the browser."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

ASK = "/policies/1021/ask/?clause=ii-a"
QUESTIONS = "/policies/questions/"


def asked(visitor: Visitor, words: str, *, concerns: bool = False) -> str:
    """Ask on the page as it is; returns the address of the question."""
    page = visitor.goto(ASK)
    page.get_by_label("Your question").fill(words)
    if concerns:
        page.get_by_label("My question concerns my supervisor").check()
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question about 1021")
    return page.url.removeprefix(visitor.portal.address)


def open_first(section: str, *, press: str = "", follow: str = "") -> Callable[[Page], None]:
    """Open the first question of one section of the list, and press a button or follow a link of its page."""

    def act(page: Page) -> None:
        page.locator(f"#{section}").get_by_role("table").get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Question about")
        if press:
            page.locator("main").get_by_role("button", name=press).click()
            expect(page).to_have_title(re.compile("^Error: "))
        if follow:
            page.locator("main").get_by_role("link", name=follow).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(follow)

    return act


def publish_nothing(page: Page) -> None:
    """Publish the first answer there is with neither question nor answer."""
    open_first("yours", follow="Publish without names")(page)
    for label in ("The question", "The answer"):
        page.get_by_label(label).fill("")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_title(re.compile("^Error: "))


def send_none(page: Page) -> None:
    """Send the empty form."""
    page.get_by_role("button", name="Send the question").click()
    expect(page).to_have_title(re.compile("^Error: "))
