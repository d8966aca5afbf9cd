"""The pages without sign-in, in the browser: what somebody does there who reports and comes back."""

import re

from playwright.sync_api import Page, expect

OUTSIDE, DOOR, LOST = "/report/", "/report/return/", "/report/lost/"
WORDS = "In the interview they wanted to look through my account."


def fill_in(page: Page) -> None:
    """The form of somebody who was asked for an account."""
    page.get_by_role("radio", name="I was asked for my account").check()
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_label("When was it?").fill("2026-01-05")
    page.get_by_role("radio", name="Required me to").check()
    page.get_by_role("radio", name="I applied for a job at DHS").check()


def send(page: Page) -> str:
    """A report, sent; returns the code on the page that follows."""
    fill_in(page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Save your code")
    found = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", page.locator("main").inner_text())
    assert found, "No code on the page"
    return found[0]


def save(page: Page) -> None:
    """The code is in safe hands."""
    page.get_by_role("checkbox", name="I have saved this code").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def come_back(page: Page, code: str) -> None:
    """The code opens the report."""
    page.goto(DOOR)
    page.get_by_label("Your 16-digit code").fill(code)
    page.get_by_role("button", name="Open my report").click()
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()


# --- What is done on a page before it is looked at -------------------------------------------------------------------


def choose_asked(page: Page) -> None:
    """What is asked of somebody who was asked."""
    page.get_by_role("radio", name="I was asked for my account").check()


def choose_seen(page: Page) -> None:
    """What is asked of somebody who saw something, with another site."""
    page.get_by_role("radio", name="I saw confidential information online").check()
    page.get_by_label("Which site or app was it on?").select_option("Another site or app")


def show_the_code(page: Page) -> None:
    """The page that shows a code."""
    send(page)


def go_on_without_a_tick(page: Page) -> None:
    """The same page again, with a sentence."""
    send(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("#error-summary")).to_be_focused()


def confirm(page: Page) -> None:
    """What happens next."""
    send(page)
    save(page)


def open_thread(page: Page) -> None:
    """The thread of a report, with a message."""
    come_back(page, send(page))
    page.get_by_label("Write to the Privacy Office").fill("It happened again.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("It happened again.")


def send_nothing(page: Page) -> None:
    """A message without words."""
    come_back(page, send(page))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#error-summary")).to_be_focused()


def come_too_late(page: Page) -> None:
    """A message typed when the visit was over."""
    come_back(page, send(page))
    page.context.clear_cookies(name="report")
    page.get_by_label("Write to the Privacy Office").fill("A long letter.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_label("What you wrote")).to_have_value("A long letter.")


def close(page: Page) -> None:
    """The page after the report is closed in this browser."""
    come_back(page, send(page))
    page.get_by_role("button", name="Close this page").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("closed in this browser")


def tell_without_code(page: Page) -> None:
    """What somebody without a code says, sent."""
    page.get_by_label("Number of the report").fill("INC-999999")
    page.get_by_label("What do you want to tell the Privacy Office?").fill("I remember who else was there.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("has what you wrote")
