"""Somebody who uses nothing but a keyboard, and must see at every stop where they are."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

FARTHEST = 150

# Where the focus is drawn: around the control itself, or for a drawn radio button or tick box at its label.
_STOP = """(wanted) => {
    const at = document.activeElement;
    const label = at.labels?.[0];
    const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const parts = [getComputedStyle(at)];
    if (label) parts.push(getComputedStyle(label), getComputedStyle(label, "::before"));
    const box = at.getBoundingClientRect();
    const lines = [...at.getClientRects()][0] ?? box;
    const [x, y] = [lines.left + lines.width / 2, lines.top + Math.min(lines.height / 2, 20)];
    const top = document.elementFromPoint(x, y);
    return {
        isWanted: at === wanted,
        isGone: wanted !== null && !wanted.isConnected,
        name: `${at.tagName} ${at.name ?? ""} "${(label ?? at).textContent.trim().slice(0, 40)}"`,
        isPage: at === document.body,
        under: top?.outerHTML.slice(0, 80),
        isDrawn: parts.some(outlined),
        isInSight: box.bottom > 0 && box.top < window.innerHeight && box.right > 0 && box.left < window.innerWidth,
        isOnTop: top !== null && (at.contains(top) || top.contains(at) || Boolean(label?.contains(top))),
    };
}"""


class Keyboard:
    """Tab, Shift+Tab, Enter, Space, arrows and letters on one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press these keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Type into whatever has the focus."""
        self.page.keyboard.type(words)

    def go_to(self, wanted: Locator, *, by: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until this has the focus; at every stop on the way the focus must be seen."""
        there = wanted.element_handle()
        for _ in range(FARTHEST):
            self.press(by)
            stop = self.page.evaluate(_STOP, there)
            assert_seen(stop)
            if stop["isWanted"]:
                return
            if stop["isGone"]:
                there = wanted.element_handle()
        raise AssertionError(f"{FARTHEST} stops do not lead to {wanted}")

    def fill(self, field: Locator, words: str) -> None:
        """Go to a field and type."""
        self.go_to(field)
        self.type(words)

    def activate(self, wanted: Locator, key: str = "Enter") -> None:
        """Go to a link or a button and press it."""
        self.go_to(wanted)
        self.press(key)

    def choose(self, group: Locator, option: str) -> None:
        """Go to a group of radio buttons and move on with the arrow until this one is chosen."""
        buttons = group.get_by_role("radio")
        self.go_to(buttons.first)
        self.press("Space")
        for _ in range(buttons.count()):
            if group.get_by_role("radio", name=option).is_checked():
                return
            self.press("ArrowDown")
            assert_seen(self.page.evaluate(_STOP, None))
        expect(group.get_by_role("radio", name=option)).to_be_checked()


def assert_seen(stop: dict[str, Any]) -> None:
    """The focus is on something, drawn, in sight, and nothing lies over it."""
    assert stop["isPage"] or (stop["isDrawn"] and stop["isInSight"] and stop["isOnTop"]), stop
