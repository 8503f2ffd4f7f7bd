"""Every kind of page, and everything that opens on one, under axe-core's rules for WCAG 2.2 A and AA.

In the colours and at the widths in which people read. axe-core sees about half of what can be wrong; the ways of the
keyboard are in `test_tasks.py`, the geometry in `test_layout.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import KINDS, Watch, watch

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The rules of WCAG 2.2, levels A and AA, by the version that brought them."""
WIDTHS = (360, 1440)
START = """(tags) => {
    const told = ({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
        `${id} at ${target.join(" ")}: ${failureSummary.replace(/\\s+/g, " ")}`);
    const finished = document.getAnimations().map((each) => each.finished);
    window.axeFound = Promise.allSettled(finished)
        .then(() => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }))
        .then(({ violations }) => violations.flatMap(told));
}"""
"""Looks at the page when nothing moves any more; what is found waits in `axeFound`."""


def violations(*windows: Watch) -> list[str]:
    """What axe-core holds against the pages as they are now. It looks at them at the same time, a processor each."""
    for window in windows:
        window.page.evaluate(AXE_SCRIPT)
        window.page.evaluate(START, TAGS)
    return [f"{_width(window)} px: {each}" for window in windows for each in window.page.evaluate("axeFound")]


def _width(window: Watch) -> int:
    size = window.page.viewport_size
    assert size
    return size["width"]


@pytest.fixture(scope="module", params=["light", "dark"])
def windows(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[tuple[Watch, ...]]:
    """The site in a window of each width, in light or dark colours."""
    with ExitStack() as stack:
        yield tuple(
            watch(
                stack.enter_context(
                    browser.new_context(
                        viewport={"width": width, "height": 800},
                        color_scheme=request.param,
                        reduced_motion="reduce",
                    )
                ),
                base,
            )
            for width in WIDTHS
        )


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_page_of_each_kind(windows: tuple[Watch, ...], address: str) -> None:
    for window in windows:
        window.open(address)
    assert violations(*windows) == []


def _reference(page: Page) -> None:
    page.locator("article .sb-mark a").first.click()
    expect(page.get_by_role("dialog", name="Reference")).to_be_visible()


def _preview(page: Page) -> None:
    page.locator(".sb-summary a").first.hover()
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


def _unfolded(page: Page) -> None:
    folded = page.locator("article details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    expect(page.locator("article details[open] > :not(summary)").first).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # what the head of the page lies upon, it makes smaller


@pytest.mark.parametrize(
    ("kind", "open_it"),
    [
        pytest.param("stunt", _reference, id="a reference"),
        pytest.param("stunt", _preview, id="a preview"),
        pytest.param("stunt", _unfolded, id="a figure's table"),
        pytest.param("film", _unfolded, id="the evidence matrix"),
        pytest.param("evidence", _unfolded, id="lists of statements"),
        pytest.param("coverage", _search, id="the search"),
        pytest.param("coverage", _search_without_results, id="the search without results"),
    ],
)
def test_what_opens(windows: tuple[Watch, ...], kind: str, open_it: Callable[[Page], None]) -> None:
    for window in windows:
        window.open(KINDS[kind])
        open_it(window.page)
    assert violations(*windows) == []


def test_the_menu_of_a_phone(windows: tuple[Watch, ...]) -> None:
    phone, _ = windows
    phone.open(KINDS["coverage"])
    phone.page.get_by_role("button", name="Menu").click()
    expect(phone.page.get_by_role("link", name="Injuries").first).to_be_in_viewport()
    assert violations(phone) == []
