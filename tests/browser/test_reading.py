"""A reader's ways through the site: from a statement to the words that carry it and back, on any screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import KINDS, Watch, window

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
    statement, said = sentence.get_attribute("id"), sentence.inner_text()
    page.locator("article .sb-source").first.click()
    popover = page.get_by_role("dialog", name="Evidence")
    words = popover.locator("q").first.inner_text()
    popover.get_by_role("link", name=re.compile("^paragraph")).first.click()
    page.wait_for_url("**/sources/**#passage-*")
    passage = page.locator(":target")
    expect(passage).to_be_in_viewport()
    expect(passage.locator("q.sb-words")).to_have_text(words)

    passage.get_by_role("link", name=said).click()
    page.wait_for_url(f"**/{STUNT}#{statement}")
    back = page.locator(":target")
    expect(back).to_be_in_viewport()
    expect(back).to_have_text(said)
    site.assert_quiet()


def test_the_words_at_the_foot_lead_to_their_source_and_back(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    words = page.locator(".sb-references .sb-cited-words").first
    expect(words).to_be_hidden()
    page.locator(".sb-references > summary").click()
    said = words.locator("q").inner_text()
    words.get_by_role("link", name=re.compile("^paragraph")).click()
    page.wait_for_url("**/sources/**#passage-*")
    expect(page.locator(":target q.sb-words")).to_have_text(said)
    page.go_back()
    page.wait_for_url(f"**/{STUNT}")
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
        (STUNT, ".sb-told[id]"),
        (STUNT, ".sb-quote[id]"),
        (STUNT, ".sb-cited-words[id]"),
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
