"""Asking about a policy, by keyboard alone and without a script; each test asks a question of its own."""

import re

from playwright.sync_api import expect

from tests.browser.asking import ASK, QUESTIONS, asked
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard


def test_an_employee_asks_about_a_clause_by_keyboard_alone_and_the_supervisor_answers_likewise(visit: Visit) -> None:
    page = visit("employee").goto(ASK)
    keys = Keyboard(page)
    expect(page.get_by_text("Samuel Okafor, your supervisor, will get this")).to_be_visible()
    keys.fill(page.get_by_label("Your question"), "May I post a picture of our lobby?")
    keys.activate(page.get_by_role("button", name="Send the question"))
    expect(page.get_by_text("Samuel Okafor has your question.")).to_be_visible()
    path = re.sub(r"^https?://[^/]+", "", page.url)
    page = visit("supervisor").goto(path)
    keys = Keyboard(page)
    keys.fill(page.get_by_label("Your answer"), "Only when it is empty.")
    keys.activate(page.get_by_role("button", name="Send the answer"))
    expect(page.locator("#answer")).to_contain_text("Only when it is empty.")
    expect(visit("employee").goto(path).locator("#answer")).to_contain_text("Only when it is empty.")


def test_a_question_that_concerns_the_supervisor_is_asked_by_keyboard_alone_and_hidden_from_them(visit: Visit) -> None:
    page = visit("employee").goto(ASK)
    keys = Keyboard(page)
    keys.fill(page.get_by_label("Your question"), "My supervisor asked for our passwords?")
    keys.activate(page.get_by_label("My question concerns my supervisor"), "Space")
    keys.activate(page.get_by_role("button", name="Send the question"))
    expect(page.get_by_text("It concerns your supervisor, who never sees it.")).to_be_visible()
    path = re.sub(r"^https?://[^/]+", "", page.url)
    visit("supervisor").goto(path, expecting=404)
    expect(visit("privacy-officer").goto(path).locator("#question")).to_contain_text("asked for our passwords?")


def test_someone_who_forgot_the_question_is_led_to_it_by_keyboard_alone(visit: Visit) -> None:
    visitor = visit("employee")
    page = visitor.goto(ASK)
    keys = Keyboard(page)
    keys.activate(page.get_by_label("My question concerns my supervisor"), "Space")
    visitor.foresee("^422 POST /policies/1021/ask/")
    keys.activate(page.get_by_role("button", name="Send the question"))
    expect(page.locator("#error-summary")).to_be_focused()
    keys.activate(page.get_by_role("link", name="Write your question."))
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_label("My question concerns my supervisor")).to_be_checked()


def test_without_a_script_a_question_is_asked_passed_on_answered_and_published(visit: Visit) -> None:
    employee = visit("employee", scripts=False)
    page = employee.goto(ASK)
    expect(page.get_by_text("Then Paul Brannigan, the owner of the policy, gets it instead.")).to_be_visible()
    path = asked(employee, "May I post a map of our county?")
    page = visit("supervisor", scripts=False).goto(path)
    page.get_by_role("button", name="Pass it on to Paul Brannigan").click()
    expect(page.get_by_text("Paul Brannigan has the question now.")).to_be_visible()
    owner = visit("privacy-officer", scripts=False)
    owner.foresee("^422 POST")
    page = owner.goto(path)
    page.get_by_label("Your answer").fill("A map shows nobody.")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("link", name="Publish without names").click()
    page.get_by_label("The question").fill("May one post a map, as Erin Whitfield asked?")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("#error-summary")).to_contain_text("Take out the name")
    expect(page.get_by_label("The question")).to_have_value("May one post a map, as Erin Whitfield asked?")
    page.get_by_label("The question").fill("May one post a map?")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("May one post a map?")).to_be_visible()
    page = employee.goto("/policies/1021/questions/")
    expect(page.get_by_text("A map shows nobody.")).to_be_visible()


def test_of_two_tabs_the_slower_answer_is_shown_with_the_reason_and_not_lost(visit: Visit) -> None:
    path = asked(visit("employee"), "May I post a picture of our sign?")
    visitor = visit("supervisor")
    page = visitor.goto(path)
    page.get_by_label("Your answer").fill("Ask me again next week.")
    other = visit("privacy-officer").goto(path)
    other.get_by_label("Your answer").fill("Yes.")
    other.get_by_role("button", name="Send the answer").click()
    expect(other.locator("#answer")).to_contain_text("Yes.")
    visitor.foresee(f"^409 POST {path}answer/$")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer was not sent")
    expect(page.locator("#written")).to_contain_text("Ask me again next week.")


def test_a_question_is_withdrawn_and_nobody_waits_for_it_any_more(visit: Visit) -> None:
    visitor = visit("employee")
    path = asked(visitor, "May I post a picture of our roof?")
    page = visitor.page
    page.get_by_role("button", name="Withdraw the question").click()
    expect(page.locator(".lead")).to_contain_text("Withdrawn")
    waiting = visit("supervisor").goto(QUESTIONS).locator("#waiting")
    expect(waiting).not_to_contain_text("picture of our roof")
    expect(visit("supervisor").goto(path).get_by_label("Your answer")).to_have_count(0)
