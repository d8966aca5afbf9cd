"""Nothing that is written of a policy is lost: on the way out, after a sign-in that ended, and where two write."""

import re

from playwright.sync_api import Dialog, Page, expect

from tests.browser import checks
from tests.browser.conftest import Visit
from tests.browser.visitor import Visitor


def _begun(visitor: Visitor, number: str, title: str) -> Page:
    """The page on which a new policy is written."""
    page = visitor.goto("/policies/new/")
    page.get_by_label("Number").fill(number)
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Begin the policy").click()
    expect(page.get_by_role("heading", name=f"Write policy {number}")).to_be_visible()
    return page


def _fill(page: Page, words: str) -> None:
    page.get_by_label("Text", exact=False).last.fill(words)


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save the draft").click()


def _path(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def _writing(visitor: Visitor) -> Page:
    """The page on which the draft of the demonstration is written."""
    page = visitor.goto("/policies/drafts/")
    page.get_by_role("row").filter(has_text="5005").get_by_role("link").click()
    page.locator("main").get_by_role("link", name="Write", exact=True).click()
    expect(page.get_by_role("heading", name="Write policy 5005")).to_be_visible()
    return page


def _leave(page: Page) -> list[str]:
    """Go back to the draft; returns what was asked on the way."""
    asked: list[str] = []

    def go(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", go)
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()
    if not asked:
        page.remove_listener("dialog", go)
    return asked


def test_whoever_leaves_with_unsaved_words_is_asked_first(visit: Visit) -> None:
    visitor, asked = visit("occe"), {}
    labels = ("Title", "What changed in this version?", "Text")
    for label in labels:
        page = _writing(visitor)
        page.get_by_label(label).last.press_sequentially("Not saved yet. ")
        asked[label] = _leave(page)
    assert asked == {label: ["beforeunload"] for label in labels}


def test_whoever_leaves_after_a_refusal_or_a_preview_is_asked_as_well(visit: Visit) -> None:
    visitor = visit("occe")
    page = _writing(visitor)
    page.get_by_label("Title").fill("")
    visitor.foresee("^422 POST")
    _save(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert _leave(page) == ["beforeunload"]
    page = _writing(visitor)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-unsaved]")).to_be_visible()
    assert _leave(page) == ["beforeunload"]


def test_whoever_changed_nothing_or_saves_is_not_asked(visit: Visit) -> None:
    visitor = visit("occe")
    assert _leave(_writing(visitor)) == []
    visitor.new_tab()
    page = _begun(visitor, "7004", "Bicycles")
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    _fill(page, "(A) Lock it.")
    _save(page)
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    assert asked == []


def test_saving_with_an_expired_sign_in_loses_nothing(visit: Visit) -> None:
    visitor = visit("occe")
    page = _begun(visitor, "7005", "Elevators")
    _fill(page, "(A) Let people out first.")
    expect(page.locator("#preview")).to_contain_text("Let people out first.")
    visitor.lose_sign_in()
    _save(page)
    trouble = page.get_by_role("alert").filter(has_text="You are signed out, so nothing was saved.")
    expect(trouble).to_be_visible()
    with visitor.context.expect_page() as opened:
        trouble.get_by_role("link", name="Sign in in a new tab").click()
    visitor.sign_in(opened.value)
    page.bring_to_front()
    # The page still has the token of the sign-in that expired; it fetches the new one by itself.
    visitor.foresee("^403 POST /policies/preview/$")
    _fill(page, "(A) Let people out first, then go in.")
    expect(page.locator("#preview")).to_contain_text("then go in.")
    _save(page)
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.locator("#text")).to_contain_text("Let people out first, then go in.")


def test_saving_while_the_portal_does_not_answer_loses_nothing(visit: Visit) -> None:
    visitor = visit("occe")
    page = _writing(visitor)
    visitor.context.set_offline(True)
    visitor.foresee("ERR_INTERNET_DISCONNECTED GET")
    _save(page)
    expect(page.get_by_role("alert")).to_contain_text("nothing was sent. What you typed is still here")
    visitor.context.set_offline(False)
    _save(page)
    expect(page.get_by_text("The draft is saved.")).to_be_visible()


def test_of_two_who_save_the_second_sees_what_the_first_changed_and_saves_again(visit: Visit) -> None:
    author = visit("occe")
    page = _begun(author, "7006", "Stairs")
    address = _path(page)
    other = visit("counsel").goto(address)
    other.get_by_label("Title").fill("Stairs and ramps")
    _fill(other, "(A) The stairs are for visitors.")
    _save(other)
    expect(other.get_by_text("The draft is saved.")).to_be_visible()
    _fill(page, "(A) The stairs are for guests.")
    author.foresee(f"^422 POST {address}$")
    _save(page)
    expect(page.locator("#error-summary")).to_contain_text("Carla Nguyen saved this draft while you wrote.")
    expect(page.locator("li.change").filter(has_text="Title")).to_contain_text("[removed: and ramps]")
    expect(page.locator("li.change").filter(has_text="(A)")).to_contain_text("[added: guests]")
    assert checks.faults(page, "301-draft-overtaken") == []
    _save(page)
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.locator("#text")).to_contain_text("for guests")


def test_a_draft_that_was_discarded_stays_on_record(visit: Visit) -> None:
    author = visit("occe")
    page = _begun(author, "7007", "Plants")
    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()
    draft = _path(page)
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft was discarded.")).to_be_visible()
    page = author.goto(draft)
    expect(page.get_by_text("It was discarded and is kept for the record.")).to_be_visible()
    assert checks.faults(page, "302-draft-discarded") == []
