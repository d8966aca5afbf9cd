"""The pages of the policy library in every state: who opens which, and what they do there first."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

# name, who, address, what is done there, the status of the address, the status of what is done
Row = tuple[str, str, str, Callable[[Page], None], int, int]

WRITER, REVIEWER = "occe", "counsel"


def _as_it_is(_page: Page) -> None:
    pass


def _draft_of(number: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        page.get_by_role("row").filter(has_text=number).get_by_role("link").click()
        expect(page.get_by_role("heading", name="Timeline", exact=True)).to_be_visible()

    return open_it


def _then(number: str, *names: str) -> Callable[[Page], None]:
    """Open the draft of a policy, then follow these links or press these buttons of it."""

    def follow(page: Page) -> None:
        _draft_of(number)(page)
        for name in names:
            main = page.locator("main")
            main.get_by_role("link", name=name, exact=True).or_(
                main.get_by_role("button", name=name, exact=True)
            ).click()

    return follow


def _without_a_title(page: Page) -> None:
    _then("5005", "Write")(page)
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save the draft").click()
    expect(page).to_have_title(re.compile("^Error: "))


def _return_without_words(page: Page) -> None:
    _then("4010", "Return for changes", "Return it for changes")(page)
    expect(page).to_have_title(re.compile("^Error: "))


def _press(name: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator("main").get_by_role("button", name=name).click()
        expect(page).to_have_title(re.compile("^Error: "))

    return press


def _of_the_privacy_office(words: str) -> Callable[[Page], None]:
    """List the policies of one office, or search in them."""

    def choose(page: Page) -> None:
        page.get_by_label("Search all policies").fill(words)
        page.get_by_label("Division or office").select_option("Privacy Office")
        page.get_by_role("button", name="Search").click()
        expect(page).to_have_url(re.compile(r"division=\d+"))

    return choose


def _without_an_owner(page: Page) -> None:
    page.get_by_role("button", name="Remove Paul Brannigan").click()
    _press("Save")(page)


def _remark_on_nothing(page: Page) -> None:
    _draft_of("4010")(page)
    _press("Add the remark")(page)


def _preview(page: Page) -> None:
    _then("5005", "Write", "Preview")(page)
    expect(page.locator("[data-unsaved]")).to_be_visible()


def _unfold(page: Page) -> None:
    _draft_of("4010")(page)
    page.get_by_text("Word by word against version 1").click()


def rows() -> Iterator[Row]:
    """Every page with every state of it."""
    yield from _for_readers()
    yield from _for_writers()


def _for_readers() -> Iterator[Row]:
    for name, path, status in (
        ("library", "/policies/", 200),
        ("library-further-on", "/policies/?after=1021", 200),
        ("library-beyond-the-last", "/policies/?after=9999", 200),
        ("policies-found", "/policies/?q=photograph+client", 200),
        ("policies-nothing-found", "/policies/?q=zeppelin", 200),
        ("policies-common-words", "/policies/?q=the", 422),
        ("policy", "/policies/1021/", 200),
        ("policy-that-changes", "/policies/1040/", 200),
        ("policy-coming", "/policies/1040/versions/2/", 200),
        ("policy-before", "/policies/1021/versions/1/", 200),
        ("policy-on-a-day", "/policies/1021/?on=2020-01-01", 200),
        ("policy-not-yet", "/policies/1021/?on=2001-01-01", 200),
        ("policy-on-no-day", "/policies/1021/?on=2026-02-30", 422),
        ("policy-versions", "/policies/1021/versions/", 200),
        ("policy-compared", "/policies/1021/compare/", 200),
        ("policy-compared-with-nothing", "/policies/1009/compare/", 200),
        ("policy-compared-with-itself", "/policies/1021/compare/?old=1&new=1", 200),
        ("policy-compared-with-errors", "/policies/1021/compare/?old=9&new=x", 422),
        ("policy-on-paper", "/policies/1021/versions/2/print/", 200),
        ("policy-unknown", "/policies/9999/", 404),
        ("policy-new-refused", "/policies/new/", 403),
    ):
        yield name, "employee", path, _as_it_is, status, 0
    for name, words in (
        ("library-of-an-office", ""),
        ("policies-found-in-an-office", "client"),
        ("policies-not-found-in-an-office", "reporter"),
    ):
        yield name, "employee", "/policies/", _of_the_privacy_office(words), 200, 0


def _for_writers() -> Iterator[Row]:
    drafts = "/policies/drafts/"
    yield "policy-drafts", WRITER, drafts, _as_it_is, 200, 0
    for number, state in (("5005", "written"), ("4010", "in-review"), ("4002", "approved")):
        yield f"draft-{state}-writer", WRITER, drafts, _draft_of(number), 200, 0
        yield f"draft-{state}-reviewer", REVIEWER, drafts, _draft_of(number), 200, 0
    yield "draft-auditor", "auditor", drafts, _draft_of("4010"), 200, 0
    yield "draft-compared", REVIEWER, drafts, _unfold, 200, 0
    yield "draft-write", WRITER, drafts, _then("5005", "Write"), 200, 0
    yield "draft-write-without-title", WRITER, drafts, _without_a_title, 200, 422
    yield "draft-preview", WRITER, drafts, _preview, 200, 0
    yield "draft-remark-with-nothing", REVIEWER, drafts, _remark_on_nothing, 200, 422
    yield "draft-return", REVIEWER, drafts, _then("4010", "Return for changes"), 200, 0
    yield "draft-return-without-words", REVIEWER, drafts, _return_without_words, 200, 422
    yield "policy-new", WRITER, "/policies/new/", _as_it_is, 200, 0
    yield "policy-new-with-nothing", WRITER, "/policies/new/", _press("Begin the policy"), 200, 422
    yield "policy-import", WRITER, "/policies/import/", _as_it_is, 200, 0
    yield "policy-import-nothing", WRITER, "/policies/import/", _press("Import"), 200, 422
    yield "policy-owner", WRITER, "/policies/1021/owner/", _as_it_is, 200, 0
    yield "policy-owner-nobody", WRITER, "/policies/1021/owner/", _without_an_owner, 200, 422
    yield "policy-of-a-writer", WRITER, "/policies/1021/", _as_it_is, 200, 0
