"""The pages of access requests in every state: who opens which, and what they do there first."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.policy_pages import Row

ACCESS = "/access-requests/"
NEW, AWAITING, REVIEW = f"{ACCESS}new/", f"{ACCESS}awaiting/", f"{ACCESS}review/"
REGISTER, SECURITY = f"{ACCESS}register/", f"{ACCESS}security/"
STATES = "submitted returned approved active ending ended declined withdrawn".split()


def _as_it_is(_page: Page) -> None:
    pass


def _press(name: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator("main form").get_by_role("button", name=name, exact=True).click()
        expect(page).to_have_title(re.compile("^Error: |^Access|^ACC-"))
        expect(page.locator("#error-summary")).to_be_visible()

    return press


def _first(then: Callable[[Page], None] = _as_it_is, *, section: str = "main") -> Callable[[Page], None]:
    """Open the first request of the list, and go on there."""

    def act(page: Page) -> None:
        page.locator(section).locator("tbody th").get_by_role("link").first.click()
        expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()
        then(page)

    return act


def _follow(name: str, then: Callable[[Page], None] = _as_it_is) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator("main").get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Revoke")
        then(page)

    return act


def _decide(choice: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("radio", name=choice, exact=True).check()


def _other_site(page: Page) -> None:
    page.get_by_label("Another site").check()
    expect(page.get_by_label("Which other sites?")).to_be_visible()


def _draft(page: Page) -> None:
    page.get_by_role("row").filter(has_text="Draft").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()


def _together(then: Callable[[Page], None] = _as_it_is) -> Callable[[Page], None]:
    """Select all requests of one case, and decide about them together."""

    def act(page: Page) -> None:
        form = page.locator("main form").filter(has=page.get_by_role("button", name="Decide about those")).first
        for box in form.get_by_role("checkbox").all():
            box.check()
        form.get_by_role("button").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Decide about")
        then(page)

    return act


def _token(page: Page) -> None:
    page.get_by_label("Which machine is it?").fill("Proxy of the browser's tests")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_text("Copy it now.")).to_be_visible()


_GRANTING = _first(_press("Confirm the grant"), section="#grant")


def rows() -> Iterator[Row]:
    """Every page with every state of it."""
    yield "access-mine", "employee", ACCESS, _as_it_is, 200, 0
    yield "access-mine-none-further", "employee", f"{ACCESS}?after=0-0", _as_it_is, 200, 0
    yield "access-mine-none", "counsel", ACCESS, _as_it_is, 200, 0
    yield "access-new", "employee", NEW, _as_it_is, 200, 0
    yield "access-new-investigator", "investigator", NEW, _as_it_is, 200, 0
    yield "access-new-other-site", "employee", NEW, _other_site, 200, 0
    yield "access-new-with-nothing", "employee", NEW, _press("Send the request"), 200, 422
    yield "access-draft", "employee", ACCESS, _draft, 200, 0
    for state in STATES:
        yield f"access-{state}", "auditor", f"{REGISTER}?state={state}", _first(), 200, 0
    yield "access-awaiting", "supervisor", AWAITING, _as_it_is, 200, 0
    yield "access-awaiting-none", "administrator", AWAITING, _as_it_is, 200, 0
    yield "access-decide-approve", "supervisor", AWAITING, _first(_decide("Approve")), 200, 0
    yield "access-decide-return", "supervisor", AWAITING, _first(_decide("Return for changes")), 200, 0
    yield "access-decide-nothing", "supervisor", AWAITING, _first(_press("Send the decision")), 200, 422
    yield "access-together", "supervisor", AWAITING, _together(), 200, 0
    yield "access-together-nothing", "supervisor", AWAITING, _together(_press("Decide about all of them")), 200, 422
    yield "access-review", "supervisor", REVIEW, _as_it_is, 200, 0
    yield "access-review-none", "administrator", REVIEW, _as_it_is, 200, 0
    active = f"{REGISTER}?state=active"
    yield "access-revoke", "privacy-officer", active, _first(_follow("Revoke")), 200, 0
    revoking = _first(_follow("Revoke", _press("Revoke the access")))
    yield "access-revoke-nothing", "privacy-officer", active, revoking, 200, 422
    yield "access-security", "it-security", SECURITY, _as_it_is, 200, 0
    yield "access-grant", "it-security", SECURITY, _first(section="#grant"), 200, 0
    yield "access-grant-nothing", "it-security", SECURITY, _GRANTING, 200, 422
    yield "access-remove", "it-security", SECURITY, _first(section="#remove"), 200, 0
    yield "access-machines", "it-security", f"{SECURITY}machines/", _as_it_is, 200, 0
    yield "access-machines-token", "it-security", f"{SECURITY}machines/", _token, 200, 0
    yield "access-machines-nothing", "it-security", f"{SECURITY}machines/", _press("Make a token"), 200, 422
    yield "access-register", "privacy-officer", REGISTER, _as_it_is, 200, 0
    yield "access-figures", "auditor", f"{ACCESS}figures/", _as_it_is, 200, 0
    yield "access-figures-closed", "employee", f"{ACCESS}figures/", _as_it_is, 404, 0
