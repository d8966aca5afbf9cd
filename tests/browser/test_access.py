"""A request for access from its first line to the removal, in real browsers; each test asks for access of its own."""

import re

from playwright.sync_api import Page, expect

from tests.browser.access_pages import NEW, SECURITY
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.portal import Portal

PURPOSE = {
    "What do you need to look at": "Look at posts that offer benefit cards for sale.",
    "Which case or program task": "I check reports of card fraud in this case.",
    "Why is it not enough": "The group shows its posts to members only.",
}


def asked_for(page: Page, case: str, *, for_today: bool = False) -> str:
    """Fill in the request as it stands before someone, send it, and give its address."""
    page.get_by_label("Facebook").check()
    for label, words in PURPOSE.items():
        page.get_by_label(label).fill(words)
    page.get_by_label(re.compile("ase or task number")).fill(case)
    if for_today:
        page.get_by_label("Last day").fill(page.get_by_label("First day").input_value())
    page.get_by_label("On which device?").fill("LT-20417")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Your request was sent.")).to_be_visible()
    return re.sub(r"^https?://[^/]+", "", page.url)


def approved(page: Page) -> None:
    """Whoever sees the request approves it."""
    page.get_by_role("radio", name="Approve", exact=True).check()
    page.get_by_role("button", name="Send the decision").click()
    expect(page.get_by_text("You approved it.")).to_be_visible()


def granted(page: Page) -> None:
    """IT Security confirms what it set up."""
    page.get_by_label("What did you set up?").fill("Proxy group social-inv")
    page.get_by_label("Where?").fill("Proxy 2")
    page.get_by_role("button", name="Confirm the grant").click()
    expect(page.locator("main")).to_contain_text("Access in force")


def removed(page: Page, path: str) -> None:
    """IT Security finds it among what is to be removed, and confirms the removal."""
    page.get_by_role("link", name=f"ACC-{path.split('/')[-2]}").click()
    page.get_by_label("Where did you remove it?").fill("Proxy 2")
    page.get_by_role("button", name="Confirm the removal").click()
    expect(page.get_by_text("The removal is confirmed.")).to_be_visible()


def test_a_request_passes_three_links_is_granted_runs_out_and_is_removed(visit: Visit, portal: Portal) -> None:
    page = visit("caseworker").goto(NEW)
    expect(page.locator("#chain").get_by_role("listitem")).to_have_count(3)
    path = asked_for(page, "BR-2026-0003", for_today=True)
    links = ["team-lead", "supervisor", "office-head"]
    for place, link in enumerate(links):
        for later in links[place + 1 :]:
            visit(later).goto(path, expecting=404)
        approved(visit(link).goto(path))
    granted(visit("it-security").goto(path))
    portal.do("access_requests.tasks.end_what_has_run_out", days=1)
    expect(visit("caseworker").goto(path).locator("main")).to_contain_text("Its last day has passed.")
    removed(visit("it-security").goto(SECURITY), path)
    expect(visit("auditor").goto(path).locator("#timeline")).to_contain_text("Confirmed that access was removed")


def test_access_no_longer_needed_is_given_back_and_removed(visit: Visit) -> None:
    page = visit("employee").goto(NEW)
    expect(page.locator("#chain")).to_contain_text("Samuel Okafor")
    path = asked_for(page, "BR-2026-0001")
    for link in ("supervisor", "office-head"):
        approved(visit(link).goto(path))
    granted(visit("it-security").goto(path))
    page = visit("employee").goto(path)
    page.get_by_role("button", name="I no longer need it").click()
    expect(page.get_by_text("Your access is over.")).to_be_visible()
    removed(visit("it-security").goto(SECURITY), path)


def test_without_a_script_access_is_asked_for_and_returned_for_changes(visit: Visit) -> None:
    path = asked_for(visit("employee", scripts=False).goto(NEW), "BR-2026-0002")
    page = visit("supervisor", scripts=False).goto(path)
    page.get_by_role("radio", name="Return for changes").check()
    page.get_by_label("Why do you return it?").select_option("The time is too long or does not fit")
    page.get_by_label("Your words to the requester").fill("Ten days are enough.")
    page.get_by_role("button", name="Send the decision").click()
    page = visit("employee", scripts=False).goto(path)
    expect(page.locator("#chain")).to_contain_text("Ten days are enough.")
    page.get_by_role("link", name="Change the request").click()
    expect(page.get_by_label("On which device?")).to_have_value("LT-20417")


def test_someone_who_forgot_the_purpose_is_led_to_it_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("employee")
    page = visitor.goto(NEW)
    keys = Keyboard(page)
    keys.activate(page.get_by_label("Facebook"), "Space")
    keys.fill(page.get_by_label("On which device?"), "LT-20417")
    visitor.foresee(f"^422 POST {NEW}")
    keys.activate(page.get_by_role("button", name="Send the request"))
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.get_by_text("State a specific investigative purpose.").first).to_be_visible()
    expect(page.get_by_label("On which device?")).to_have_value("LT-20417")
    expect(page.get_by_label("Facebook")).to_be_checked()
