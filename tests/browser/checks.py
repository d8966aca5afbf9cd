"""What every page owes everyone: nothing axe objects to, a heading, a title, room for narrow screens and large text."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from compliance_portal.paths import BASE_DIR

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = 1280, 320
HEIGHTS = {DESK: 900, PHONE: 640}

# Only what is objected to leaves the page: to list what axe found to be in order takes as long as its checks.
_AXE = """async (tags) => {
    const options = { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] };
    return (await axe.run(document, options)).violations;
}"""
# What sticks out sideways, or would be cut off where a box hides what does not fit into it.
_TOO_WIDE = """
const tooWide = () => {
    const root = document.documentElement;
    const named = (each) => `${each.tagName.toLowerCase()}.${each.className} "${each.textContent.trim().slice(0, 40)}"`;
    const unseen = (each) => each.closest(".usa-sr-only, [hidden], .usa-skipnav") || !each.checkVisibility();
    const sticksOut = (each) => each.getBoundingClientRect().right > root.clientWidth + 1;
    const isCut = (each) => ["hidden", "clip"].includes(getComputedStyle(each).overflowX)
        && each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1;
    const found = [];
    const all = [...document.body.querySelectorAll("*")].filter((each) => !unseen(each));
    const report = (fault, which) => found.push(...all.filter(which).map((each) => `${fault}: ${named(each)}`));
    if (root.scrollWidth > root.clientWidth) report("too wide", sticksOut);
    report("cut off", isCut);
    return found.slice(0, 5);
};
"""
# All that is asked on a desk, in one go: each question costs a way to the browser and back.
_AT_A_DESK = f"""() => {{
    {_TOO_WIDE}
    const headings = [...document.querySelectorAll("h1")].map((heading) => heading.innerText.trim());
    const atOnce = tooWide();
    document.documentElement.style.fontSize = "200%";
    const inLargeText = tooWide();
    document.documentElement.style.fontSize = "";
    return {{ headings, title: document.title, atOnce, inLargeText }};
}}"""
_ON_A_PHONE = f"() => {{ {_TOO_WIDE} return tooWide(); }}"


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands on a desk; photographs it at both widths where that is asked for."""
    found = objections(page)
    photograph(page, f"{name}-{DESK}")
    seen: dict[str, Any] = page.evaluate(_AT_A_DESK)
    found += _unnamed(seen["headings"], seen["title"])
    found += [f"at {DESK} px, {fault}" for fault in seen["atOnce"]]
    found += [f"with text at 200 %, {fault}" for fault in seen["inLargeText"]]
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    found += [f"at {PHONE} px, {fault}" for fault in page.evaluate(_ON_A_PHONE)]
    photograph(page, f"{name}-{PHONE}")
    page.set_viewport_size({"width": DESK, "height": HEIGHTS[DESK]})
    return found


def photograph(page: Page, name: str) -> None:
    """Keep a picture of the whole page in the folder that SCREENSHOTS_DIR names, if it does."""
    folder = os.environ.get("SCREENSHOTS_DIR")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def objections(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    page.evaluate(_axe_itself())
    violations: list[dict[str, Any]] = page.evaluate(_AXE, STANDARDS)
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in violations
        for node in violation["nodes"][:3]
    ]


@cache
def _axe_itself() -> str:
    return (BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()


def _unnamed(headings: list[str], title: str) -> list[str]:
    found = [] if len(headings) == 1 and headings[0] else [f"its main headings are {headings}"]
    name, _, portal = title.partition(" | ")
    return found if name.strip() and portal.strip() else [*found, f"its title is {title!r}"]
