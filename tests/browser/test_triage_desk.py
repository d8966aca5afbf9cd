"""The Privacy Office's desk without a mouse, and without a script: finding, handing out, tasks, merging, views."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser import checks
from tests.browser.casework import Cases
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.pages import KINDS
from tests.browser.triage import COLLEAGUE, assert_given, assert_listed, filter_by, merged_here, pick


def test_an_analyst_triages_two_reports_of_one_post_by_keyboard_alone(visit: Visit, cases: Cases) -> None:
    first, second = _two_reports(cases, "heron")
    page = visit("privacy-analyst").goto("/incidents/")
    keys = Keyboard(page)
    filter_by(keys, words="heron", kind=KINDS["exposure"])
    assert_listed(page, first, second)
    _hands_out(keys, first, second)
    keys.activate(page.get_by_role("link", name=first, exact=True))
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    keys.activate(page.get_by_role("button", name="Start triage"), "Space")
    expect(page.locator(".lead")).to_contain_text("In triage")
    _settles_two_tasks(keys)
    _merges_the_other(keys, first, second)
    keys.activate(merged_here(page).get_by_role("link", name=f"Take out {second}"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Take {second} out of {first}?")
    keys.activate(page.get_by_role("button", name=f"Take {second} out"), "Space")
    expect(page.get_by_text(f"{second} stands by itself again and needs a first look.")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("Reopened")


def _two_reports(cases: Cases, bird: str) -> tuple[str, str]:
    facts = {"kind": "exposure", "address": f"https://example.com/{bird}/1"}
    first = cases.reported(narrative=f"A post with a {bird} shows a case file.", **facts)
    return first, cases.reported(narrative=f"The same post about the {bird}, seen by a neighbor.", **facts)


def _hands_out(keys: Keyboard, *references: str) -> None:
    page = keys.page
    rows = page.locator("table.queue tbody")
    for box in rows.get_by_role("checkbox").all():
        keys.activate(box, "Space")
        expect(box).to_be_checked()
    pick(keys, page.get_by_label("Give the selected cases to"), COLLEAGUE)
    keys.activate(page.get_by_role("button", name="Assign"))
    assert_given(page, *references)
    assert_listed(page, *references)


def _settles_two_tasks(keys: Keyboard) -> None:
    page, tasks = keys.page, keys.page.locator("#tasks")
    waiting = tasks.get_by_role("button", name=re.compile("^Done"))
    left = waiting.count()
    keys.activate(waiting.first, "Space")
    expect(waiting).to_have_count(left - 1)
    expect(tasks).to_contain_text("Done by Ana Delgado")
    keys.activate(tasks.get_by_role("link", name=re.compile("^Not needed")).first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not needed: ")
    keys.fill(page.get_by_label("Why is it not needed?"), "The post is gone already.")
    keys.activate(page.get_by_role("button", name="Mark as not needed"))
    expect(waiting).to_have_count(left - 2)
    expect(tasks).to_contain_text("Not needed, says Ana Delgado")
    expect(tasks).to_contain_text("The post is gone already.")


def _merges_the_other(keys: Keyboard, first: str, second: str) -> None:
    page = keys.page
    keys.activate(page.locator("#related").get_by_role("link", name=f"Merge into {second}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Merge with another report")
    keys.activate(page.get_by_role("link", name=f"Merge {second} into {first} instead"))
    confirm = page.get_by_role("button", name=f"Merge {second} into {first}")
    expect(confirm).to_be_visible()
    keys.activate(confirm)
    expect(page.get_by_text(f"{second} is part of {first} now.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    expect(merged_here(page).get_by_role("rowheader")).to_have_text([second])


def test_whoever_selects_cases_sees_how_many_and_where_to_give_them(visit: Visit) -> None:
    page = visit("privacy-analyst").goto("/incidents/")
    boxes = page.locator("table.queue tbody").get_by_role("checkbox")
    assign = page.get_by_role("button", name="Assign")
    expect(assign).not_to_be_in_viewport()
    boxes.first.check()
    expect(page.get_by_text(f"1 of {boxes.count()} selected")).to_be_visible()
    expect(assign).to_be_in_viewport()
    page.get_by_role("checkbox", name="Select all on this page").check()
    expect(page.get_by_text(f"{boxes.count()} of {boxes.count()} selected")).to_be_visible()
    page.get_by_role("checkbox", name="Select all on this page").uncheck()
    expect(page.locator("main").get_by_text(re.compile("selected$"))).to_have_count(0)


def test_an_analyst_keeps_a_view_finds_it_and_deletes_it_by_keyboard_alone(visit: Visit) -> None:
    page = visit("privacy-analyst").goto("/incidents/")
    keys = Keyboard(page)
    filter_by(keys, words="kestrel", kind=KINDS["other"])
    keys.fill(page.get_by_label("Save this filter as"), "Birds of prey")
    keys.activate(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("“Birds of prey” is saved.")).to_be_visible()
    page.goto("/incidents/")
    view = _saved(page, "Birds of prey")
    expect(view).not_to_have_attribute("aria-current", "true")
    keys.activate(view)
    expect(page).to_have_url(re.compile("q=kestrel&kind=other$"))
    expect(view).to_have_attribute("aria-current", "true")
    expect(page.locator("main").get_by_label("Words or number")).to_have_value("kestrel")
    keys.activate(page.get_by_role("button", name="Delete this view"), "Space")
    expect(page.get_by_text("“Birds of prey” is deleted.")).to_be_visible()
    expect(view).to_have_count(0)


def _saved(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Saved views").get_by_role("link", name=name, exact=True)


def test_an_analyst_hands_out_and_merges_without_scripts(visit: Visit, cases: Cases) -> None:
    first, second = _two_reports(cases, "magpie")
    page = visit("privacy-analyst", scripts=False).goto("/incidents/?q=magpie&kind=exposure")
    assert_listed(page, first, second)
    expect(page.get_by_role("checkbox", name="Select all on this page")).to_be_hidden()
    for reference in (first, second):
        page.get_by_role("checkbox", name=f"Select {reference}").check()
    page.get_by_label("Give the selected cases to").select_option(COLLEAGUE)
    page.get_by_role("button", name="Assign").click()
    assert_given(page, first, second)
    page.get_by_role("link", name=first, exact=True).click()
    page.get_by_role("link", name="Merge with another report").click()
    page.get_by_label("Number of the other report").fill(second)
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("button", name=f"Merge {first} into {second}").click()
    expect(page.get_by_text(f"{first} is part of {second} now.")).to_be_visible()
    merged_here(page).get_by_role("link", name=f"Take out {first}").click()
    page.get_by_role("button", name=f"Take {first} out").click()
    expect(page.locator(".lead")).to_contain_text("Reopened")


def test_merged_reports_and_a_saved_view_are_fit_for_everyone(visit: Visit, cases: Cases) -> None:
    first, second = _two_reports(cases, "wagtail")
    analyst = visit("privacy-analyst")
    analyst.post(f"/incidents/{second}/merge/", into=first)
    analyst.post("/incidents/views/save/?q=wagtail&kind=exposure", name="Birds of the river")
    pages = {
        "201-case-with-merged": f"/incidents/{first}/",
        "202-case-merged": f"/incidents/{second}/",
        "203-take-out": f"/incidents/{second}/unmerge/",
        "204-queue-saved-view": "/incidents/?q=wagtail&kind=exposure",
    }
    faults = [fault for name, path in pages.items() for fault in checks.faults(analyst.goto(path), name)]
    assert not faults, "\n".join(faults)
    expect(analyst.page.get_by_role("button", name="Delete this view")).to_be_visible()
