"""The pages of investigations in every state: who opens which, and what they do there first."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.policy_pages import Row

INVESTIGATIONS = "/investigations/"


def _as_it_is(_page: Page) -> None:
    pass


def _press(name: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator("main form").get_by_role("button", name=name).click()
        expect(page).to_have_title(re.compile("^Error: "))

    return press


def _open(state: str, *, follow: str = "", press: str = "") -> Callable[[Page], None]:
    """Open the newest investigation in this state, then follow a link of its page, and press a button there."""

    def act(page: Page) -> None:
        rows = page.get_by_role("row").filter(has=page.get_by_text(state, exact=True))
        rows.first.get_by_role("link").click()
        expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()
        if follow:
            page.locator("main").get_by_role("link", name=follow, exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(follow.split(maxsplit=1)[0])
        if press:
            _press(press)(page)

    return act


def rows() -> Iterator[Row]:
    """Every page with every state of it."""
    who, new = "investigator", f"{INVESTIGATIONS}new/"
    yield "investigations", who, INVESTIGATIONS, _as_it_is, 200, 0
    yield "investigations-auditor", "auditor", INVESTIGATIONS, _as_it_is, 200, 0
    yield "investigations-none-further", who, f"{INVESTIGATIONS}?after=0-0", _as_it_is, 200, 0
    yield "investigations-not-mine", "administrator", INVESTIGATIONS, _as_it_is, 404, 0
    yield "investigation-new", who, new, _as_it_is, 200, 0
    yield "investigation-new-with-nothing", who, new, _press("Open the investigation"), 200, 422
    yield "investigation-new-refused", "auditor", new, _as_it_is, 403, 0
    yield "investigation-open", who, INVESTIGATIONS, _open("Open"), 200, 0
    yield "investigation-open-member", "employee", INVESTIGATIONS, _open("Open"), 200, 0
    yield "investigation-closed", who, INVESTIGATIONS, _open("Closed"), 200, 0
    yield "investigation-auditor", "auditor", INVESTIGATIONS, _open("Open"), 200, 0
    add = {"follow": "Add a member"}
    yield "investigation-add", who, INVESTIGATIONS, _open("Open", **add), 200, 0
    yield "investigation-add-nobody", who, INVESTIGATIONS, _open("Open", **add, press="Add the member"), 200, 422
    close = {"follow": "Close the investigation"}
    yield "investigation-close", who, INVESTIGATIONS, _open("Open", **close), 200, 0
    closing = _open("Open", **close, press="Close the investigation")
    yield "investigation-close-with-nothing", who, INVESTIGATIONS, closing, 200, 422
