"""What the small scripts add for someone who fills in a form in a real browser."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from playwright.sync_api import Browser, Request, Route, expect

from people.layout import PeoplePicker, form_helper
from tests.worklist.browsing import Answer, Stage, chromium, on_stage
from tests.worklist.sample import Sample

pytestmark = pytest.mark.browser
SAVED = (200, {"saved_at": "2026-11-22T16:42:00Z", "errors": {}})
COUNT_SUBMISSIONS = """() => {
    window.sent = 0;
    window.addEventListener("submit", (event) => { sent += !event.defaultPrevented; event.preventDefault(); });
}"""
FOUND = [
    {"id": 7, "name": "Mara Quinn", "title": "Case worker", "unit": "Pulaski County"},
    {"id": 9, "name": "Marcus Bell", "title": "", "unit": ""},
]


def page_with(form: forms.Form) -> str:
    """A whole page around a form."""
    source = (
        "{% extends 'base.html' %}{% load crispy_forms_tags %}{% block heading %}Report{% endblock %}"
        "{% block content %}{% crispy form %}{% endblock %}"
    )
    return Template(source).render(Context({"form": form, "csrf_token": "token", "demo": True}))


def always(answer: Answer) -> Callable[[Request], Answer]:
    """A server that says the same to everyone."""
    return lambda _request: answer


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for this module; it must not live longer, for its event loop keeps Django's queries away."""
    with chromium() as started:
        yield started


@pytest.fixture
def writing(browser: Browser) -> Iterator[Stage]:
    """Someone writing a report that saves itself."""
    with on_stage(browser, page_with(Sample())) as stage:
        stage.answers["autosave/"] = always(SAVED)
        yield stage


def state(stage: Stage) -> Any:
    """The line that says whether what was typed is saved."""
    return stage.page.get_by_role("status")


# --- Saving as one types ---------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_and_the_page_says_when(writing: Stage) -> None:
    writing.page.get_by_label("What happened?").fill("A photograph was posted.")
    expect(state(writing)).to_contain_text(re.compile(r"Saved at \d"))
    assert "A photograph was posted." in writing.bodies("autosave/")[0]
    assert "token" in writing.bodies("autosave/")[0]


def test_what_a_screen_stops_is_said_at_the_field_and_taken_back_once_mended(writing: Stage) -> None:
    stopped = {"saved_at": "2026-11-22T16:42:00Z", "errors": {"what": ["Do not enter a password."]}}
    writing.answers["autosave/"] = always((200, stopped))
    asked = writing.page.get_by_label("What happened?")
    asked.fill("the password is hunter2")
    expect(asked).to_have_accessible_description(re.compile("Do not enter a password."))
    expect(asked).to_have_attribute("aria-invalid", "true")
    writing.answers["autosave/"] = always(SAVED)
    asked.fill("A login was posted.")
    expect(asked).not_to_have_attribute("aria-invalid", "true")
    expect(writing.page.get_by_text("Do not enter a password.")).to_have_count(0)


def test_a_lost_connection_keeps_the_words_and_saves_them_on_its_return(writing: Stage) -> None:
    writing.page.context.set_offline(True)
    writing.page.get_by_label("What happened?").fill("Typed on a train.")
    expect(state(writing)).to_contain_text("Offline")
    assert writing.bodies("autosave/") == []
    writing.page.context.set_offline(False)
    expect(state(writing)).to_contain_text("Saved")
    assert "Typed on a train." in writing.bodies("autosave/")[0]


def test_an_expired_sign_in_offers_a_new_tab_and_loses_nothing(writing: Stage) -> None:
    writing.answers["autosave/"] = always((401, {}))
    writing.page.get_by_label("What happened?").fill("Written over lunch.")
    way_in = writing.page.get_by_role("link", name="Sign in in a new tab")
    expect(way_in).to_have_attribute("target", "_blank")
    expect(writing.page.get_by_label("What happened?")).to_have_value("Written over lunch.")


def test_signing_in_again_elsewhere_is_noticed_and_saving_goes_on(writing: Stage) -> None:
    def only_with_the_new_token(request: Request) -> Answer:
        return SAVED if "fresh" in (request.post_data or "") else (403, {})

    writing.answers["autosave/"] = only_with_the_new_token
    writing.html = writing.html.replace('value="token"', 'value="fresh"')
    writing.page.get_by_label("What happened?").fill("Signed in again in another tab.")
    expect(state(writing)).to_contain_text("Saved")


def test_each_save_says_which_state_of_the_draft_it_builds_on(writing: Stage) -> None:
    asked = writing.page.get_by_label("What happened?")
    asked.fill("A photograph")
    expect(state(writing)).to_contain_text("Saved at")
    writing.answers["autosave/"] = always((200, {"saved_at": "2026-11-22T16:43:00Z", "errors": {}}))
    with writing.page.expect_response("**/autosave/"):
        asked.fill("A photograph was posted.")
    first, second = writing.bodies("autosave/")
    assert "2026-11-22T16:42:00Z" not in first
    assert "2026-11-22T16:42:00Z" in second
    assert "unanswered" not in second


def test_a_save_that_got_no_answer_is_mentioned_in_the_next(writing: Stage) -> None:
    asked = writing.page.get_by_label("What happened?")
    writing.answers["autosave/"] = always((503, {}))
    asked.fill("Two\nlines")
    expect(state(writing)).to_contain_text("Not saved yet")
    writing.answers["autosave/"] = always(SAVED)
    asked.fill("Two\nlines, and more")
    expect(state(writing)).to_contain_text("Saved at")
    assert "what=Two%0D%0Alines&" in writing.bodies("autosave/")[1]


def test_a_page_overtaken_by_another_tab_says_so_keeps_the_words_and_saves_no_more(writing: Stage) -> None:
    asked = writing.page.get_by_label("What happened?")
    writing.answers["autosave/"] = always((409, {"error": "This report is open in another tab."}))
    asked.fill("Typed in the second tab.")
    expect(state(writing)).to_have_text("This report is open in another tab.")
    asked.fill("Typed in the second tab, and on.")
    writing.page.evaluate("window.dispatchEvent(new Event('online'))")
    writing.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    expect(asked).to_have_value("Typed in the second tab, and on.")
    assert len(writing.bodies("autosave/")) == 1


# --- Files -----------------------------------------------------------------------------------------------------------


def png(name: str) -> Any:
    """A file as a person would choose it."""
    return {"name": name, "mimeType": "image/png", "buffer": b"\x89PNG"}


def test_a_chosen_file_is_sent_at_once_and_can_be_taken_back(writing: Stage) -> None:
    kept = {"id": "f1", "name": "shot.png", "size": 2048, "url": "/attachments/f1/", "preview_url": None}
    writing.answers |= {"upload/": always((201, kept)), "remove/": always((204, {}))}
    writing.page.get_by_label("Evidence").set_input_files([png("shot.png")])
    expect(writing.page.get_by_role("link", name="shot.png")).to_have_attribute("href", "/attachments/f1/")
    expect(writing.page.locator("[data-upload-status]")).to_have_text("shot.png was added.")
    writing.page.get_by_role("button", name="Remove shot.png").press("Enter")
    expect(writing.page.get_by_role("link", name="shot.png")).to_have_count(0)
    assert "f1" in writing.bodies("remove/")[0]


def test_a_refused_file_says_why_in_words(writing: Stage) -> None:
    writing.answers["upload/"] = always((422, {"error": "Programs cannot be added."}))
    writing.page.get_by_label("Evidence").set_input_files([png("tool.exe")])
    expect(writing.page.get_by_text("Programs cannot be added.", exact=True)).to_be_visible()


def test_a_file_too_large_for_the_server_is_explained_too(writing: Stage) -> None:
    writing.answers["upload/"] = always((413, {}))
    writing.page.get_by_label("Evidence").set_input_files([png("film.png")])
    expect(writing.page.get_by_text("This file is too large.", exact=True)).to_be_visible()


def test_the_form_waits_until_its_files_have_been_sent(writing: Stage) -> None:
    held: list[Route] = []
    writing.page.route("**/upload/", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks what it calls
    writing.page.evaluate(COUNT_SUBMISSIONS)
    waiting = writing.page.get_by_text("Wait until your files have been sent.")
    with writing.page.expect_request("**/upload/") as upload:
        writing.page.get_by_label("Evidence").set_input_files([png("shot.png")])
    assert b'name="draft"' in (upload.value.post_data_buffer or b"")
    send = writing.page.get_by_role("button", name="Send")
    send.click()
    expect(waiting).to_be_visible()
    expect(send).to_have_attribute("aria-disabled", "true")
    assert writing.page.evaluate("window.sent") == 0
    held[0].fulfill(status=409, json={"error": "You already sent this report."})
    expect(waiting).to_have_count(0)
    expect(send).not_to_have_attribute("aria-disabled", "true")
    expect(writing.page.get_by_text("You already sent this report.", exact=True)).to_be_visible()
    send.click()
    assert writing.page.evaluate("window.sent") == 1


# --- Parts that appear as they apply ---------------------------------------------------------------------------------


def test_a_question_appears_with_its_answer_and_keeps_what_was_typed(writing: Stage) -> None:
    address = writing.page.get_by_label("Address of the post")
    elsewhere = writing.page.get_by_label("Somewhere else")
    expect(address).to_be_hidden()
    elsewhere.check()
    address.fill("https://example.org/post")
    elsewhere.uncheck()
    expect(address).to_be_hidden()
    elsewhere.check()
    expect(address).to_have_value("https://example.org/post")


# --- What went wrong -------------------------------------------------------------------------------------------------


def test_focus_goes_to_what_is_wrong_and_from_there_to_the_question(browser: Browser) -> None:
    with on_stage(browser, page_with(Sample({}))) as stage:
        expect(stage.page.locator("#error-summary")).to_be_focused()
        stage.page.get_by_role("link", name="May we use your name?").press("Enter")
        expect(stage.page.get_by_label("Yes, use my name")).to_be_focused()


def test_a_second_press_sends_nothing_twice(writing: Stage) -> None:
    writing.page.evaluate(COUNT_SUBMISSIONS)
    writing.page.evaluate("document.forms[0].requestSubmit(); document.forms[0].requestSubmit();")
    assert writing.page.evaluate("window.sent") == 1


# --- Finding people --------------------------------------------------------------------------------------------------


class Involved(forms.Form):
    """Who was involved: ids from the directory, or words."""

    people = forms.CharField(widget=forms.HiddenInput, required=False)
    described = forms.CharField(label="Who was involved?", required=False)
    helper = form_helper(PeoplePicker("people", typed="described"))


@pytest.fixture
def looking(browser: Browser) -> Iterator[Stage]:
    """Someone looking for colleagues."""
    with on_stage(browser, page_with(Involved())) as stage:
        yield stage


def test_a_colleague_is_found_and_chosen_by_keyboard_alone(looking: Stage) -> None:
    looking.answers["people/find/"] = always((200, {"people": FOUND}))
    box = looking.page.get_by_role("combobox", name="Who was involved?")
    box.press_sequentially("mar")
    expect(looking.page.get_by_role("option")).to_have_count(2)
    box.press("ArrowDown")
    expect(looking.page.get_by_role("option", selected=True)).to_contain_text("Mara Quinn")
    box.press("Enter")
    assert looking.page.locator("[name=people]").input_value() == "7"
    expect(box).to_have_value("")
    looking.page.get_by_role("button", name="Remove Mara Quinn").press("Enter")
    expect(looking.page.locator("[name=people]")).to_have_count(0)


def test_somebody_who_is_not_found_stays_as_typed(looking: Stage) -> None:
    looking.answers["people/find/"] = always((200, {"people": []}))
    box = looking.page.get_by_role("combobox", name="Who was involved?")
    box.press_sequentially("a visitor")
    expect(looking.page.locator("[data-people-status]")).to_contain_text("Nobody found")
    expect(box).to_have_value("a visitor")


def test_escape_closes_the_list_and_keeps_the_words(looking: Stage) -> None:
    looking.answers["people/find/"] = always((200, {"people": FOUND}))
    box = looking.page.get_by_role("combobox", name="Who was involved?")
    box.press_sequentially("mar")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("Escape")
    expect(looking.page.get_by_role("listbox", include_hidden=True)).to_be_hidden()
    expect(box).to_have_value("mar")
