"""Everything essential works in a browser that runs no script."""

from playwright.sync_api import Page, expect

from tests.browser.casework import Cases, finish_tasks
from tests.browser.conftest import Visit
from tests.browser.files import screenshot
from tests.browser.reporting import blank_report


def test_a_report_with_a_file_is_sent_and_answered(visit: Visit) -> None:
    page = blank_report(visit("supervisor", scripts=False))
    page.get_by_label("What happened?").fill("Someone wants everybody's friend requests accepted.")
    page.get_by_label("When did you find out?").fill("2026-01-05")
    page.get_by_role("radio", name="No, keep my name confidential").check()
    page.get_by_role("radio", name="I was asked for my account").check()
    page.get_by_role("radio", name="Asked me to").check()
    page.get_by_label("Screenshots or other evidence").set_input_files([screenshot("request.png")])
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your report was received")
    page.get_by_role("link", name="See your report").click()
    expect(page.locator("#evidence")).to_contain_text("request.png")
    page.get_by_label("Write to the Privacy Office").fill("It happened again today.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread")).to_contain_text("It happened again today.")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visit: Visit) -> None:
    visitor = visit("supervisor", scripts=False)
    page = blank_report(visitor)
    page.get_by_label("What happened?").fill("A post shows our intake desk.")
    page.get_by_label("Screenshots or other evidence").set_input_files([screenshot("kept.png")])
    visitor.foresee("^422 POST")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("#error-summary")).to_contain_text("When did you find out?")
    expect(page.get_by_label("What happened?")).to_have_value("A post shows our intake desk.")
    expect(page.get_by_role("link", name="kept.png", exact=True)).to_be_visible()
    page.get_by_role("button", name="Remove kept.png").click()
    expect(page.get_by_label("What happened?")).to_have_value("A post shows our intake desk.")
    expect(page.get_by_role("link", name="kept.png", exact=True)).to_have_count(0)


def test_an_unfinished_report_is_put_aside_and_finished_later(visit: Visit) -> None:
    page = blank_report(visit("supervisor", scripts=False))
    page.get_by_label("What happened?").fill("To be finished after lunch.")
    page.get_by_role("button", name="Save and finish later").click()
    page.get_by_role("link", name="Finish it").click()
    expect(page.get_by_label("What happened?")).to_have_value("To be finished after lunch.")


def test_a_case_is_taken_up_weighed_decided_and_closed(visit: Visit, cases: Cases) -> None:
    reference = cases.reported()
    _triages(visit("privacy-analyst", scripts=False).goto(f"/incidents/{reference}/"))
    page = visit("privacy-officer", scripts=False).goto(f"/incidents/{reference}/")
    page.get_by_role("link", name="Find it unsubstantiated").click()
    page.get_by_role("radio", name="It does not concern DHS").check()
    page.get_by_label("What was found, and on what evidence?").fill("It is another agency's desk.")
    page.get_by_role("button", name="Record the decision").click()
    finish_tasks(page)
    page.get_by_role("button", name="Close the case").click()
    expect(page.locator(".lead")).to_contain_text("Closed")


def _triages(page: Page) -> None:
    page.get_by_role("button", name="Start triage").click()
    page.get_by_label("Note for the Privacy Office").fill("Looks like another agency.")
    page.get_by_role("button", name="Add the note").click()
    expect(page.locator("#office")).to_contain_text("Looks like another agency.")
    page.get_by_role("link", name="Decide severity").click()
    page.get_by_role("radio", name="Low").check()
    page.get_by_label("Why?").fill("Nothing of ours is in it.")
    page.get_by_role("button", name="Record the severity").click()
    page.get_by_role("button", name="Begin review").click()
    expect(page.locator(".lead")).to_contain_text("Under review")


def test_someone_involved_is_named_by_employee_number(visit: Visit, cases: Cases) -> None:
    reference = cases.reported()
    admin = visit("administrator", scripts=False).goto("/people/?q=it-security")
    number = admin.locator("td[data-label='Employee number']").first.inner_text()
    page = visit("privacy-analyst", scripts=False).goto(f"/incidents/{reference}/people/")
    page.get_by_label("Who is involved?").fill(number)
    page.get_by_role("button", name="Name this person").click()
    expect(page.locator("#people")).to_contain_text("Ike Solomon")


def test_the_menu_stands_open_on_a_phone(visit: Visit) -> None:
    page = visit("employee", scripts=False).goto("/")
    page.set_viewport_size({"width": 320, "height": 640})
    page.get_by_role("navigation", name="Primary").get_by_role("link", name="My reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My reports")
