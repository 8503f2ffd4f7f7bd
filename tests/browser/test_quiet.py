"""Evidence steps back until it is wanted: how much there is to look at, to step through and to print."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import KINDS, Watch, window

STUNT = KINDS["stunt"]
MOST_STOPS = 150
MOST_HEIGHT = 5000
MOST_SCREENS = 12
MOST_SIZES = 8
LEAST_BADGE = 12.5
MOST_SHEETS = 5
"""Of paper: half of the eleven that the page took when every sentence had its references beside it."""
SIZES = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = {};
    while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (!data.trim() || !parentElement.checkVisibility({ visibilityProperty: true })) continue;
        if (parentElement.closest("script, style, noscript, option, template")) continue;
        sizes[getComputedStyle(parentElement).fontSize] ??= `${parentElement.outerHTML.slice(0, 80)}`;
    }
    return sizes;
}"""
"""An element for each size of font on the page."""


@pytest.fixture(scope="module")
def desktop(browser: Browser, base: str) -> Iterator[Watch]:
    with window(browser, base, width=1280, height=800, reduced_motion="reduce") as desktop:
        yield desktop


@pytest.fixture(scope="module")
def phone(browser: Browser, base: str) -> Iterator[Watch]:
    with window(browser, base, width=360, height=740, reduced_motion="reduce") as phone:
        yield phone


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_a_stunt_is_a_short_page(desktop: Watch, phone: Watch) -> None:
    for site in (desktop, phone):
        site.open(STUNT)
        expect(site.page.locator(".sb-references")).not_to_have_attribute("open", "")
    assert height(desktop.page) <= MOST_HEIGHT
    assert height(phone.page) <= MOST_SCREENS * 740


def test_a_stunt_has_few_tab_stops(desktop: Watch) -> None:
    desktop.open(STUNT)
    stops = 0
    desktop.page.keyboard.press("Tab")
    while desktop.page.evaluate("document.activeElement !== document.body") and stops <= MOST_STOPS:
        desktop.page.keyboard.press("Tab")
        stops += 1
    assert 50 < stops <= MOST_STOPS


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_page_has_few_sizes_of_type_and_no_tiny_badges(desktop: Watch, address: str) -> None:
    desktop.open(address)
    sizes = desktop.page.evaluate(SIZES)
    assert len(sizes) <= MOST_SIZES, sizes
    badges = desktop.page.locator(".sb-status").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert [size for size in badges if size < LEAST_BADGE] == []


def test_a_stunt_is_printed_on_few_sheets(desktop: Watch) -> None:
    desktop.open(STUNT)
    pdf = desktop.page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= MOST_SHEETS
