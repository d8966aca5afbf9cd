"""One report open in two tabs: neither undoes the other."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.reporting import REPORT, blank_report

SAVED = re.compile(r"Saved at \d")


def _types(page: Page, words: str) -> None:
    page.get_by_label("What happened?").fill(words)


def _sends(page: Page, words: str) -> None:
    _types(page, words)
    page.get_by_label("When did you find out?").fill("2026-01-05")
    page.get_by_role("radio", name="Yes, use my name").check()
    page.get_by_role("button", name="Send the report").click()


def test_a_tab_left_behind_says_so_and_overwrites_nothing(visit: Visit) -> None:
    visitor = visit("employee")
    first = blank_report(visitor)
    second = visitor.new_tab()
    second.goto(REPORT)
    _types(first, "Typed in the first tab,")
    expect(first.get_by_role("status")).to_have_text(SAVED)
    _types(first, "Typed in the first tab,\nand on.")
    expect(first.get_by_role("status")).to_have_text(SAVED)
    visitor.foresee("^409 POST /incidents/report/save/$")
    _types(second, "Typed in the second tab.")
    expect(second.get_by_role("status")).to_contain_text("This report is open in another tab or on another device")
    expect(second.get_by_label("What happened?")).to_have_value("Typed in the second tab.")
    first.reload()
    expect(first.get_by_label("What happened?")).to_have_value("Typed in the first tab,\nand on.")


def test_other_words_sent_after_the_report_was_sent_are_still_there(visit: Visit) -> None:
    visitor = visit("employee")
    first = blank_report(visitor)
    second = visitor.new_tab()
    second.goto(REPORT)
    _sends(first, "Typed in the first tab.")
    expect(first.get_by_role("heading", level=1)).to_have_text("Your report was received")
    # What is typed may be saved once more before it is sent, and is refused likewise.
    visitor.foresee("^409 POST /incidents/report/(save/)?$")
    _sends(second, "Typed in the second tab.")
    expect(second.get_by_role("link", name="write a message there")).to_be_visible()
    expect(second.get_by_label("What happened?")).to_have_value("Typed in the second tab.")
