"""One report open in two tabs: neither undoes the other."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.reporting import REPORT, blank_report

SAVED = re.compile(r"Saved at \d")


def _types(page: Page, words: str) -> None:
    page.get_by_label("What happened?").fill(words)


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
    for page, words in ((first, "Typed in the first tab."), (second, "Typed in the second tab.")):
        _types(page, words)
        page.get_by_label("When did you find out?").fill("2026-01-05")
        page.get_by_role("radio", name="Yes, use my name").check()
        if page is second:
            visitor.foresee("^409 POST /incidents/report/$")
        page.get_by_role("button", name="Send the report").click()
    expect(second.get_by_role("alert")).to_contain_text("You already sent this report as INC-")
    expect(second.get_by_label("What happened?")).to_have_value("Typed in the second tab.")
    expect(second.get_by_role("link", name="write a message there")).to_be_visible()
