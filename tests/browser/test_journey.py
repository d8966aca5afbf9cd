"""An incident from the report to the closing, each person at their own window, told by mail at every turn."""

import re

from playwright.sync_api import Page, expect

from tests.browser.casework import finish_tasks
from tests.browser.conftest import Visit
from tests.browser.files import screenshot
from tests.browser.reporting import blank_report
from tests.browser.visitor import Visitor
from tests.eventually import eventually

MAIL_SECONDS = 60
SEEN = "A colleague posted a picture of the intake desk; an open case file can be read on it."


def test_an_incident_is_reported_taken_up_decided_and_closed_and_everyone_is_told(visit: Visit) -> None:
    employee, analyst, officer = visit("employee"), visit("privacy-analyst"), visit("privacy-officer")
    reference = _reports(employee)
    _reads_mail(employee, f"{reference}: your report was received", to="employee")
    _reads_mail(analyst, f"{reference}: a new incident report", to="privacy-analyst")
    _takes_it_up_and_asks(analyst, reference)
    _answers_by_way_of_the_mail(employee, reference)
    _reads_mail(analyst, f"{reference}: the reporter wrote", to="privacy-analyst")
    _weighs_it(analyst, reference)
    _reads_mail(officer, f"{reference}: ready for your decision", to="privacy-officer")
    _decides(officer, reference)
    _reads_mail(employee, f"{reference}: there is a decision", to="employee")
    _closes(analyst, reference)
    _reads_mail(employee, f"{reference}: closed", to="employee")
    page = employee.goto(f"/incidents/mine/{reference}/")
    expect(page.locator(".lead")).to_contain_text("Closed")


def _reports(employee: Visitor) -> str:
    page = blank_report(employee)
    page.get_by_label("What happened?").fill(SEEN)
    page.get_by_label("When did you find out?").fill("2026-01-05")
    page.get_by_role("radio", name="Yes, use my name").check()
    page.get_by_role("radio", name="Confidential information was exposed").check()
    page.get_by_label("Where was it?").select_option("Facebook")
    page.get_by_role("checkbox", name="Photograph").check()
    _names_a_colleague(page)
    page.get_by_label("Screenshots or other evidence").set_input_files([screenshot("desk.png")])
    expect(page.get_by_role("link", name="desk.png", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report was received")
    return page.locator(".reference").inner_text()


def _names_a_colleague(page: Page) -> None:
    page.get_by_role("combobox", name="Which employees were involved?").press_sequentially("Adam Kow")
    page.get_by_role("listbox", name="People found").get_by_role("option", name="Adam Kowalski").click()
    expect(page.get_by_role("button", name="Remove Adam Kowalski")).to_be_visible()


def _takes_it_up_and_asks(analyst: Visitor, reference: str) -> None:
    page = analyst.goto("/incidents/?status=reported&assignee=nobody")
    while not page.get_by_role("link", name=reference).is_visible():
        page.get_by_role("link", name="Next").click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text(SEEN)).to_be_visible()
    expect(page.locator("#people")).to_contain_text("Adam Kowalski")
    expect(page.locator("#evidence")).to_contain_text("desk.png")
    page.get_by_role("button", name="Start triage").click()
    expect(page.locator(".lead")).to_contain_text("In triage")
    page.get_by_label("Write to the reporter").fill("Can you still see the post?")
    page.get_by_role("button", name="Send to the reporter").click()
    expect(page.locator("#thread")).to_contain_text("Can you still see the post?")


def _answers_by_way_of_the_mail(employee: Visitor, reference: str) -> None:
    _reads_mail(employee, f"{reference}: the Privacy Office wrote to you", to="employee", follow=True)
    page = employee.page
    expect(page.locator("#thread")).to_contain_text("Can you still see the post?")
    page.get_by_label("Write to the Privacy Office").fill("It was gone this morning.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#thread")).to_contain_text("It was gone this morning.")


def _weighs_it(analyst: Visitor, reference: str) -> None:
    page = analyst.goto(f"/incidents/{reference}/")
    expect(page.locator("#thread")).to_contain_text("It was gone this morning.")
    page.get_by_role("link", name="Decide severity").click()
    page.get_by_role("radio", name="Moderate").check()
    page.get_by_label("Why?").fill("Few people could see it and it is contained.")
    page.get_by_role("button", name="Record the severity").click()
    page.get_by_role("button", name="Begin review").click()
    expect(page.locator(".lead")).to_contain_text("Under review")


def _decides(officer: Visitor, reference: str) -> None:
    page = officer.goto(f"/incidents/{reference}/")
    page.get_by_role("link", name="Find it substantiated").click()
    page.get_by_label("What was found, and on what evidence?").fill("The screenshot shows the file.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator(".lead")).to_contain_text("Substantiated")


def _closes(analyst: Visitor, reference: str) -> None:
    page = analyst.goto(f"/incidents/{reference}/")
    finish_tasks(page)
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator(".lead")).to_contain_text("Closed")
    expect(page.locator("#timeline")).to_contain_text(re.compile("closed", re.IGNORECASE))


def _reads_mail(reader: Visitor, subject: str, *, to: str, follow: bool = False) -> None:
    """Wait for the mail, which says nothing of what happened; its link leads to the record."""
    page = reader.page
    message = page.get_by_role("article").filter(has_text=subject).filter(has_text=f"To {to}@dhs.example")
    eventually(lambda: page.goto("/demo/mail/") and message.count(), within=MAIL_SECONDS)
    assert message.count() == 1
    expect(message).not_to_contain_text("intake desk")
    if follow:
        message.get_by_role("link").first.click()
