"""One running portal and one browser for all browser tests, and a window for each visitor."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import sync_playwright
from pytest_django import DjangoDbBlocker

from compliance_portal import install
from tests.browser import portal as portals
from tests.browser.casework import Cases
from tests.browser.portal import Portal
from tests.browser.visitor import Visitor
from tests.browser.windows import Windows
from tests.demo.commands import Demonstration, copy_database

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
def portal(demonstration: Demonstration, django_db_blocker: DjangoDbBlocker) -> Iterator[Portal]:
    """The portal, started once, with a copy of the demonstration that its visitors may change."""
    mine = demonstration._replace(database=f"{demonstration.database}_portal")
    with django_db_blocker.unblock():
        copy_database(demonstration.database, mine.database)
    with portals.running(mine) as started:
        yield started


@pytest.fixture(scope="package")
def windows(portal: Portal) -> Iterator[Windows]:
    """One browser for this folder; its event loop keeps Django's queries away, so it ends before any other folder."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install.browser(), args=SWITCHES)
        yield Windows(browser, portal)
        browser.close()


@pytest.fixture
def visit(windows: Windows) -> Iterator[Visit]:
    """Gives a persona (or nobody, not signed in) a window, the same at every visit unless `another` is asked for.

    In none of them may anything go wrong.
    """
    visitors: dict[tuple[str, bool, int], Visitor] = {}

    def visit_as(slug: str = "", *, scripts: bool = True, another: bool = False) -> Visitor:
        whose = (slug, scripts, len(visitors) if another else 0)
        if whose not in visitors:
            visitors[whose] = windows.take(slug, scripts=scripts)
        return visitors[whose]

    yield visit_as
    surprises = [surprise for visitor in visitors.values() for surprise in visitor.surprises()]
    for visitor in visitors.values():
        windows.put_back(visitor)
    assert not surprises, "\n".join(surprises)


@pytest.fixture(scope="session")
def cases(portal: Portal) -> Cases:
    """Cases in any state, made when they are first asked for."""
    return Cases(portal)
