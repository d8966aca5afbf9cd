"""What the Privacy Office does at its queue, by keyboard or with the mouse."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.keyboard import Keyboard

COLLEAGUE = "Paul Brannigan"
_CHOSEN = "(each) => each.selectedOptions[0].label"


def pick(keys: Keyboard, select: Locator, label: str) -> None:
    """Go to a drop-down list, type how the choice begins and move on with the arrow until it is chosen."""
    keys.go_to(select)
    keys.type(label.split(maxsplit=1)[0])
    for _ in range(select.locator("option").count()):
        if select.evaluate(_CHOSEN) == label:
            return
        keys.press("ArrowDown")
    assert select.evaluate(_CHOSEN) == label


def filter_by(keys: Keyboard, *, words: str, kind: str) -> None:
    """Narrow the queue to reports of a kind with these words."""
    main = keys.page.locator("main")
    keys.fill(main.get_by_label("Words or number"), words)
    pick(keys, main.get_by_label("Kind", exact=True), kind)
    keys.activate(main.get_by_role("button", name="Show"))
    expect(keys.page).to_have_url(re.compile(f"q={words}.*kind="))
    keys.page.wait_for_load_state()


def assert_listed(page: Page, *references: str) -> None:
    """The queue shows these cases and no other."""
    numbers = page.locator("table.queue tbody").get_by_role("rowheader")
    expect(numbers).to_have_count(len(references))
    assert sorted(numbers.all_inner_texts()) == sorted(references)


def assert_given(page: Page, *references: str) -> None:
    """The message counts the cases, and the list names who has them now."""
    expect(page.get_by_text(f"{len(references)} cases were given to {COLLEAGUE}.")).to_be_visible()
    for reference in references:
        expect(page.get_by_role("row").filter(has_text=reference)).to_contain_text(COLLEAGUE)


def merged_here(page: Page) -> Locator:
    """The table of the reports merged into the case on the page."""
    return page.locator("#related").get_by_role("table", name="Merged into this case")
