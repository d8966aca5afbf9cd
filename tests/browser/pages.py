"""Every page in every state: who opens which address, and what they do there first."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from demo.cast import PERSONAS
from tests.browser import access_pages, asking, investigation_pages, outside, policy_pages
from tests.browser.asking import ASK, QUESTIONS
from tests.browser.outside import DOOR, LOST, OUTSIDE
from tests.browser.reporting import REPORT

NOTHING_MATCHES = "/incidents/?status=near_miss&severity=critical&assignee=nobody&due=overdue"
STATES = (
    "reported in_triage under_review substantiated unsubstantiated near_miss closed reopened confidential unmasked"
).split()
KINDS = {
    "exposure": "Confidential information was exposed",
    "asked": "I was asked for my account",
    "dhs-email": "A DHS e-mail is used for a personal account",
    "impersonation": "An account pretends to be DHS",
    "near-miss": "Near miss",
    "other": "Something else",
}
SIGN_IN = "/accounts/login/"


def _as_it_is(_page: Page) -> None:
    pass


@dataclass(frozen=True)
class State:
    """A page in one state: {names} in the path stand for cases like that, `status` is what the address answers.

    `refused` is the status with which the portal answers what is done on the page, where that is an error.
    """

    name: str
    who: str
    path: str
    act: Callable[[Page], None] = _as_it_is
    status: int = 200
    refused: int = 0


# --- What is done on a page before it is looked at -------------------------------------------------------------------


def _choose(kind: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("radio", name=kind).check()


def _reveal_all(page: Page) -> None:
    _choose(KINDS["exposure"])(page)
    page.get_by_label("Where was it?").select_option("Another site or app")
    for box in page.locator("main").get_by_role("checkbox").all():
        box.check()


def _press(name: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator("main").get_by_role("button", name=name).click()
        expect(page).to_have_title(re.compile("^Error: "))

    return press


def _sign_in_wrongly(page: Page) -> None:
    page.get_by_label("E-mail").fill("nobody@dhs.example")
    page.get_by_label("Password").fill("not the password of anybody")
    _press("Sign in")(page)


def _look_for_people(page: Page) -> None:
    page.locator("main").get_by_role("combobox").last.press_sequentially("an")
    expect(page.get_by_role("listbox", name="People found").get_by_role("option").first).to_be_visible()


def _open_person(page: Page) -> None:
    page.locator("main").get_by_role("row").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Roles", exact=True)).to_be_visible()


def _then_follow(link: str) -> Callable[[Page], None]:
    def follow(page: Page) -> None:
        _open_person(page)
        page.get_by_role("link", name=link).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(link.split(maxsplit=1)[0])

    return follow


def _unfold(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()
    expect(page.get_by_text("“You are named in this report and cannot work on it.”")).to_be_visible()


def _send_nothing(page: Page) -> None:
    page.locator("main form").get_by_role("button").last.click()
    expect(page).to_have_title(re.compile("^Error: "))


def _reply_with_nothing(page: Page) -> None:
    page.get_by_role("button", name="Send to the reporter").click()
    expect(page.locator("#error-summary")).to_be_focused()


def _set_a_task_aside(page: Page) -> None:
    page.locator("#tasks").get_by_role("link", name=re.compile("^Not needed")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Not needed: ")


def _set_a_task_aside_without_a_reason(page: Page) -> None:
    _set_a_task_aside(page)
    _send_nothing(page)


def _look_at_who_gets_them(page: Page) -> None:
    whose = page.get_by_label("Whose cases?")
    whose.select_option(whose.get_by_role("option", name=re.compile("^Ana Delgado")).get_attribute("value"))
    page.get_by_label("Who gets them?").select_option("Paul Brannigan")
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Give the cases of Ana Delgado")


# --- The pages -------------------------------------------------------------------------------------------------------


def _for_visitors() -> Iterator[State]:
    yield State("sign-in", "", SIGN_IN)
    yield State("sign-in-again", "", f"{SIGN_IN}?next=/incidents/report/")
    yield State("sign-in-refused", "", SIGN_IN, _sign_in_wrongly)
    yield State("sign-in-with-nothing", "", SIGN_IN, _press("Sign in"))
    yield State("password-reset", "", "/accounts/password/reset/")
    yield State("password-reset-with-nothing", "", "/accounts/password/reset/", _press("Mail me a link"))
    yield State("password-reset-sent", "", "/accounts/password/reset/done/")
    yield State("password-reset-old-link", "", "/accounts/password/reset/key/1-x/")
    yield State("password-reset-done", "", "/accounts/password/reset/key/done/")
    yield State("inactive", "", "/accounts/inactive/")
    yield State("demonstration", "", "/demo/")
    yield State("demonstration-mail", "", "/demo/mail/")


def _for_those_outside() -> Iterator[State]:
    yield State("outside", "", OUTSIDE)
    yield State("outside-signed-in", "employee", OUTSIDE)
    yield State("outside-asked", "", OUTSIDE, outside.choose_asked)
    yield State("outside-seen", "", OUTSIDE, outside.choose_seen)
    yield State("outside-with-errors", "", OUTSIDE, _press("Send"), refused=422)
    yield State("outside-code", "", OUTSIDE, outside.show_the_code)
    yield State("outside-code-not-saved", "", OUTSIDE, outside.go_on_without_a_tick, refused=422)
    yield State("outside-sent", "", OUTSIDE, outside.confirm)
    yield State("outside-door", "", DOOR)
    yield State("outside-door-closed", "", DOOR, _press("Open my report"), refused=422)
    yield State("outside-thread", "", OUTSIDE, outside.open_thread)
    yield State("outside-thread-with-nothing", "", OUTSIDE, outside.send_nothing, refused=422)
    yield State("outside-too-late", "", OUTSIDE, outside.come_too_late, refused=422)
    yield State("outside-closed", "", OUTSIDE, outside.close)
    yield State("outside-lost", "", LOST)
    yield State("outside-lost-with-errors", "", LOST, _press("Send"), refused=422)
    yield State("outside-lost-sent", "", LOST, outside.tell_without_code)


def _for_employees() -> Iterator[State]:
    yield from (State(f"home-{persona.slug}", persona.slug, "/") for persona in PERSONAS)
    yield State("clause-register", "auditor", "/policies/coverage/")
    yield State("clause-register-unfolded", "auditor", "/policies/coverage/#II_A_3", _unfold)
    yield State("report", "auditor", REPORT)
    yield from (State(f"report-{slug}", "auditor", REPORT, _choose(kind)) for slug, kind in KINDS.items())
    yield State("report-everything", "auditor", REPORT, _reveal_all)
    yield State("report-people", "auditor", REPORT, _look_for_people)
    yield State("report-with-errors", "auditor", REPORT, _press("Send"), refused=422)
    yield from (State(f"my-report-{like}", "office-head", f"/incidents/mine/{{{like}}}/") for like in STATES)
    yield State("my-report-with-nothing", "office-head", "/incidents/mine/{in_triage}/", _press("Send"), refused=422)
    yield State("receipt", "office-head", "/incidents/mine/{reported}/receipt/")
    yield State("receipt-confidential", "office-head", "/incidents/mine/{confidential}/receipt/")
    yield State("my-reports", "office-head", "/incidents/mine/")
    yield State("my-reports-none", "it-security", "/incidents/mine/")
    yield State("account", "supervisor", "/account/")
    yield State("account-chain", "employee", "/account/")
    yield State("stand-in", "supervisor", "/account/stand-in/")
    yield State("stand-in-with-nothing", "supervisor", "/account/stand-in/", _send_nothing, refused=422)
    yield State("password-change", "employee", "/accounts/password/change/")
    yield State("sign-out", "employee", "/accounts/logout/")
    yield State("notices", "office-head", "/notices/")
    yield State("notices-none", "it-security", "/notices/")
    yield State("notices-none-unread", "it-security", "/notices/?show=unread")
    yield State("not-found", "employee", "/nowhere/", status=404)
    yield State("forbidden", "employee", "/people/", status=403)


def _for_those_with_questions() -> Iterator[State]:
    yield State("ask", "employee", ASK)
    yield State("ask-about-all", "employee", "/policies/1021/ask/")
    yield State("ask-with-answers", "employee", "/policies/1021/ask/?clause=iii-d")
    yield State("ask-at-the-top", "office-head", ASK)
    yield State("ask-with-nothing", "employee", ASK, asking.send_none, refused=422)
    yield State("questions", "supervisor", QUESTIONS)
    yield State("questions-asked", "employee", QUESTIONS)
    yield State("questions-none", "auditor", QUESTIONS)
    yield State("questions-of-an-owner", "privacy-officer", QUESTIONS)
    yield State("question-asked", "employee", QUESTIONS, asking.open_first("asked"))
    yield State("question-to-answer", "supervisor", QUESTIONS, asking.open_first("waiting"))
    answer_nothing = asking.open_first("waiting", press="Send the answer")
    yield State("question-answered-with-nothing", "supervisor", QUESTIONS, answer_nothing, refused=422)
    yield State("question-about-a-supervisor", "occe", QUESTIONS, asking.open_first("waiting"))
    yield State("question-to-publish", "privacy-officer", QUESTIONS, asking.open_first("yours"))
    publish = asking.open_first("yours", follow="Publish without names")
    yield State("question-publish", "privacy-officer", QUESTIONS, publish)
    yield State("question-publish-nothing", "privacy-officer", QUESTIONS, asking.publish_nothing, refused=422)
    yield State("question-not-mine", "auditor", f"{QUESTIONS}1/", status=404)
    yield State("answers", "employee", "/policies/1021/questions/")
    yield State("answers-of-an-owner", "privacy-officer", "/policies/1021/questions/")
    yield State("answers-none", "employee", "/policies/5005/questions/")
    yield State("team", "supervisor", "/team/")
    yield State("team-none", "employee", "/team/")


def _for_the_privacy_office() -> Iterator[State]:
    case, analyst, officer = "/incidents/{%s}/", "privacy-analyst", "privacy-officer"
    yield State("queue", analyst, "/incidents/")
    yield State("queue-filtered", analyst, "/incidents/?status=in_triage&severity=none")
    yield State("queue-closed", officer, "/incidents/?status=closed")
    yield State("queue-none", analyst, NOTHING_MATCHES)
    yield State("queue-counsel", "counsel", "/incidents/")
    yield State("queue-found", analyst, "/incidents/?q=posted&status=any")
    yield State("queue-common-words", analyst, "/incidents/?q=the", status=422)
    yield State("queue-assign-nothing", analyst, "/incidents/", _press("Assign"), refused=422)
    yield State("queue-save-nothing", officer, "/incidents/?severity=high", _press("Save"), refused=422)
    yield from (State(f"case-{like}-analyst", analyst, case % like) for like in STATES)
    yield from (State(f"case-{like}-officer", officer, case % like) for like in STATES)
    yield from (State(f"case-{like}-counsel", "counsel", case % like) for like in STATES[:8])
    yield State("case-message-refused", analyst, case % "in_triage", _reply_with_nothing, refused=422)
    yield State("case-not-mine", analyst, "/incidents/INC-999999/", status=404)
    yield State("case-moved-on", officer, case % "reported" + "decide/substantiate/", status=409)
    for form, like, who in (
        ("assign", "reported", analyst),
        ("severity", "in_triage", analyst),
        ("people", "in_triage", analyst),
        ("decide/substantiate", "under_review", officer),
        ("decide/not_substantiate", "under_review", officer),
        ("decide/call_near_miss", "under_review", officer),
        ("reopen", "closed", officer),
        ("unmask", "confidential", officer),
        ("tasks/add", "in_triage", analyst),
    ):
        name = f"case-{form.replace('/', '-')}"
        yield State(name, who, case % like + f"{form}/")
        if form != "severity":
            yield State(f"{name}-with-nothing", who, case % like + f"{form}/", _send_nothing, refused=422)
    yield State("case-not-needed", analyst, case % "in_triage", _set_a_task_aside)
    yield State(
        "case-not-needed-with-nothing", analyst, case % "in_triage", _set_a_task_aside_without_a_reason, refused=422
    )
    yield State("case-merge", analyst, case % "reported" + "merge/")
    yield State("case-merge-with-nothing", analyst, case % "reported" + "merge/?into=", status=422)
    yield State("case-merge-compare", analyst, "/incidents/{in_triage}/merge/?into={under_review}")
    yield State("case-details", analyst, case % "in_triage" + "details/")
    yield State("reassign", officer, "/incidents/reassign/")
    yield State("reassign-confirm", officer, "/incidents/reassign/", _look_at_who_gets_them)
    yield State("reassign-with-nothing", officer, "/incidents/reassign/?who=&to=")


def _for_administrators() -> Iterator[State]:
    admin = "administrator"
    yield State("people", admin, "/people/")
    yield State("people-found", admin, "/people/?q=an")
    yield State("people-none", admin, "/people/?q=zzzzzz")
    yield State("person", admin, "/people/?q=privacy-analyst", _open_person)
    yield State("person-give-a-role", admin, "/people/?q=office-head", _then_follow("Give a role"))
    yield State("person-deactivate", admin, "/people/?q=office-head", _then_follow("Deactivate"))
    yield State("settings", admin, "/settings/")
    yield State("undelivered", admin, "/notices/undelivered/")


PAGES = [
    *_for_visitors(),
    *_for_those_outside(),
    *_for_employees(),
    *_for_those_with_questions(),
    *_for_the_privacy_office(),
    *_for_administrators(),
    *(State(*row) for row in policy_pages.rows()),
    *(State(*row) for row in investigation_pages.rows()),
    *(State(*row) for row in access_pages.rows()),
]
