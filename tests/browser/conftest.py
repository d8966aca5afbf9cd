"""One running portal for all browser tests, a browser for each module, a window for each visitor."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from compliance_portal import install
from tests.browser import portal as portals
from tests.browser.casework import Cases
from tests.browser.portal import Portal
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The first of them waits for the demonstration to be loaded.
SECONDS = 300


def pytest_itemcollected(item: pytest.Item) -> None:
    """Everything in this folder needs a browser, and the first test the patience to wait for the portal."""
    item.add_marker(pytest.mark.browser)
    item.add_marker(pytest.mark.timeout(SECONDS))


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """The portal, started once."""
    with portals.running() as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module; it must not live longer, for its event loop keeps Django's queries away."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=install.browser(), args=SWITCHES)
        yield started
        started.close()


@pytest.fixture
def visit(portal: Portal, browser: Browser) -> Iterator[Visit]:
    """Opens a window for a persona (for nobody: without signing in); in none of them may anything go wrong."""
    visitors: list[Visitor] = []

    def open_window(slug: str = "", *, scripts: bool = True) -> Visitor:
        visitors.append(Visitor(browser, portal, slug, scripts=scripts))
        return visitors[-1]

    yield open_window
    surprises = [surprise for visitor in visitors for surprise in visitor.surprises()]
    for visitor in visitors:
        visitor.leave()
    assert not surprises, "\n".join(surprises)


@pytest.fixture
def cases(visit: Visit) -> Cases:
    """Cases in any state, made when they are first asked for."""
    return Cases(visit)
