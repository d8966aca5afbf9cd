"""Reporting and triage without a mouse."""

import re

from playwright.sync_api import Page, expect

from tests.browser.casework import Cases
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.reporting import blank_report


def test_an_employee_reports_and_follows_it_by_keyboard_alone(visit: Visit) -> None:
    page = blank_report(visit("employee"))
    keys = Keyboard(page)
    keys.go_to(page.get_by_role("link", name="Skip to main content"))
    keys.press("Enter")
    keys.fill(page.get_by_label("What happened?"), "A post shows our intake desk.")
    keys.fill(page.get_by_label("When did you find out?"), "01052026")
    keys.choose(
        page.get_by_role("group", name="May the Privacy Office see your name?"), "No, keep my name confidential"
    )
    keys.choose(page.get_by_role("group", name="What kind of report is it?"), "I was asked for my account")
    keys.choose(page.get_by_role("group", name="How did they ask?"), "Suggested that I")
    keys.activate(page.get_by_role("checkbox", name="Change my privacy settings"), "Space")
    _name_a_colleague(keys)
    keys.activate(page.get_by_role("button", name="Send the report"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report was received")
    keys.activate(page.get_by_role("link", name="See your report"))
    expect(page.locator("#what")).to_contain_text("A post shows our intake desk.")
    keys.fill(page.get_by_label("Write to the Privacy Office"), "It happened again.")
    keys.activate(page.get_by_role("button", name="Send", exact=True), "Space")
    expect(page.locator("#thread")).to_contain_text("It happened again.")


def _name_a_colleague(keys: Keyboard) -> None:
    page = keys.page
    found = page.get_by_role("listbox", name="People found").get_by_role("option")
    keys.fill(page.get_by_role("combobox", name="Which employees were involved?"), "Samuel Ok")
    expect(found).to_have_count(1)
    keys.press("ArrowDown", "Enter")
    chosen = page.get_by_role("button", name="Remove Samuel Okafor")
    expect(chosen).to_be_visible()
    keys.go_to(chosen, by="Shift+Tab")


def test_someone_who_forgot_an_answer_is_led_to_it_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("employee")
    page = blank_report(visitor)
    keys = Keyboard(page)
    keys.fill(page.get_by_label("What happened?"), "A post shows our intake desk.")
    visitor.foresee("^422 POST /incidents/report/$")
    keys.activate(page.get_by_role("button", name="Send the report"))
    expect(page.locator("#error-summary")).to_be_focused()
    keys.activate(page.get_by_role("link", name="When did you find out?"))
    expect(page.get_by_label("When did you find out?")).to_be_focused()


def test_an_analyst_takes_a_case_up_and_weighs_it_by_keyboard_alone(visit: Visit, cases: Cases) -> None:
    reference = cases.reported()
    page = visit("privacy-analyst").goto("/")
    keys = Keyboard(page)
    keys.activate(page.get_by_role("navigation", name="Primary").get_by_role("link", name="Incidents"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Incidents")
    _narrow_to_new_ones(keys)
    page.goto(f"/incidents/{reference}/")
    keys.activate(page.get_by_role("button", name="Start triage"), "Space")
    expect(page.locator(".lead")).to_contain_text("In triage")
    keys.fill(page.get_by_label("Write to the reporter"), "Can you still see it?")
    keys.activate(page.get_by_role("button", name="Send to the reporter"))
    expect(page.locator("#thread")).to_contain_text("Can you still see it?")
    _weigh(keys, page)
    keys.activate(page.get_by_role("button", name="Begin review"))
    expect(page.locator(".lead")).to_contain_text("Under review")


def _narrow_to_new_ones(keys: Keyboard) -> None:
    state = keys.page.locator("main").get_by_label("State", exact=True)
    keys.go_to(state)
    keys.type("Rep")
    expect(state).to_have_value("reported")
    keys.activate(keys.page.get_by_role("button", name="Show"))
    expect(keys.page).to_have_url(re.compile("status=reported"))
    keys.page.wait_for_load_state()
    keys.go_to(keys.page.get_by_role("table").get_by_role("link").first)


def _weigh(keys: Keyboard, page: Page) -> None:
    keys.activate(page.get_by_role("link", name="Decide severity"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Decide the severity")
    keys.choose(page.get_by_role("group", name="How severe is it?"), "Moderate")
    keys.fill(page.get_by_label("Why?"), "Few people could see it.")
    keys.activate(page.get_by_role("button", name="Record the severity"))
    expect(page.locator("#severity")).to_contain_text("Moderate")


def test_the_way_down_and_back_up_a_long_list_is_seen(visit: Visit) -> None:
    page = visit("privacy-analyst").goto("/incidents/?status=closed")
    numbers = page.get_by_role("table").get_by_role("link")
    keys = Keyboard(page)
    keys.go_to(numbers.last)
    keys.go_to(numbers.first, by="Shift+Tab")


def test_the_menu_on_a_phone_opens_closes_and_leads_on_by_keyboard_alone(visit: Visit) -> None:
    page = visit("employee").goto("/")
    page.set_viewport_size({"width": 320, "height": 640})
    keys = Keyboard(page)
    keys.activate(page.get_by_role("button", name="Menu"))
    entry = page.get_by_role("navigation", name="Primary").get_by_role("link", name="My reports")
    expect(entry).to_be_visible()
    keys.press("Escape")
    expect(entry).to_be_hidden()
    expect(page.get_by_role("button", name="Menu")).to_be_focused()
    keys.press("Enter")
    keys.activate(entry)
    expect(page.get_by_role("heading", level=1)).to_have_text("My reports")
