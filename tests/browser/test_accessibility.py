"""Every kind of page, and everything that opens on one, under axe-core's rules for WCAG 2.2 A and AA and its best
practices; and the names of controls, each of which must tell its control from all others of the page.

In the colours and at the widths in which people read. The rules about colours take most of the time: a whole page is
looked at with them once, in a wide window in light colours, and otherwise three of all that are alike, in a narrow one
in dark colours; the other way round, and narrow with the rest of the rules, a page of each make is. axe-core sees about
half of what can be wrong; the ways of the keyboard are in `test_tasks.py`, and the geometry, which other fonts change,
in `test_layout.py`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import KINDS, OF_EACH_MAKE, Watch, window
from tests.browser.test_layout import SETTLED, UNFOLD

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules of WCAG 2.2, levels A and AA, by the version that brought them, and those that no standard asks for."""
OF_COLOUR = ("color-contrast", "link-in-text-block")
"""Those of the rules that hang on colours."""
CONTROLS = ("button", "DisclosureTriangle", "textbox", "searchbox", "combobox", "checkbox", "radio")
MARK = re.compile(r"Evidence \d+: ")
WIDTHS = (360, 1440)
ALIKE = 3
THIN = """([part, kept]) => {
    for (const parent of document.querySelectorAll(`${part}, ${part} *`)) {
        const found = new Map();
        for (const child of [...parent.children]) {
            const kind = `${child.localName}.${child.getAttribute("class")}`;
            found.set(kind, (found.get(kind) ?? 0) + 1);
            if (found.get(kind) > kept && !child.matches("head *, script")) child.remove();
        }
    }
}"""
"""Leaves in a part as many as are `kept` of neighbours that have the same name and classes."""
START = """([part, rules, left]) => {
    const told = ({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`);
    const finished = document.getAnimations().map((each) => each.finished);
    window.axeFound = Promise.allSettled(finished)
        .then(() => axe.run(part, { runOnly: rules, rules: left, resultTypes: ["violations"] }))
        .then(({ violations }) => violations.flatMap(told));
}"""
"""Looks at a part of the page when nothing moves any more; what is found waits in `axeFound`."""


def violations(
    *windows: Watch, part: str = "html", rules: tuple[str, ...] = TAGS, left: tuple[str, ...] = ()
) -> list[str]:
    """What axe-core holds against the pages as they are now, of some rules without those that are left out.

    It looks at the pages at the same time, a processor each.
    """
    for site in windows:
        site.page.evaluate(START, [part, rules, {rule: {"enabled": False} for rule in left}])
    return [f"{_described(site)}: {each}" for site in windows for each in site.page.evaluate("axeFound")]


def _described(site: Watch) -> str:
    size = site.page.viewport_size
    assert size
    return f"{size['width']} px, {site.page.locator('body').get_attribute('data-md-color-scheme')}"


@contextmanager
def opened(browser: Browser, base: str, width: int) -> Iterator[Watch]:
    """The site in a window in which nothing moves, and in which axe-core waits on every page."""
    with window(browser, base, width=width, reduced_motion="reduce") as site:
        site.page.add_init_script(AXE_SCRIPT)
        yield site


@pytest.fixture(scope="module")
def each_width(browser: Browser, base: str) -> Iterator[tuple[Watch, ...]]:
    with ExitStack() as stack:
        yield tuple(stack.enter_context(opened(browser, base, width)) for width in WIDTHS)


@pytest.fixture
def windows(each_width: tuple[Watch, ...]) -> tuple[Watch, ...]:
    """The site in a window of each width, in light colours."""
    for site in each_width:
        _colour("light", site)
    return each_width


@pytest.fixture
def desktop(windows: tuple[Watch, ...]) -> Iterator[Watch]:
    """The wide one of them, for tests that make it narrow too."""
    yield windows[-1]
    _resize(windows[-1], WIDTHS[-1])


def _resize(site: Watch, width: int) -> None:
    site.page.set_viewport_size({"width": width, "height": 900})
    site.page.evaluate(SETTLED)


def _colour(scheme: Literal["light", "dark"], *windows: Watch) -> None:
    for site in windows:
        site.page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_page_of_each_kind(desktop: Watch, address: str) -> None:
    desktop.open(address)
    found = violations(desktop)
    _resize(desktop, WIDTHS[0])
    _thin(desktop)
    assert found + _in_dark_colours(desktop) == []


@pytest.mark.parametrize("address", OF_EACH_MAKE.values(), ids=OF_EACH_MAKE)
def test_a_page_of_each_make_the_other_way_round(windows: tuple[Watch, ...], address: str) -> None:
    narrow, wide = windows
    narrow.open(address)
    found = violations(narrow, left=OF_COLOUR)
    wide.open(address)
    for site in windows:
        _thin(site)
    assert found + violations(narrow, rules=OF_COLOUR) + _in_dark_colours(wide) == []


def _thin(site: Watch, part: str = "html") -> None:
    site.page.evaluate(THIN, [part, ALIKE])


def _in_dark_colours(*windows: Watch, part: str = "html") -> list[str]:
    """What is held against the colours of the pages as they are now, when they are dark."""
    _colour("dark", *windows)
    for site in windows:
        expect(site.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    return violations(*windows, part=part, rules=OF_COLOUR)


def _evidence(page: Page) -> None:
    page.locator(".sb-run:has(.sb-told ~ .sb-told) .sb-source").first.click()
    expect(page.get_by_role("dialog", name="Evidence")).to_be_visible()


def _cite(page: Page) -> None:
    _evidence(page)
    page.get_by_role("dialog", name="Evidence").get_by_role("button", name="Cite").first.click()
    expect(page.get_by_role("textbox", name="Citation")).to_be_visible()


def _preview(page: Page) -> None:
    page.locator(".sb-summary .sb-told a").first.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()


def _search(page: Page) -> None:
    _ask(page, "helicopter")
    expect(page.get_by_role("dialog").get_by_role("link", name="Helicopter flight").first).to_be_visible()


def _search_without_results(page: Page) -> None:
    _ask(page, "qqqqzzzz")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Nothing")


def _ask(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)


def _narrow(page: Page) -> None:
    page.locator("[data-listing] [name='q']").fill("zzz")
    expect(page.get_by_role("button", name="Show all")).to_be_visible()


def _unfold(page: Page) -> None:
    folded = page.locator("article details:not([open]) > summary").filter(visible=True)
    while folded.count():
        folded.first.click()
    expect(page.locator("article details[open] > :not(summary)").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # what the head of the page lies upon, it makes smaller


@pytest.mark.parametrize(
    ("kind", "open_it", "part"),
    [
        pytest.param("stunt", _evidence, "#sb-evidence", id="the words of a run"),
        pytest.param("stunt", _cite, "#sb-evidence", id="a citation"),
        pytest.param("stunt", _preview, "#sb-preview", id="a preview"),
        pytest.param("stunt", _unfold, ".sb-figure", id="a figure's table"),
        pytest.param("stunts", _narrow, ".sb-page", id="a list without entries"),
        pytest.param("stunt", _unfold, ".sb-references", id="the words at the foot"),
        pytest.param("film", _unfold, "section:has(> #matrix)", id="the evidence matrix"),
        pytest.param("evidence", _unfold, ".sb-page", id="lists of statements"),
        pytest.param("coverage", _search, ".sb-search", id="the search"),
        pytest.param("coverage", _search_without_results, ".sb-search", id="the search without results"),
    ],
)
def test_what_opens(windows: tuple[Watch, ...], kind: str, open_it: Callable[[Page], None], part: str) -> None:
    for site in windows:
        site.open(KINDS[kind])
        open_it(site.page)
        expect(site.page.locator(part).first).to_be_visible()
    found = violations(*windows, part=part, left=OF_COLOUR)
    for site in windows:
        _thin(site, part)
    narrow, wide = windows
    found += violations(wide, part=part, rules=OF_COLOUR)
    assert found + _in_dark_colours(narrow, part=part) == []


def _names_twice(page: Page) -> list[str]:
    """The names that several controls of the page have: what is pressed, filled in or unfolded, and the marks."""
    session = page.context.new_cdp_session(page)
    nodes = [each for each in session.send("Accessibility.getFullAXTree")["nodes"] if not each["ignored"]]
    named = [(each["role"]["value"], each.get("name", {}).get("value", "")) for each in nodes]
    counts = Counter(each for each in named if each[0] in CONTROLS or MARK.match(each[1]))
    return [f"{role} “{name}”" for (role, name), count in counts.items() if count > 1]


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_no_two_controls_have_one_name(desktop: Watch, address: str) -> None:
    desktop.open(address)
    desktop.page.evaluate(UNFOLD)
    assert _names_twice(desktop.page) == []


def test_no_two_controls_of_a_run_have_one_name(desktop: Watch) -> None:
    desktop.open(KINDS["stunt"])
    _evidence(desktop.page)
    expect(desktop.page.locator(".sb-menu")).to_have_count(2)
    assert _names_twice(desktop.page) == []


def test_the_menu_of_a_phone(windows: tuple[Watch, ...]) -> None:
    phone, _ = windows
    phone.open(KINDS["coverage"])
    phone.page.get_by_role("button", name="Menu").click()
    expect(phone.page.get_by_role("link", name="Injuries").first).to_be_in_viewport()
    assert violations(phone, part=".sb-contents") + _in_dark_colours(phone, part=".sb-contents") == []
