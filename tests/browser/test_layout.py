"""Nothing sticks out of the screen, lies upon something else or is cut off, on any kind of page: asserted by geometry.

Of a line of text, the middle half counts, in which its letters stand: ascenders and descenders may reach into the next.
What scrolls by itself, as a wide table does, may hold more than it shows; so may what ends in an ellipsis, where the
page has the same words in full.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import KINDS, Watch

PROBLEMS = """() => {
    const root = document.documentElement, width = root.clientWidth, problems = [], text = document.body.textContent;
    if (Math.max(root.scrollWidth, document.body.scrollWidth) > width)
        problems.push(`the page is ${root.scrollWidth} px wide`);
    const named = (node) => {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        const place = element.closest("[id]")?.id, words = String(node.data ?? node.value ?? "").trim().slice(0, 40);
        return `${element.localName}.${element.getAttribute("class") ?? ""} “${words}” in #${place}`;
    };
    const boxes = new Map();
    const boxOf = (element) => {
        if (!boxes.has(element)) boxes.set(element, readBox(element));
        return boxes.get(element);
    };
    const readBox = (element) => {
        const style = getComputedStyle(element), area = element.getBoundingClientRect();
        const unseen = style.clipPath === "inset(50%)" || style.clip === "rect(0px, 0px, 0px, 0px)";
        const inner = element !== root && element !== document.body && style.display !== "inline";
        const scrolls = inner && /auto|scroll/.test(style.overflowX);
        const clips = inner && !scrolls && /hidden|clip/.test(style.overflowX + style.overflowY);
        const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        const above = element.parentElement ? boxOf(element.parentElement) : {};
        return {
            unseen: above.unseen || unseen || !visible,
            scrolls: scrolls ? area : above.scrolls,
            shortens: clips && style.textOverflow === "ellipsis" ? area : above.shortens,
            clip: clips && !(element instanceof SVGElement) ? area : above.clip,
        };
    };
    const items = [];
    const add = (node, element, area, top, bottom) => {
        const { scrolls, shortens } = boxOf(element), again = text.split(node.data?.trim()).length > 2;
        const part = scrolls ?? (again && shortens), shown = part || { left: -1e6, right: 1e6 };
        const left = Math.max(area.left, shown.left), right = Math.min(area.right, shown.right);
        if (right - left >= 1 && bottom - top >= 1) items.push({ node, element, part, left, right, top, bottom });
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walker.nextNode()) {
        const node = walker.currentNode, element = node.parentElement;
        if (!node.data.trim() || element.closest("script, style, noscript, option, template")) continue;
        if (boxOf(element).unseen) continue;
        range.selectNodeContents(node);
        for (const area of range.getClientRects())
            add(node, element, area, area.top + area.height * 0.25, area.bottom - area.height * 0.25);
    }
    for (const element of document.querySelectorAll("input, select, button, img")) {
        const area = element.getBoundingClientRect();
        if (!boxOf(element).unseen && !element.textContent.trim()) add(element, element, area, area.top, area.bottom);
        if (element.localName === "select") add(element, element, area, area.top, area.bottom);
    }
    for (const { node, element, part, left, right, top, bottom } of items) {
        const { clip } = boxOf(element);
        if (part) continue;
        if (left < -1 || right > width + 1) problems.push(`outside of the screen: ${named(node)}`);
        if (clip && (left < clip.left - 1 || right > clip.right + 1 || top < clip.top - 1 || bottom > clip.bottom + 1))
            problems.push(`cut off: ${named(node)}`);
    }
    for (const { node, element, left, right, top, bottom } of items) {
        const upon = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        if (upon && !upon.contains(element) && !element.contains(upon))
            problems.push(`covered by ${named(upon)}: ${named(node)}`);
    }
    items.sort((one, other) => one.top - other.top);
    items.forEach((one, index) => {
        for (const other of items.slice(index + 1)) {
            if (other.top > one.bottom) break;
            if (one.node === other.node || one.element.contains(other.node) && one.element === other.node) continue;
            const deep = Math.min(one.bottom, other.bottom) - other.top;
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            if (deep > 2 && wide > 2) problems.push(`overlapping: ${named(one.node)} and ${named(other.node)}`);
        }
    });
    return [...new Set(problems)];
}"""
"""What is wrong with the geometry of the page at its top."""
HEIGHT = 5000
"""Of the windows: what is upon what, a browser tells only of what it shows."""
SETTLED = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
UNFOLD = "[...document.querySelectorAll('details:not([open])')].map((each) => (each.open = true)).length"
SCREENS = {
    "desktop": (False, 1, (1440, 768)),
    "phone": (True, 2, (360, 320)),
    "desktop at 200 %": (False, 2, (640,)),
}
"""Whether it is a phone, pixels of the screen for each of CSS, and the window's widths in those: 640 is 1280 / 2."""
IN_BOTH_COLOURS = (360, 768, 1440)
NAMES = (
    "films/lantern-and-tide/",
    "stunts/lighthouse-jump/",
    "people/bartholomew-placeholder/",
    "people/",
    "injuries/",
)
"""Pages of the small site with long and Arabic names."""


@pytest.fixture(scope="module", params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, tuple[int, ...]]]:
    """A window, and the widths to try."""
    phone, scale, widths = SCREENS[request.param]
    with browser.new_context(
        is_mobile=phone, has_touch=phone, device_scale_factor=scale, reduced_motion="reduce"
    ) as context:
        yield context.new_page(), widths


def problems(page: Page, widths: tuple[int, ...]) -> list[str]:
    """What is wrong with the page at each width, and with everything unfolded at the last."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in ("light", "dark") if width in IN_BOTH_COLOURS else ("light",):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found += [f"{width} px, {scheme}: {each}" for each in _problems(page)]
    if page.evaluate(UNFOLD):
        found += [f"{widths[-1]} px, unfolded: {each}" for each in _problems(page)]
    return found


def _problems(page: Page) -> list[str]:
    page.evaluate(SETTLED)
    found: list[str] = page.evaluate(PROBLEMS)
    return found


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_page_of_each_kind(screen: tuple[Page, tuple[int, ...]], base: str, address: str) -> None:
    page, widths = screen
    page.goto(base + address)
    assert problems(page, widths) == []


@pytest.mark.parametrize("address", NAMES)
def test_long_and_arabic_names(screen: tuple[Page, tuple[int, ...]], base_valid: str, address: str) -> None:
    page, widths = screen
    page.goto(base_valid + address)
    assert problems(page, widths) == []


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".sb-summary { white-space: nowrap }", "the page is"),
        (".sb-summary { position: relative; left: -3rem }", "outside of the screen"),
        (".sb-summary { height: 1em; overflow: hidden }", "cut off"),
        ("h1 { margin-bottom: -2em !important }", "overlapping"),
        (".sb-facts { position: absolute; top: 0 }", "covered"),
        ("details.sb-matrix[open] > * { width: 200vw }", "unfolded: the page is"),
    ],
)
def test_what_is_wrong_is_found(site: Watch, style: str, expected: str) -> None:
    site.open("films/rogue-nation/")
    assert problems(site.page, (360,)) == []
    site.open("films/rogue-nation/")
    site.page.add_style_tag(content=style)
    assert any(expected in each for each in problems(site.page, (360,)))
