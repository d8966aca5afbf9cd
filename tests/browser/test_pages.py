"""Every page in every state is fit for everyone: for a reader's aids, a narrow screen and large text."""

import pytest

from tests.browser import access_pages, checks, investigation_pages, policy_pages
from tests.browser.casework import Cases
from tests.browser.conftest import Visit
from tests.browser.pages import PAGES, State
from tests.browser.reporting import REPORT, blank_report
from tests.budgets import PAGE_STATES, STATES_OF_A_FEATURE

NUMBERED = [pytest.param(f"{number:03}-{state.name}", state, id=state.name) for number, state in enumerate(PAGES, 1)]


@pytest.mark.parametrize(("name", "state"), NUMBERED)
def test_a_page_is_fit_for_everyone(name: str, state: State, visit: Visit, cases: Cases) -> None:
    path = state.path.format_map(cases)
    visitor = visit(state.who)
    page = blank_report(visitor) if path == REPORT else visitor.goto(path, expecting=state.status)
    if state.refused:
        visitor.foresee(f"^{state.refused} POST")
    state.act(page)
    faults = checks.faults(page, name)
    assert not faults, "\n".join(faults)


def test_the_names_of_pages_are_their_own() -> None:
    names = [state.name for state in PAGES]
    assert sorted(set(names)) == sorted(names)


def test_no_feature_has_more_states_of_pages_than_its_budget() -> None:
    listed = {module.__name__: len(list(module.rows())) for module in (access_pages, investigation_pages, policy_pages)}
    counts = {name.rpartition(".")[2]: count for name, count in listed.items()}
    counts["pages"] = len(PAGES) - sum(counts.values())
    allowed = {name: PAGE_STATES.get(name, STATES_OF_A_FEATURE) for name in counts}
    assert {name: count for name, count in counts.items() if count > allowed[name]} == {}


def test_the_menu_on_a_phone_is_fit_for_everyone(visit: Visit) -> None:
    page = visit("privacy-analyst").goto("/")
    page.set_viewport_size({"width": checks.PHONE, "height": checks.HEIGHTS[checks.PHONE]})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Incidents", exact=True).wait_for()
    assert checks.objections(page) == []
    checks.photograph(page, "200-menu-320")
