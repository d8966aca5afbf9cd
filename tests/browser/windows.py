"""Browser windows that are used again: opening one costs more than most of what is looked at in it."""

from playwright.sync_api import Browser, Error

from tests.browser.portal import Portal
from tests.browser.visitor import Visitor

# Each takes the memory of a process.
MOST = 16


class Windows:
    """The windows of one browser that no test uses at the moment, the one left longest ago first.

    Each stays with its persona: an answer that comes late may set cookies, and must not sign in anybody else.
    """

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self._browser = browser
        self._portal = portal
        self._free: list[Visitor] = []

    def take(self, slug: str, *, scripts: bool) -> Visitor:
        """A window in which this persona is signed in, as good as new."""
        for visitor in self._free:
            if (visitor.slug, visitor.scripts) == (slug, scripts):
                self._free.remove(visitor)
                visitor.begin()
                return visitor
        return Visitor(self._browser, self._portal, slug, scripts=scripts)

    def put_back(self, visitor: Visitor) -> None:
        """End a test's use of a window; one that cannot be tidied is closed instead."""
        if not _is_tidied(visitor):
            visitor.close()
            return
        self._free.append(visitor)
        if len(self._free) > MOST:
            self._free.pop(0).close()


def _is_tidied(visitor: Visitor) -> bool:
    try:
        return visitor.leave()
    except Error:
        return False
