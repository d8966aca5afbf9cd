"""The report form in the browser."""

from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor

REPORT = "/incidents/report/"


def blank_report(visitor: Visitor) -> Page:
    """The report form with nothing in it, whatever this person left unfinished before."""
    visitor.post(f"{REPORT}discard/")
    page = visitor.goto(REPORT)
    expect(page.get_by_label("What happened?")).to_have_value("")
    return page
