"""What a page costs its reader: bytes over the network at the first view, compressed as a host sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import KINDS, Watch, window

MOST_OF_A_VIEW = 120_000
MOST_OF_A_SEARCH = 150_000
MOST_OF_SCRIPTS = 15_000
"""Bytes; those of our own scripts before they are compressed."""


@contextmanager
def weighed(browser: Browser, base: str) -> Iterator[tuple[Watch, list[int]]]:
    """A window with nothing in its cache, and the bytes of each answer that it was sent, with their headers."""
    with window(browser, base) as site:
        session = site.page.context.new_cdp_session(site.page)
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        session.send("Network.enable")
        yield site, sizes


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_first_view_is_light(browser: Browser, compressed: str, address: str) -> None:
    with weighed(browser, compressed) as (site, sizes):
        site.open(address)
        site.page.wait_for_load_state("networkidle")
        site.assert_quiet()
        assert len(sizes) > 1
        assert 1_000 < sum(sizes) <= MOST_OF_A_VIEW, f"{address} sends {sum(sizes):,} bytes: {sizes}"


def test_the_first_search_is_light(browser: Browser, compressed: str) -> None:
    with weighed(browser, compressed) as (site, sizes):
        site.open("stunts/halo-jump/")
        site.page.wait_for_load_state("networkidle")
        view = sum(sizes)
        site.page.keyboard.press("/")
        dialog = site.page.get_by_role("dialog", name="Search")
        dialog.get_by_role("searchbox").press_sequentially("helicopter")
        expect(dialog.get_by_role("link", name="Helicopter flight").first).to_be_visible()
        site.page.wait_for_load_state("networkidle")
        site.assert_quiet()
        searched = sum(sizes) - view
        assert 1_000 < searched <= MOST_OF_A_SEARCH, f"the first search sends {searched:,} bytes more"


def test_own_scripts_are_small(built: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (built / "assets" / "stuntbook").glob("**/*.js")}
    assert {"stuntbook.js", "search.js", "listings.js"} <= set(sizes)
    assert sum(sizes.values()) < MOST_OF_SCRIPTS, sizes
