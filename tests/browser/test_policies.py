"""A policy on its whole way in a real browser: written, approved, published, read, asked about, answered."""

import re

from playwright.sync_api import Page, expect

from tests.browser import checks
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard

TEXT = """## I. Purpose

(A) Umbrellas in the lobby belong to visitors.

(B) Nobody posts a picture of a visitor's umbrella.
"""


def _begin(page: Page, number: str, title: str) -> None:
    page.get_by_label("Number").fill(number)
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Begin the policy").click()
    expect(page.get_by_role("heading", name=f"Write policy {number}")).to_be_visible()


def _path(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def _write(page: Page) -> None:
    page.get_by_label("What changed in this version?").fill("The first version.")
    page.get_by_label("Text", exact=False).last.fill(TEXT)
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()


def _press(page: Page, name: str, said: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(said)).to_be_visible()


def test_a_policy_goes_from_its_author_to_a_published_answer(visit: Visit) -> None:
    author = visit("occe")
    page = author.goto("/policies/new/")
    _begin(page, "7001", "Umbrellas")
    page.get_by_label("Text", exact=False).last.fill(TEXT)
    expect(page.locator("#preview").get_by_text("Umbrellas in the lobby belong to visitors.")).to_be_visible()
    _write(page)
    _press(page, "Send for review", "The draft was sent for review.")
    draft = _path(page)
    page = visit("counsel").goto(draft)
    expect(page.locator("#text").get_by_text("Umbrellas in the lobby belong to visitors.")).to_be_visible()
    _press(page, "Approve", "You approved the draft.")
    page = author.goto(draft)
    _press(page, "Publish", "Published. The text is fixed for good.")
    _asked_and_answered(visit)


def _asked_and_answered(visit: Visit) -> None:
    reader = visit("employee")
    page = reader.goto("/policies/")
    page.get_by_label("Search all policies").fill("umbrella picture")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="I(B)", exact=True).click()
    expect(page.locator("#c-i-b")).to_be_in_viewport()
    page.get_by_role("link", name="Ask about I(B)").click()
    page.get_by_label("Your question").fill("Does it count if the umbrella is closed?")
    page.get_by_role("button", name="Send the question").click()
    question = _path(page)
    page = visit("supervisor").goto(question)
    page.get_by_role("button", name=re.compile("^Pass it on to")).click()
    page = visit("occe").goto(question)
    page.get_by_label("Your answer").fill("Yes, closed ones as well.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("link", name="Publish without names").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page = reader.goto("/policies/7001/")
    page.get_by_role("link", name="Answered questions about I(B)").click()
    answer = page.get_by_role("listitem").filter(has_text="Yes, closed ones as well.")
    expect(answer).to_be_visible()
    for name in ("Erin", "Whitfield", "Olivia", "Tran"):
        expect(answer).not_to_contain_text(name)
    assert checks.objections(page) == []


def test_a_policy_is_written_approved_and_published_by_keyboard_alone(visit: Visit) -> None:
    page = visit("occe").goto("/policies/new/")
    keys = Keyboard(page)
    keys.fill(page.get_by_label("Number"), "7002")
    keys.fill(page.get_by_label("Title"), "Lost property")
    keys.activate(page.get_by_role("button", name="Begin the policy"))
    expect(page.get_by_role("heading", name="Write policy 7002")).to_be_visible()
    keys.fill(page.get_by_label("What changed in this version?"), "The first version.")
    keys.fill(page.get_by_label("Text", exact=False).last, "(A) Hand it in.")
    keys.activate(page.get_by_role("button", name="Save the draft"))
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    keys.activate(page.get_by_role("button", name="Send for review"))
    expect(page.get_by_text("The draft was sent for review.")).to_be_visible()
    draft = _path(page)
    page = visit("counsel").goto(draft)
    Keyboard(page).activate(page.get_by_role("button", name="Approve"), "Space")
    expect(page.get_by_text("You approved the draft.")).to_be_visible()
    page = visit("occe").goto(draft)
    keys = Keyboard(page)
    keys.activate(page.get_by_role("button", name="Publish"))
    expect(page.get_by_text("Published. The text is fixed for good.")).to_be_visible()
    keys.activate(page.get_by_role("link", name="Ask about (A)"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask about (A)")


def test_without_scripts_a_policy_is_previewed_saved_approved_and_published(visit: Visit) -> None:
    author = visit("occe", scripts=False)
    page = author.goto("/policies/new/")
    page.get_by_label("Number").fill("7003")
    page.get_by_label("Title").fill("Parking")
    page.get_by_label("Who owns it?").fill("occe@dhs.example")
    page.get_by_role("button", name="Begin the policy").click()
    page.get_by_label("What changed in this version?").fill("The first version.")
    page.get_by_label("Text", exact=False).last.fill("(A) Park on the line.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("Park on the line.")
    expect(page.get_by_label("Text", exact=False).last).to_have_value("(A) Park on the line.")
    page.get_by_role("button", name="Save the draft").click()
    _press(page, "Send for review", "The draft was sent for review.")
    draft = _path(page)
    _press(visit("counsel", scripts=False).goto(draft), "Approve", "You approved the draft.")
    _press(author.goto(draft), "Publish", "Published. The text is fixed for good.")
    expect(visit("employee", scripts=False).goto("/policies/7003/").get_by_text("Park on the line.")).to_be_visible()


def test_what_changed_is_told_to_a_screen_reader_in_words(visit: Visit) -> None:
    page = visit("employee").goto("/policies/1021/compare/")
    told = page.locator("ol.changes").aria_snapshot()
    assert "[removed:" in told
    assert "[added:" in told
    assert "insertion" in told


def test_what_changed_is_marked_without_any_colour(visit: Visit) -> None:
    visitor = visit("employee")
    visitor.new_tab()
    page = visitor.goto("/policies/1021/compare/")
    page.emulate_media(forced_colors="active")
    line = "(each) => getComputedStyle(each).textDecorationLine"
    assert page.locator("del.cut").first.evaluate(line) == "line-through"
    assert page.locator("ins.new").first.evaluate(line) == "underline"


def test_what_changed_is_told_where_no_style_reaches(visit: Visit) -> None:
    page = visit("employee").goto("/policies/1021/compare/")
    page.evaluate("() => { for (const sheet of document.styleSheets) sheet.disabled = true; }")
    words = page.locator("ol.changes").inner_text()
    assert "[removed: share]" in words
    assert "[added: otherwise reveal]" in words
    line = "(each) => getComputedStyle(each).textDecorationLine"
    assert page.locator("ol.changes del").first.evaluate(line) == "line-through"
    assert page.locator("ol.changes ins").first.evaluate(line) == "underline"
