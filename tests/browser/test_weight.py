"""What a page costs its reader: bytes over the network at the first view, compressed as a host sends them."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import KINDS, CompressingHandler, Watch, served, window

MOST_OF_A_VIEW = 45_000
MOST_OF_A_SEARCH = 150_000
MOST_OF_SCRIPTS = 15_000
MOST_OF_SCRIPTS_OF_A_SEARCH = 35_000
"""Bytes; those of our own scripts before they are compressed. The search page loads those of the search at once."""


class Weighing:
    """What a server writes to, and the bytes that went through it."""

    def __init__(self, file: Any, sizes: list[int]) -> None:
        self._file, self._sizes = file, sizes

    def write(self, content: bytes) -> int:
        self._sizes.append(len(content))
        return int(self._file.write(content))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class WeighingHandler(CompressingHandler):
    """Notes the bytes of all that it sends, headers included, whoever asks: the search has a thread of its own."""

    def __init__(self, *args: Any, sizes: list[int], **options: Any) -> None:
        self._sizes = sizes
        super().__init__(*args, **options)

    def setup(self) -> None:
        super().setup()
        self.wfile = Weighing(self.wfile, self._sizes)  # type: ignore[assignment]


@pytest.fixture
def weighed(browser: Browser, built: Path) -> Iterator[tuple[Watch, list[int]]]:
    """A window with nothing in its cache, and the bytes that it was sent."""
    sizes: list[int] = []
    with served(built, partial(WeighingHandler, sizes=sizes)) as base, window(browser, base) as site:
        yield site, sizes


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_a_first_view_is_light(weighed: tuple[Watch, list[int]], built: Path, address: str) -> None:
    site, sizes = weighed
    answers = list[str]()
    site.page.on("response", lambda answer: answers.append(answer.url.removeprefix(site.base)))
    site.open(address)
    site.page.wait_for_load_state("networkidle")
    site.assert_quiet()
    assert len(sizes) > 1
    assert 1_000 < sum(sizes) <= MOST_OF_A_VIEW, f"{address} sends {sum(sizes):,} bytes: {sizes}"
    own = {path: (built / path).stat().st_size for path in answers if re.fullmatch(r"assets/stuntbook/.*\.js", path)}
    assert len(own) > 2
    assert sum(own.values()) < (MOST_OF_SCRIPTS_OF_A_SEARCH if address == KINDS["search"] else MOST_OF_SCRIPTS), own


def test_the_first_search_is_light(weighed: tuple[Watch, list[int]]) -> None:
    site, sizes = weighed
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
    assert 50_000 < searched <= MOST_OF_A_SEARCH, f"the first search sends {searched:,} bytes more"
