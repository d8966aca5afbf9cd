"""Somebody who does not sign in: reports, is answered, comes back, by keyboard alone and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import checks, outside
from tests.browser.conftest import Visit
from tests.browser.files import screenshot
from tests.browser.keyboard import Keyboard
from tests.browser.outside import DOOR, OUTSIDE, WORDS


@pytest.mark.parametrize("scripts", [True, False])
def test_an_applicant_reports_is_answered_and_continues_with_the_code(scripts: bool, visit: Visit) -> None:
    applicant = visit(scripts=scripts)
    page = applicant.goto(OUTSIDE)
    page.get_by_label("Screenshots or other files").set_input_files([screenshot("request.png")])
    code = outside.send(page)
    expect(page.locator("main")).to_contain_text("request.png")
    reference = page.locator(".reference").inner_text()
    outside.save(page)
    _is_answered(visit("privacy-analyst").goto(f"/incidents/{reference}/"))
    outside.come_back(page, code)
    expect(page.locator("#thread")).to_contain_text("Who was in the room?")
    page.get_by_label("Write to the Privacy Office").fill("The manager and two others.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("The manager and two others.")
    page.get_by_role("button", name="Close this page").click()
    page.goto(DOOR)
    expect(page.get_by_label("Your 16-digit code")).to_be_visible()
    seen = visit("privacy-analyst").goto(f"/incidents/{reference}/")
    expect(seen.locator("#thread")).to_contain_text("The manager and two others.")


def _is_answered(case: Page) -> None:
    expect(case.locator("main")).to_contain_text(WORDS)
    case.get_by_label("Write to the reporter").fill("Who was in the room?")
    case.get_by_role("button", name="Send to the reporter").click()
    expect(case.locator("#thread")).to_contain_text("Who was in the room?")


def test_a_report_is_sent_and_opened_again_by_keyboard_alone(visit: Visit) -> None:
    page = visit().goto(OUTSIDE)
    keys = Keyboard(page)
    keys.choose(page.get_by_role("group", name="What do you want to report?"), "I was asked for my account")
    keys.fill(page.get_by_label("What happened?"), WORDS)
    keys.fill(page.get_by_label("When was it?"), "01052026")
    keys.choose(page.get_by_role("group", name="How did they ask?"), "Suggested that I")
    keys.choose(page.get_by_role("group", name="Who are you?"), "Neither")
    keys.activate(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Save your code")
    code = "".join(page.locator(".text-no-wrap").all_inner_texts())
    keys.activate(page.get_by_role("checkbox", name="I have saved this code"), "Space")
    keys.activate(page.get_by_role("button", name="Continue"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    keys.activate(page.get_by_role("link", name="Try your code now"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Come back to your report")
    keys.fill(page.get_by_label("Your 16-digit code"), code)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Messages")).to_be_visible()
    keys.activate(page.get_by_role("button", name="Close this page"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("closed in this browser")


def test_what_is_missing_is_said_and_nothing_typed_is_lost_without_scripts(visit: Visit) -> None:
    visitor = visit(scripts=False)
    page = visitor.goto(OUTSIDE)
    outside.fill_in(page)
    page.get_by_label("When was it?").fill("")
    visitor.foresee("^422 POST /report/$")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#error-summary")).to_contain_text("When was it?")
    expect(page.get_by_label("What happened?")).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="Required me to")).to_be_checked()


def test_who_tries_too_many_codes_reads_when_to_come_back_and_what_else_helps(visit: Visit) -> None:
    visitor = visit()
    page = visitor.goto(DOOR)
    visitor.foresee("^422 POST /report/return/$")
    visitor.foresee("^429 POST /report/return/$")
    for _ in range(11):
        page.get_by_label("Your 16-digit code").fill("0000 0000 0000 0000")
        page.get_by_role("button", name="Open my report").click()
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("Not opened yet: please wait until")
    expect(page.get_by_role("alert")).to_contain_text("Try again at")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(re.compile("^Not opened yet: "))
    expect(page.get_by_label("Your 16-digit code")).to_have_value("0000 0000 0000 0000")
    assert checks.faults(page, "201-outside-stopped") == []


def test_a_visit_ends_with_the_browser_and_leaves_a_sign_in_alone(visit: Visit) -> None:
    visitor = visit("employee")
    page = visitor.goto(OUTSIDE)
    expect(page.locator("main")).to_contain_text("not connected with your account")
    outside.come_back(page, outside.send(page))
    kept = {cookie["name"]: cookie for cookie in visitor.context.cookies()}
    assert kept["report"]["expires"] == -1
    assert kept["report"]["httpOnly"]
    page.get_by_role("button", name="Close this page").click()
    assert "report" not in {cookie["name"] for cookie in visitor.context.cookies()}
    visitor.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")


def test_the_way_to_the_page_is_on_the_sign_in_page(visit: Visit) -> None:
    page = visit().goto("/accounts/login/")
    page.get_by_role("link", name="Report without signing in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report without signing in")
