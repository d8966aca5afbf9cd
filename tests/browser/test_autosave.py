"""What is typed into a report outlives whatever happens to the page, the connection and the sign-in."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.files import screenshot
from tests.browser.reporting import REPORT, blank_report
from tests.browser.visitor import Visitor
from tests.eventually import eventually

WORDS = "A picture of our intake desk was posted; a case file can be read on it."
SAVED = re.compile(r"Saved at \d")


def _story(page: Page) -> Locator:
    return page.get_by_label("What happened?")


def _state(page: Page) -> Locator:
    """The line that says whether what was typed is saved."""
    return page.get_by_role("status")


def _writing(visitor: Visitor) -> Page:
    """A report begun: its first words typed and saved."""
    page = blank_report(visitor)
    _story(page).press_sequentially("A picture")
    expect(_state(page)).to_have_text(SAVED)
    return page


def _send(page: Page) -> None:
    page.get_by_role("button", name="Send the report").click()


def test_a_reload_keeps_every_answer(visit: Visit) -> None:
    page = blank_report(visit("employee"))
    _story(page).fill(WORDS)
    page.get_by_role("radio", name="No, keep my name confidential").check()
    page.get_by_role("radio", name="Confidential information was exposed").check()
    page.get_by_label("Screenshots or other evidence").set_input_files([screenshot("desk.png")])
    expect(page.get_by_role("link", name="desk.png", exact=True)).to_be_visible()
    expect(_state(page)).to_have_text(SAVED)
    page.reload()
    expect(_story(page)).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="No, keep my name confidential")).to_be_checked()
    expect(page.get_by_role("radio", name="Confidential information was exposed")).to_be_checked()
    expect(page.get_by_role("link", name="desk.png", exact=True)).to_be_visible()


def test_a_tab_closed_in_the_middle_of_a_word_keeps_it(visit: Visit) -> None:
    visitor = visit("employee")
    page = _writing(visitor)
    _story(page).press_sequentially(" of our inta")
    page.close(run_before_unload=True)
    reopened = visitor.new_tab()

    def typed() -> str:
        reopened.goto(REPORT)
        return _story(reopened).input_value()

    eventually(lambda: typed() == "A picture of our inta", within=15)


def test_another_device_shows_what_was_typed_on_this_one(visit: Visit) -> None:
    _writing(visit("employee"))
    elsewhere = visit("employee", another=True).goto("/")
    elsewhere.get_by_role("link", name="Finish it").click()
    expect(_story(elsewhere)).to_have_value("A picture")


def test_words_typed_without_a_connection_are_saved_once_it_is_back(visit: Visit) -> None:
    visitor = visit("employee")
    page = _writing(visitor)
    visitor.context.set_offline(True)
    _story(page).press_sequentially(", typed on a train")
    expect(_state(page)).to_contain_text("Offline")
    visitor.context.set_offline(False)
    expect(_state(page)).to_have_text(SAVED)
    page.reload()
    expect(_story(page)).to_have_value("A picture, typed on a train")


def test_an_expired_sign_in_is_renewed_in_another_tab_and_the_report_is_sent(visit: Visit) -> None:
    visitor = visit("employee")
    page = _writing(visitor)
    visitor.lose_sign_in()
    visitor.foresee("^401 POST /incidents/report/save/$")
    _story(page).press_sequentially(", typed over lunch")
    with visitor.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Sign in")
    visitor.sign_in(opened.value)
    # The page still has the token of the sign-in that expired; it fetches the new one by itself.
    visitor.foresee("^403 POST /incidents/report/save/$")
    page.bring_to_front()
    _story(page).press_sequentially(", and after it")
    expect(_state(page)).to_have_text(SAVED)
    page.get_by_label("When did you find out?").fill("2026-01-05")
    page.get_by_role("radio", name="Yes, use my name").check()
    _send(page)
    page.get_by_role("link", name="See your report").click()
    expect(page.locator("#what")).to_contain_text("A picture, typed over lunch, and after it")


def test_sending_with_an_expired_sign_in_loses_nothing_either(visit: Visit) -> None:
    visitor = visit("employee")
    page = _writing(visitor)
    visitor.lose_sign_in()
    _send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    visitor.sign_in()
    page.get_by_role("link", name="Finish it").click()
    expect(_story(page)).to_have_value("A picture")


def test_what_is_missing_is_said_on_top_and_nothing_typed_is_lost(visit: Visit) -> None:
    visitor = visit("employee")
    page = blank_report(visitor)
    _story(page).fill(WORDS)
    page.get_by_role("radio", name="I was asked for my account").check()
    page.get_by_role("radio", name="Asked me to").check()
    visitor.foresee("^422 POST /incidents/report/$")
    _send(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(_story(page)).to_have_value(WORDS)
    expect(page.get_by_role("radio", name="Asked me to")).to_be_checked()
    page.get_by_role("link", name="When did you find out?").press("Enter")
    expect(page.get_by_label("When did you find out?")).to_be_focused()


def test_a_password_is_stopped_at_its_field_and_never_kept(visit: Visit) -> None:
    page = blank_report(visit("employee"))
    _story(page).fill("They wanted my password: Tr0ub4dor&3")
    expect(_story(page)).to_have_attribute("aria-invalid", "true")
    expect(_story(page)).to_have_accessible_description(re.compile("password", re.IGNORECASE))
    expect(_state(page)).to_contain_text("except")
    _story(page).fill("They wanted my login.")
    expect(_story(page)).not_to_have_attribute("aria-invalid", "true")
    expect(_state(page)).to_have_text(SAVED)
    page.reload()
    expect(_story(page)).to_have_value("They wanted my login.")


def test_what_was_stopped_is_not_in_the_draft(visit: Visit) -> None:
    page = blank_report(visit("employee"))
    _story(page).fill("Their number is 123-45-6789.")
    expect(_story(page)).to_have_attribute("aria-invalid", "true")
    page.reload()
    expect(_story(page)).to_have_value("")


def test_a_file_named_like_a_password_is_stopped_with_a_reason(visit: Visit) -> None:
    visitor = visit("employee")
    page = blank_report(visitor)
    visitor.foresee("^422 POST /incidents/report/upload/$")
    page.get_by_label("Screenshots or other evidence").set_input_files([screenshot("password is hunter2.png")])
    expect(page.locator(".file__error")).to_contain_text(re.compile("password", re.IGNORECASE))
