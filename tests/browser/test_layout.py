"""Nothing sticks out of the screen, lies upon something else, is cut off or too small to hit, on any kind of page:
asserted by geometry.

Of a line of text, the middle half counts, in which its letters stand: ascenders and descenders may reach into the next.
What scrolls by itself, as a wide table does, may hold more than it shows; so may what ends in an ellipsis, where the
page has the same words in full, and keys must reach it. What can be hit is 24 px wide and high, but for links in a
sentence (WCAG 2.5.8). Pages are seen in light colours: `test_styles.py` shows that dark ones move nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import KINDS, OF_EACH_MAKE, Watch, window
from tests.browser.fonts import FAMILIES, USUAL

PROBLEMS = """() => {
    const root = document.documentElement, width = root.clientWidth, problems = [], text = document.body.textContent;
    if (Math.max(root.scrollWidth, document.body.scrollWidth) > width)
        problems.push(`the page is ${root.scrollWidth} px wide`);
    const named = (node) => {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        const place = element.closest("[id]")?.id, said = String(node.data ?? node.value ?? node.textContent);
        const words = said.trim().slice(0, 40);
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
        const { scrolls, shortens } = boxOf(element), again = () => text.split(node.data?.trim()).length > 2;
        const part = scrolls ?? (shortens && again() && shortens), shown = part || { left: -1e6, right: 1e6 };
        const left = Math.max(area.left, shown.left), right = Math.min(area.right, shown.right);
        if (right - left >= 1 && bottom - top >= 1) items.push({ node, element, part, left, right, top, bottom });
    };
    const textsIn = (element) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        return texts.filter(({ data, parentElement }) => data.trim() && !boxOf(parentElement).unseen
            && !parentElement.closest("script, style, noscript, option, template"));
    };
    const range = document.createRange();
    for (const node of textsIn(document.body)) {
        const element = node.parentElement;
        range.selectNodeContents(node);
        for (const area of range.getClientRects())
            add(node, element, area, area.top + area.height * 0.25, area.bottom - area.height * 0.25);
    }
    for (const element of document.querySelectorAll("input, select, button, img")) {
        const area = element.getBoundingClientRect();
        if (!boxOf(element).unseen && !element.textContent.trim()) add(element, element, area, area.top, area.bottom);
        else if (element.localName === "select" && !boxOf(element).unseen)
            add(element, element, area, area.top, area.bottom);
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
    const target = "a[href], button, summary, select, article label, article input:not(label input)";
    const inline = (element) => getComputedStyle(element).display.startsWith("inline");
    const blockOf = (element) => inline(element) ? blockOf(element.parentElement) : element;
    for (const each of document.querySelectorAll(target)) {
        const { width, height } = each.getBoundingClientRect();
        if (boxOf(each).unseen || Math.min(width, height) > 23.9) continue;
        const around = inline(each) ? textsIn(blockOf(each.parentElement)) : [];
        if (around.every((text) => text.parentElement.closest(target)))
            problems.push(`too small to hit, ${width} × ${height}: ${named(each)}`);
    }
    const focusable = "a[href], button, input, select, summary, textarea, [tabindex]:not([tabindex='-1'])";
    for (const each of document.querySelectorAll("body *")) {
        if (each.scrollWidth <= each.clientWidth + 1 || boxOf(each).unseen) continue;
        if (!/auto|scroll/.test(getComputedStyle(each).overflowX)) continue;
        if (!each.matches(focusable) && !each.querySelector(focusable)) problems.push(`no key scrolls: ${named(each)}`);
    }
    return [...new Set(problems)];
}"""
"""What is wrong with the geometry of the page at its top."""
HEIGHT = 5000
"""Of the windows: what is upon what, a browser tells only of what it shows."""
SETTLED = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
UNFOLD = "[...document.querySelectorAll('details:not([open])')].map((each) => (each.open = true)).length"
Look = Callable[[str], list[str]]
"""What is wrong with the page of an address."""


@dataclass(frozen=True)
class Screen:
    widths: tuple[int, ...]
    """The window's, in pixels of CSS."""
    phone: bool = False
    scale: int = 1
    """Pixels of the screen for each of CSS."""
    fonts: str = USUAL


SCREENS = {
    "desktop": Screen((1440, 768)),
    "phone": Screen((360, 320), phone=True, scale=2),
    "desktop at 200 %": Screen((640,), scale=2),  # 1280 / 2
    **{fonts: Screen((1440, 768, 320), fonts=fonts) for fonts in FAMILIES if fonts != USUAL},
}
"""With other fonts words are wider or higher, whatever the screen's pixels: each arrangement of a page (columns beside
each other, none, the narrowest) is seen once."""
ORDINARY = ("desktop", "phone")
"""The screens on which a page of every kind is seen; on the others, one of each make is."""
NAMES = (
    "films/lantern-and-tide/",
    "stunts/lighthouse-jump/",
    "people/bartholomew-placeholder/",
    "people/",
    "injuries/",
)
"""Pages of the small site with long and Arabic names."""


@pytest.fixture(scope="module", params=SCREENS)
def seen_on(request: pytest.FixtureRequest, browser_with: Callable[[str], Browser]) -> Iterator[Look]:
    """A look at pages on one of the screens."""
    screen = SCREENS[request.param]
    with browser_with(screen.fonts).new_context(
        is_mobile=screen.phone,
        has_touch=screen.phone,
        device_scale_factor=screen.scale,
        color_scheme="light",
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()

        def seen(url: str) -> list[str]:
            page.goto(url)
            return problems(page, screen)

        yield seen


def problems(page: Page, screen: Screen) -> list[str]:
    """What is wrong with the page at each width, and with everything unfolded at the last."""
    found = []
    for width in screen.widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width} px: {each}" for each in _problems(page)]
    if page.evaluate(UNFOLD):
        found += [f"{screen.widths[-1]} px, unfolded: {each}" for each in _problems(page)]
    return found


def _problems(page: Page) -> list[str]:
    page.evaluate(SETTLED)
    found: list[str] = page.evaluate(PROBLEMS)
    return found


@pytest.mark.parametrize("seen_on", ORDINARY, indirect=True)
@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_page_of_each_kind(seen_on: Look, base: str, address: str) -> None:
    assert seen_on(base + address) == []


@pytest.mark.parametrize("seen_on", [name for name in SCREENS if name not in ORDINARY], indirect=True)
@pytest.mark.parametrize("address", OF_EACH_MAKE.values(), ids=OF_EACH_MAKE)
def test_a_page_of_each_make(seen_on: Look, base: str, address: str) -> None:
    assert seen_on(base + address) == []


@pytest.mark.parametrize("address", NAMES)
def test_long_and_arabic_names(seen_on: Look, base_valid: str, address: str) -> None:
    assert seen_on(base_valid + address) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
@pytest.mark.parametrize("kind", ["stunt", "film", "person"])
def test_the_first_sentence_is_on_the_first_screen(site: Watch, kind: str, width: int, height: int) -> None:
    site.page.set_viewport_size({"width": width, "height": height})
    site.open(KINDS[kind])
    expect(site.page.locator("article .sb-told").first).to_be_in_viewport(ratio=1)
    assert site.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("kind", ["stunt", "film"])
def test_phones_fold_the_facts_after_six_rows(plain: Watch, kind: str) -> None:
    plain.open(KINDS[kind])
    rows = plain.page.locator(".sb-facts__row")
    expect(rows.filter(visible=True)).to_have_count(rows.count())
    plain.page.set_viewport_size({"width": 360, "height": 740})
    expect(rows.filter(visible=True)).to_have_count(6)
    plain.page.locator(".sb-facts summary").click()
    expect(rows.filter(visible=True)).to_have_count(rows.count())
    assert rows.count() > 6


def test_the_contents_stand_beside_the_text_where_there_is_room(site: Watch) -> None:
    site.open(KINDS["stunt"])
    contents = site.page.get_by_role("navigation", name="On this page")
    beside, text = contents.bounding_box(), site.page.locator(".sb-body").bounding_box()
    assert beside
    assert text
    assert beside["x"] + beside["width"] <= text["x"]
    contents.get_by_role("link", name="Words in the articles").click()
    expect(site.page.get_by_role("heading", name="Words in the articles")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (".sb-summary { white-space: nowrap }", "the page is"),
        (".sb-summary { position: relative; left: -3rem }", "outside of the screen"),
        (".sb-summary { height: 1em; overflow: hidden }", "cut off"),
        ("h1 { margin-bottom: -2em !important }", "overlapping"),
        (".sb-facts { position: absolute; top: 0 }", "covered"),
        (".sb-crumbs a { min-height: 0; padding: 0 }", "too small to hit"),
        (".sb-facts dt { width: 2em; overflow-x: auto; white-space: nowrap }", "no key scrolls"),
        ("details.sb-fold[open] > * { width: 200vw }", "unfolded: the page is"),
    ],
)
def test_what_is_wrong_is_found(browser: Browser, base: str, style: str, expected: str) -> None:
    with window(browser, base, bypass_csp=True) as site:  # which would refuse the style
        found_with(site, style, expected)


def found_with(site: Watch, style: str, expected: str) -> None:
    site.open("films/rogue-nation/")
    assert problems(site.page, Screen((360,))) == []
    site.open("films/rogue-nation/")
    site.page.add_style_tag(content=style)
    assert any(expected in each for each in problems(site.page, Screen((360,))))
