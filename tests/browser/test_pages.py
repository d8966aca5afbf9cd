"""Every page in every state is fit for everyone: for a reader's aids, a narrow screen and large text."""

import pytest

from tests.browser import checks
from tests.browser.casework import Cases
from tests.browser.conftest import Visit
from tests.browser.pages import PAGES, State
from tests.browser.reporting import REPORT, blank_report

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


def test_the_menu_on_a_phone_is_fit_for_everyone(visit: Visit) -> None:
    page = visit("privacy-analyst").goto("/")
    page.set_viewport_size({"width": checks.PHONE, "height": checks.HEIGHTS[checks.PHONE]})
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="Incidents", exact=True).wait_for()
    assert checks.objections(page) == []
    checks.photograph(page, "200-menu-320")
