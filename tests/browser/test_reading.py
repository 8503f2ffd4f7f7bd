"""A reader's ways through the site: from a statement to the words that carry it and back, on any screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import KINDS, Watch, window, words_told

STUNT = "stunts/halo-jump/"
WIDTHS = (360, 768, 1440)
SCHEMES = ("light", "dark")


def test_a_reader_follows_a_statement_to_its_source_and_back(site: Watch) -> None:
    page = site.page
    site.open("")
    page.locator(".md-tabs").get_by_role("link", name="Stunts", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stunts")
    page.locator("article").get_by_role("link", name="HALO jump", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("HALO jump")

    sentence = page.locator("article .sb-told").first
    mark, statement, said = (
        sentence.locator("a[href^='#ref-']").first,
        sentence.get_attribute("id"),
        words_told(sentence),
    )
    reference = (mark.get_attribute("href") or "").removeprefix("#")
    mark.click()
    page.get_by_role("dialog", name="Reference").get_by_role("link", name="In the list of references").click()
    page.wait_for_url(f"**/{STUNT}#{reference}")
    expect(page.get_by_role("dialog", name="Reference")).to_be_hidden()
    entry = page.locator(f"[id='{reference}']")
    expect(entry).to_be_in_viewport()
    words = entry.locator("q").inner_text()

    entry.get_by_role("link", name=re.compile("^paragraph")).click()
    page.wait_for_url("**/sources/**")
    passage = page.locator(f"[id='{site.address.partition('#')[2]}']")
    expect(passage).to_be_in_viewport()
    expect(passage.locator("q.sb-words")).to_have_text(words)

    passage.locator(f"a[href$='{STUNT}#{statement}']").click()
    page.wait_for_url(f"**/{STUNT}#{statement}")
    back = page.locator(f"[id='{statement}']")
    expect(back).to_be_in_viewport()
    expect(back).to_contain_text(said)
    site.assert_quiet()


def test_no_page_asks_another_origin(site: Watch, built: Path) -> None:
    addresses = sorted(path.parent.relative_to(built).as_posix() + "/" for path in built.rglob("*/index.html"))
    assert len(addresses) > len(KINDS)
    for address in addresses:
        site.open(address)
    site.assert_quiet()


@pytest.fixture(scope="module", params=[(width, scheme) for scheme in SCHEMES for width in WIDTHS], ids=str)
def tab(request: pytest.FixtureRequest, browser: Browser, base: str) -> Iterator[Watch]:
    """The site in a window of some width, in light or dark colours."""
    width, scheme = request.param
    with window(browser, base, width=width, height=800, color_scheme=scheme) as tab:
        yield tab


@pytest.fixture
def screen(tab: Watch) -> Watch:
    """The site in such a window, with nothing held against it yet."""
    tab.forget()
    return tab


def test_the_colours_follow_the_system(screen: Watch) -> None:
    screen.open(STUNT)
    dark = screen.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    body = screen.page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate" if dark else "default")
    screen.assert_quiet()


@pytest.mark.parametrize(
    ("address", "selector"),
    [
        (STUNT, ".sb-statement[id]"),
        (STUNT, ".sb-references li[id]"),
        (STUNT, "h2[id]"),
        ("sources/looper-plane-jump/", ".sb-passage[id]"),
    ],
)
def test_a_target_is_not_hidden_under_the_header(screen: Watch, address: str, selector: str) -> None:
    screen.open(address)
    targets = screen.page.locator(f"article {selector}")
    count = targets.count()
    assert count > 1
    for index in (0, count // 2, count - 1):
        target = targets.nth(index)
        screen.open(f"{address}#{target.get_attribute('id')}")
        assert _top(target) >= _header_bottom(screen) - 1, f"{screen.address} is hidden under the header"
    screen.assert_quiet()


def _top(target: Locator) -> float:
    expect(target).to_be_in_viewport()
    box = target.bounding_box()
    assert box is not None
    return box["y"]


def _header_bottom(screen: Watch) -> float:
    """Where the part of the header that stays on the screen ends."""
    box = screen.page.locator("header.md-header").bounding_box()
    assert box is not None
    assert box["y"] <= 0 < box["y"] + box["height"], "the header no longer stays on the screen"
    return box["y"] + box["height"]
