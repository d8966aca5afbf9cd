"""Makes reports and brings cases into a state by sending the portal's own forms, for tests that only look at them."""

import re

from playwright.sync_api import Page, expect

from tests.browser.client import Client
from tests.browser.portal import Portal

REPORTER, ANALYST, OFFICER = "office-head", "privacy-analyst", "privacy-officer"
FINDING = "Two people saw it, and the screenshot matches."


class Cases(dict[str, str]):
    """References by what the case is like: a state ("under_review"), "confidential", "with_files" or "closed_mine"."""

    def __init__(self, portal: Portal) -> None:
        self._person = portal.client

    def __missing__(self, like: str) -> str:
        self[like] = reference = getattr(self, f"_{like}")()
        return str(reference)

    def reported(self, slug: str = REPORTER, **answers: str) -> str:
        """A report of its own, which nobody has taken up."""
        return report(self._person(slug), **answers)

    def _reported(self) -> str:
        return self.reported(kind="asked", verb="required", asked_for="login")

    def _confidential(self) -> str:
        reference = self.reported(confidential="confidential")
        self._take_up(reference)
        return reference

    def _in_triage(self) -> str:
        reference = self._reported()
        self._take_up(reference)
        self._person(ANALYST).post(f"/incidents/{reference}/say/thread/", body="Can you still see the post?")
        self._person(REPORTER).post(f"/incidents/mine/{reference}/reply/", body="It is gone this morning.")
        self._person(ANALYST).post(f"/incidents/{reference}/say/office/", body="Asked the site to take it down.")
        return reference

    def _under_review(self) -> str:
        return self._reviewed(self._in_triage())

    def _substantiated(self) -> str:
        return self._decided("substantiate")

    def _unsubstantiated(self) -> str:
        return self._decided("not_substantiate", ground="no_evidence")

    def _near_miss(self) -> str:
        return self._decided("call_near_miss", ground="no_evidence")

    def _closed(self) -> str:
        reference = self._substantiated()
        analyst = self._person(ANALYST)
        page = analyst.get(f"/incidents/{reference}/").text
        for task in re.findall(r'name="done" value="(\d+)"', page):
            analyst.post(f"/incidents/{reference}/tasks/", done=task)
        analyst.post(f"/incidents/{reference}/step/close/")
        return reference

    def _reopened(self) -> str:
        reference = self._closed()
        self._person(OFFICER).post(f"/incidents/{reference}/reopen/", reason="A second screenshot has turned up.")
        return reference

    def _unmasked(self) -> str:
        reference = self._confidential()
        self._person(OFFICER).post(f"/incidents/{reference}/unmask/", reason="Only the reporter knows the hour.")
        return reference

    def _take_up(self, reference: str) -> None:
        self._person(ANALYST).post(f"/incidents/{reference}/step/start_triage/")

    def _reviewed(self, reference: str) -> str:
        analyst = self._person(ANALYST)
        analyst.post(f"/incidents/{reference}/severity/", severity="high", reason="It could be seen by anyone.")
        analyst.post(f"/incidents/{reference}/step/begin_review/")
        return reference

    def _decided(self, decision: str, **answers: str) -> str:
        reference = self._under_review()
        self._person(OFFICER).post(f"/incidents/{reference}/decide/{decision}/", finding=FINDING, **answers)
        return reference


def report(reporter: Client, **answers: str) -> str:
    """File a report without a click; returns its number."""
    page = reporter.get("/incidents/report/").text
    found = re.search(r'name="draft" value="([^"]+)"', page)
    assert found, "The report form has no draft"
    facts = {"narrative": "A post shows our intake desk.", "discovered_on": "2026-01-05", "confidential": "named"}
    receipt = reporter.post("/incidents/report/", draft=found[1], **{**facts, **answers})
    number = re.search(r"INC-\d+", receipt.path)
    assert number, f"Not filed: {receipt.path}"
    return number[0]


def finish_tasks(page: Page) -> None:
    """Press every button that says a task is done."""
    waiting = page.locator("#tasks").get_by_role("button", name=re.compile("^Done"))
    while left := waiting.count():
        waiting.first.click()
        expect(waiting).to_have_count(left - 1)
