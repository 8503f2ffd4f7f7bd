"""Scripts one by one: none stands in a page, and where one is refused, or storage is, the rest goes on."""

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route, expect

from tests.browser.conftest import (
    FLAGS,
    NAMES,
    OF_EACH_MAKE,
    CompressingHandler,
    Watch,
    find_chromium,
    served,
    window,
)

STUNT = "stunts/halo-jump/"
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("Access is denied", "SecurityError"); } });
}"""
SCHEME = "document.body.dataset.mdColorScheme"
DARK, LIGHT = "slate", "default"


def switch(page: Page) -> None:
    page.locator("[data-md-component=palette] label:visible").click()


# --- What each script does, as far as a reader sees it


def colours_answer(site: Watch) -> None:
    site.open(STUNT)
    assert site.page.evaluate(SCHEME) == LIGHT
    switch(site.page)  # as the system is -> always light
    switch(site.page)  # -> always dark
    assert site.page.evaluate(SCHEME) == DARK


def evidence_opens(site: Watch) -> None:
    site.open(STUNT)
    site.page.locator("article .sb-source").first.click()
    expect(site.page.locator("#sb-evidence")).to_be_visible()


def a_statement_is_cited(site: Watch) -> None:
    evidence_opens(site)
    evidence = site.page.locator("#sb-evidence")
    evidence.get_by_role("button", name="Cite").first.click()
    expect(evidence.get_by_role("textbox", name="Citation")).to_have_value(re.compile("“.+” – "))


def previews_open(site: Watch) -> None:
    site.open(STUNT)
    site.page.locator("article a[href$='films/fallout/']").first.hover()
    expect(site.page.get_by_role("tooltip")).to_be_visible()


def lists_narrow(site: Watch) -> None:
    site.open("people/")
    site.page.get_by_role("searchbox", name="Name").fill("quarrie")
    expect(site.page.locator("[data-places]:visible")).to_have_count(1)


def search_opens(site: Watch) -> None:
    site.open(STUNT)
    site.page.keyboard.press("/")
    dialog = site.page.get_by_role("dialog", name="Search")
    dialog.get_by_role("searchbox").fill("helicopter")
    expect(dialog.get_by_role("link", name="Helicopter flight").first).to_be_visible()


def search_page_answers(site: Watch) -> None:
    site.open("search/?q=helicopter")
    expect(site.page.locator("article").get_by_role("link", name="Helicopter flight").first).to_be_visible()


def unknown_address_is_asked_for(site: Watch) -> None:
    site.open("404.html")
    expect(site.page.locator("[data-words-of-address]")).not_to_have_value("")


ABILITIES: dict[Callable[[Watch], None], set[str]] = {
    colours_answer: {"colours"},
    evidence_opens: {"evidence"},
    a_statement_is_cited: {"evidence", "menu", "citations"},
    previews_open: {"previews"},
    lists_narrow: {"listings"},
    search_opens: {"stuntbook", "search", "finding", "question"},
    search_page_answers: {"search", "finding", "question"},
    unknown_address_is_asked_for: {"stuntbook"},
}
"""What readers can do, and the scripts that it needs."""


def scripts(built: Path) -> list[str]:
    return sorted(path.stem for path in (built / "assets/stuntbook").glob("*.js"))


# --- One that is refused


@pytest.mark.parametrize("ability", ABILITIES, ids=lambda each: each.__name__)
def test_no_other_script_is_needed(site: Watch, built: Path, ability: Callable[[Watch], None]) -> None:
    """Each script that has nothing to do with it is refused, all of them at once: so each may be."""
    others = set(scripts(built)) - ABILITIES[ability]
    assert others
    site.page.route(re.compile(f"/assets/stuntbook/({'|'.join(others)})\\.js$"), lambda route: route.abort())
    ability(site)
    assert [each for each in site.messages if "ERR_FAILED" not in each] == []


@pytest.fixture(scope="module")
def refused(browser: Browser, base: str) -> Iterator[Watch]:
    """The site in a window that refuses storage."""
    with window(browser, base, color_scheme="light") as refused:
        refused.page.add_init_script(NO_STORAGE)
        yield refused


@pytest.mark.parametrize("ability", ABILITIES, ids=lambda each: each.__name__)
def test_where_storage_is_refused_everything_works(refused: Watch, ability: Callable[[Watch], None]) -> None:
    refused.forget()
    ability(refused)
    refused.assert_quiet()


@pytest.fixture(scope="module")
def strict(browser: Browser, guarded: str) -> Iterator[Watch]:
    """The site with a Content-Security-Policy that refuses scripts within a page, handlers, and other hosts."""
    with window(browser, guarded) as strict:
        yield strict


@pytest.mark.parametrize("address", OF_EACH_MAKE.values(), ids=OF_EACH_MAKE)
def test_scripts_of_the_site_alone_are_enough(strict: Watch, address: str) -> None:
    strict.forget()
    strict.open(address)
    strict.page.wait_for_load_state("networkidle")
    strict.assert_quiet()
    assert strict.page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0


def test_a_policy_without_webassembly_stops_only_the_search(browser: Browser, guarded: str) -> None:
    with window(browser, guarded, color_scheme="light") as site:
        for ability in (colours_answer, evidence_opens, previews_open, lists_narrow):
            ability(site)
        site.assert_quiet()


class GuardedHandler(CompressingHandler):
    """Serves a site whose host lets it run nothing but its own scripts."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "script-src 'self'")
        super().end_headers()


class SearchingHandler(CompressingHandler):
    """The same, but for WebAssembly, which the search is made of."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "script-src 'self' 'wasm-unsafe-eval'")
        super().end_headers()


@pytest.fixture(scope="module")
def guarded(built: Path) -> Iterator[str]:
    with served(built, GuardedHandler) as address:
        yield address


def test_with_webassembly_the_search_answers_too(browser: Browser, built: Path) -> None:
    with served(built, SearchingHandler) as address, window(browser, address) as site:
        search_opens(site)
        site.assert_quiet()


# --- The colours


@pytest.mark.parametrize(("system", "scheme"), [("light", LIGHT), ("dark", DARK)])
@pytest.mark.parametrize("storage", [True, False], ids=["storage", "no storage"])
def test_the_first_paint_has_the_systems_colours(
    browser: Browser, base: str, system: str, scheme: str, storage: bool
) -> None:
    with window(browser, base, color_scheme=system) as site:
        if not storage:
            site.page.add_init_script(NO_STORAGE)
        assert schemes_painted(site) == [scheme]


def test_the_first_paint_has_the_readers_colours(browser: Browser, base: str) -> None:
    with window(browser, base, color_scheme="light") as site:
        colours_answer(site)
        assert schemes_painted(site) == [DARK]
        site.open("films/")
        assert site.page.evaluate(SCHEME) == DARK
        expect(site.page.get_by_role("radio", name="As the system is")).to_be_checked()


def come_late(route: Route) -> None:
    time.sleep(0.05)
    route.continue_()


def schemes_painted(site: Watch) -> list[str]:
    """The colour schemes of the frames that a browser paints while a page loads whose modules come late."""
    site.page.add_init_script(
        """window.painted = [];
        const note = () => {
            if (document.body) painted.push(document.body.dataset.mdColorScheme);
            requestAnimationFrame(note);
        };
        requestAnimationFrame(note);"""
    )
    late = re.compile(r"/(stuntbook|evidence|previews)\.js$")
    site.page.route(late, come_late)
    site.open(STUNT)
    found: list[str] = site.page.evaluate("painted")
    assert found
    return sorted(set(found))


def test_the_colours_follow_the_system_while_a_page_is_read(browser: Browser, base: str) -> None:
    with window(browser, base, color_scheme="light") as site:
        site.open(STUNT)
        site.page.emulate_media(color_scheme="dark")
        # To wait for an expression would need `eval` each time that it is not true yet, which the site's policy stops.
        expect(site.page.locator("body")).to_have_attribute("data-md-color-scheme", DARK)
        switch(site.page)  # always light
        assert site.page.evaluate(SCHEME) == LIGHT
        site.page.emulate_media(color_scheme="light")
        site.page.emulate_media(color_scheme="dark")
        site.page.wait_for_timeout(100)
        assert site.page.evaluate(SCHEME) == LIGHT
        site.assert_quiet()


def test_without_scripts_there_is_no_control_of_colours(plain: Watch) -> None:
    plain.open(STUNT)
    expect(plain.page.locator("[data-md-component=palette] label:visible")).to_have_count(0)


def test_a_browser_that_blocks_all_cookies(tmp_path: Path, browser: Browser, base: str, playwright: Playwright) -> None:
    """Chromium refuses storage to pages whose cookies its reader blocks."""
    (tmp_path / "Default").mkdir()
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(blocked), encoding="utf-8")
    path = find_chromium(NAMES[1:])
    with playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=path, args=FLAGS, color_scheme="light"
    ) as context:
        site = Watch(context.pages[0], base)
        site.open(STUNT)
        refused = site.page.evaluate("() => { try { return !localStorage; } catch { return true; } }")
        assert refused
        for ability in ABILITIES:
            ability(site)
        site.assert_quiet()
