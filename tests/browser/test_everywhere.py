"""The site outside of an ordinary window: on paper, from a disk, below a folder, without scripts or motion, shared.

And the ways that lead on from a record: previews, neighbours in time, related stunts and mentions.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import KINDS, SITE_URL, Watch, window

STUNT = "stunts/halo-jump/"
FILM = "films/fallout/"
REFUSED = re.compile(r"error: (Access to script at 'file:|Failed to load resource: net::ERR_FAILED)")
MODULE = re.compile(r"file:\S+\.js: net::ERR_FAILED")
SEEN = "all => all.filter(each => each.checkVisibility({ opacityProperty: true, visibilityProperty: true })).length"


def seen(elements: Locator) -> int:
    """How many of the elements are on the page for somebody to see."""
    found: int = elements.evaluate_all(SEEN)
    return found


# --- On paper


def test_a_record_is_printed_with_its_references_and_without_controls(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    page.locator(".sb-mark a").first.click()
    controls = page.locator(
        ".md-header, .md-tabs, footer, .sb-crumbs, .sb-controls, .sb-popover, .sb-beside, button, .sb-data"
    )
    assert seen(controls) > 5
    expect(page.get_by_role("dialog", name="Reference")).to_be_visible()
    page.emulate_media(media="print")
    left = controls.evaluate_all("all => all.filter(each => each.checkVisibility()).map(each => each.outerHTML)")
    assert left == []
    references = page.locator(".sb-references li")
    assert seen(references.locator(".sb-words")) == seen(references.locator(".sb-references__source")) > 20
    assert seen(page.locator(".sb-facts__row")) == page.locator(".sb-facts__row").count() > 5
    assert seen(page.locator(".sb-figure svg")) > 0
    address = references.first.locator(".sb-original")
    href = address.get_attribute("href")
    assert href is not None
    assert href in address.evaluate("link => getComputedStyle(link, '::after').content")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_printed_on_in_dark_ink(browser: Browser, base: str, scheme: str) -> None:
    with window(browser, base, color_scheme=scheme) as site:
        site.open(STUNT)
        site.page.emulate_media(media="print")
        ink = site.page.evaluate(
            """() => {
                const canvas = new OffscreenCanvas(1, 1).getContext("2d");
                const bright = (selector) => {
                    canvas.fillStyle = getComputedStyle(document.querySelector(selector)).color;
                    canvas.fillRect(0, 0, 1, 1);
                    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
                };
                return ["h1", ".sb-summary", ".sb-statement__text", ".sb-references .sb-words"].map(bright);
            }"""
        )
        assert max(ink) < 128


def test_a_pdf_has_several_pages(site: Watch) -> None:
    site.open(STUNT)
    pdf = site.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF-")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 12


# --- An address that is not there, on a site below a folder


@pytest.mark.parametrize("address", ["stunts/halo_jump", "no/such/helicopter-flight/", "films/fallout/part/two.html"])
def test_an_unknown_address_below_a_folder(browser: Browser, below: str, address: str) -> None:
    with window(browser, below) as site:
        site.open(address)
        page = site.page
        assert site.failed == [f"{below}{address}: 404"]
        expect(page.get_by_role("heading", level=1)).to_have_text("There is no page at this address")
        assert page.locator(".sb-missing__form").evaluate("form => getComputedStyle(form).display") == "flex"
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sb-ink')")
        words = re.sub(r"\W|_", " ", address.rstrip("/").rpartition("/")[2])
        field = page.locator("[data-words-of-address]")
        expect(field).to_have_value(words)
        page.locator(".sb-missing").get_by_role("button", name="Search").click()
        page.wait_for_url(f"{below}search/?q=*")
        expect(page.locator("article").get_by_role("searchbox").first).to_have_value(words)
        page.go_back()
        page.locator(".sb-missing").get_by_role("link", name="All stunts").click()
        page.wait_for_url(f"{below}stunts/")
        assert site.elsewhere == []
        assert [url for url in site.failed if not url.startswith(f"{below}{address}: ")] == []


# --- From a disk


def test_the_site_is_read_from_a_disk(browser: Browser, built: Path) -> None:
    with window(browser, built.as_uri()) as site:
        page = site.page
        page.goto((built / "index.html").as_uri())
        _look(page)
        page.locator(".md-tabs").get_by_role("link", name="Films", exact=True).click()
        page.locator("article").get_by_role("link", name="Mission: Impossible – Fallout", exact=True).first.click()
        page.wait_for_url(re.compile(r"/films/fallout/index\.html$"))
        _look(page)
        page.locator("article").get_by_role("link", name="HALO jump", exact=True).first.click()
        page.wait_for_url(re.compile(r"/stunts/halo-jump/index\.html$"))
        _look(page)
        line = page.locator(".sb-figure .sb-row__track svg").first.bounding_box()
        assert line
        assert line["width"] > 30
        page.locator(".sb-references a[href*='#passage-']").first.click()
        page.wait_for_url(re.compile(r"/sources/[a-z-]+/index\.html#passage-"))
        expect(page.locator(".sb-passage:target")).to_be_in_viewport()
        _look(page)
        page.locator(".md-tabs").get_by_role("link", name="Injuries and risks", exact=True).click()
        page.wait_for_url(re.compile(r"/injuries/index\.html$"))
        drawing = page.locator(".sb-figure svg[role=img]").first.bounding_box()
        assert drawing
        assert min(drawing["width"], drawing["height"]) > 30
        # A browser refuses modules from a disk, says so, and shows the page that is whole without them.
        assert [each for each in site.messages if not REFUSED.match(each)] == []
        assert [url for url in site.elsewhere if not url.startswith("file:")] == []
        assert [each for each in site.failed if not MODULE.match(each)] == []


def _look(page: Page) -> None:
    """The page has its stylesheet, and every picture that it shows."""
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sb-ink')")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "600"
    assert page.evaluate("[...document.images].filter(each => !each.naturalWidth).map(each => each.src)") == []


# --- Previews, neighbours, related stunts, mentions


def test_a_preview_opens_on_hover_and_closes_on_escape(site: Watch) -> None:
    site.open(STUNT)
    page, preview = site.page, site.page.get_by_role("tooltip")
    link = page.locator(".sb-summary a[href$='films/fallout/']")
    link.hover()
    expect(preview).to_be_visible()
    expect(preview).to_contain_text("Film")
    expect(preview).to_contain_text("Mission: Impossible – Fallout")
    expect(preview).to_contain_text("A jump in a rooftop chase injured Cruise and stopped production for a time.")
    expect(link).to_have_attribute("aria-describedby", re.compile("."))
    preview.hover()  # WCAG 1.4.13: the pointer may enter it
    page.wait_for_timeout(500)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    link.hover()
    expect(preview).to_be_visible()
    page.locator("h1").hover()
    expect(preview).to_be_hidden()
    site.assert_quiet()


def test_a_preview_says_what_articles_do_not_plainly_state(browser: Browser, base_valid: str) -> None:
    with window(browser, base_valid) as site:
        site.open("stunts/rope-swing/")
        site.page.locator(".sb-facts a[href$='organisations/rope-friends/']").hover()
        preview = site.page.get_by_role("tooltip")
        expect(preview.locator("p")).to_have_text(
            ["Organisation", "The Rope Friends", "They swing on ropes in Glass Canal. (not in the sources)"]
        )
        site.assert_quiet()


def test_a_preview_opens_at_the_focus(site: Watch) -> None:
    site.open(STUNT)
    page, preview = site.page, site.page.get_by_role("tooltip")
    page.locator(".sb-crumbs a").last.focus()
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    name = focused.inner_text()
    assert re.search("/(films|people|stunts|sources)/[^/]+/$", focused.evaluate("link => link.href"))
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(focused).to_have_text(name)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(preview).to_be_visible()
    site.assert_quiet()


def test_a_preview_lies_within_the_window(site: Watch) -> None:
    site.page.set_viewport_size({"width": 500, "height": 600})
    site.open(STUNT)
    links = site.page.locator(".sb-summary a:not([href^='#']), .sb-facts dd > a, .sb-card a")
    assert links.count() > 8
    for index in range(0, links.count(), 3):
        links.nth(index).scroll_into_view_if_needed()
        links.nth(index).hover()
        preview = site.page.get_by_role("tooltip")
        expect(preview).to_be_visible()
        area = preview.evaluate("each => each.getBoundingClientRect().toJSON()")
        assert area["left"] >= 0
        assert area["right"] <= 500
        assert area["top"] >= 0
        assert area["bottom"] <= 600
        site.page.keyboard.press("Escape")
        expect(preview).to_be_hidden()


def test_records_lead_to_their_neighbours_in_time(site: Watch) -> None:
    site.open("films/rogue-nation/")
    page = site.page
    beside = page.get_by_role("navigation", name="Films before and after")
    expect(beside.locator("[rel=prev]")).to_contain_text("Before, 2011")
    expect(beside.locator("[rel=prev]")).to_contain_text("Mission: Impossible – Ghost Protocol")
    expect(beside.locator("[rel=next]")).to_contain_text("After, 2017 (not in the sources)")
    beside.locator("[rel=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The Mummy")
    beside.locator("[rel=prev]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mission: Impossible – Rogue Nation")
    site.open("films/mission-impossible-2/")
    expect(beside.get_by_role("link")).to_have_count(1)  # the first
    site.open(STUNT)
    stunts = page.get_by_role("navigation", name="Stunts before and after")
    expect(stunts.locator("[rel=prev]")).to_contain_text("Zero-gravity plane crash")
    expect(stunts.locator("[rel=next]")).to_contain_text("Helicopter flight")


def test_related_stunts_come_with_their_reasons(site: Watch) -> None:
    site.open(STUNT)
    cards = site.page.locator("section:has(> h2#related) .sb-card")
    expect(cards).to_have_count(6)
    roof = cards.filter(has_text="Rooftop jump")
    reasons = roof.locator(".sb-reasons li")
    assert {"also in Mission: Impossible – Fallout", "also with Wade Eastwood"} <= set(reasons.all_inner_texts())
    assert all(cards.nth(index).locator(".sb-reasons li").count() for index in range(6))
    roof.get_by_role("link").click()
    expect(site.page.get_by_role("heading", level=1)).to_have_text("Rooftop jump")


def test_mentions_are_shown_in_their_words(site: Watch) -> None:
    site.open(STUNT)
    mentions = site.page.locator("section:has(> h2#mentions) li")
    sentence = mentions.filter(has_text="about as much “moxie” as Cruise's 100")
    expect(sentence).to_have_count(1)
    expect(sentence.locator(".sb-status")).to_have_text("one article")
    sentence.get_by_role("link", name="Zero-gravity plane crash").click()
    site.page.wait_for_url("**/stunts/mummy-plane-crash/#story-*")
    expect(site.page.locator(":target")).to_contain_text("about as much “moxie”")


# --- Motion, scripts, scripts' directions


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_ask_for_that(browser: Browser, base: str, motion: str) -> None:
    still = motion == "reduce"
    with window(browser, base, reduced_motion=motion) as site:
        site.open(KINDS["home"])
        longest = site.page.evaluate(
            """() => {
                const seconds = (times) => Math.max(...times.split(",").map(parseFloat));
                const styles = [...document.querySelectorAll("*")].map((each) => getComputedStyle(each));
                const all = styles.flatMap((each) => [each.transitionDuration, each.animationDuration]);
                return Math.max(...all.map(seconds));
            }"""
        )
        # The theme moves things: without the wish, the measure sees them.
        assert (longest <= 0.001) == still
        if still:
            site.page.keyboard.press("/")
            expect(site.page.get_by_role("dialog")).to_be_visible()
            moving = "document.getAnimations().filter(each => each.effect.getTiming().duration > 1).length"
            assert site.page.evaluate(moving) == 0


def test_without_scripts_figures_tables_and_references_are_read(plain: Watch) -> None:
    plain.open(STUNT)
    page = plain.page
    assert seen(page.locator(".sb-figure .sb-row__track svg")) > 0
    table = page.locator("details.sb-data table").first
    expect(table).to_be_hidden()
    page.locator("details.sb-data summary").first.click()
    expect(table).to_be_visible()
    expect(table).to_contain_text("25,000 ft")
    references = page.locator(".sb-references li")
    assert seen(references) == references.count() > 20
    plain.open(FILM)
    page.locator("details.sb-matrix summary").click()
    expect(page.locator("details.sb-matrix table")).to_be_visible()
    plain.open("injuries/")
    assert seen(page.locator(".sb-figure svg[role=img]")) > 0
    plain.assert_quiet()


def test_without_scripts_every_chapter_and_the_search_say_where_to_go(plain: Watch) -> None:
    plain.page.set_viewport_size({"width": 360, "height": 800})
    plain.open(STUNT)
    plain.page.get_by_role("contentinfo").get_by_role("link", name="People", exact=True).click()
    expect(plain.page.get_by_role("heading", level=1)).to_have_text("People")
    plain.page.get_by_role("link", name="Search", exact=True).click()
    plain.page.wait_for_url("**/search/")
    expect(plain.page.get_by_role("status").first).to_contain_text("needs JavaScript")
    plain.page.get_by_role("navigation", name="Ways in").get_by_role("link", name="Stunts").click()
    expect(plain.page.get_by_role("heading", level=1)).to_have_text("Stunts")
    plain.assert_quiet()


def test_words_run_in_the_direction_of_their_script(browser: Browser, base_valid: str) -> None:
    with window(browser, base_valid) as site:
        site.open("sources/manara-arabic/")
        words = site.page.locator(".sb-mirror__text mark")
        first, last = words.first.bounding_box(), words.last.bounding_box()
        assert first
        assert last
        assert first["x"] > last["x"], "an Arabic article is read from the right"
        site.open("stunts/lighthouse-jump/")
        quote = site.page.locator("blockquote q", has_text="لم أنظر").bounding_box()
        around = site.page.locator("blockquote p", has_text="لم أنظر").bounding_box()
        assert quote
        assert around
        assert abs(quote["x"] + quote["width"] - around["x"] - around["width"]) < 20, "it begins on the right"
        bidi = "each => getComputedStyle(each).unicodeBidi"
        for selector in ("h1", ".sb-references .sb-words", ".sb-summary a", "cite"):
            assert site.page.locator(selector).first.evaluate(bidi) == "plaintext", selector


# --- Names with markup, and what is shared of a page


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (
            "stunts/lighthouse-jump/",
            "The jump off the lighthouse, which is long enough to need a second line on every screen & <in every list>",
        ),
        ("films/lantern-and-tide/", "Lantern & Tide: {{ the <b>\"first\"</b> }} 'film' {of} two"),
        ("people/sam-oplaceholder/", 'Sam O\'Placeholder & "Sons" <Ltd>'),
    ],
)
def test_markup_in_a_name_is_text(browser: Browser, base_valid: str, address: str, name: str) -> None:
    with window(browser, base_valid) as site:
        site.open(address)
        page = site.page
        assert page.locator("h1").inner_text() == name
        assert page.title() == f"{name} - A small book"
        assert page.locator("meta[property='og:title']").get_attribute("content") == name
        strays = "[...document.body.childNodes].filter(each => each.nodeType === Node.TEXT_NODE).map(each => each.data)"
        assert "".join(page.evaluate(strays)).strip() == ""
        assert page.locator("in, ltd, header b").count() == 0


@pytest.fixture(scope="module")
def shared(browser: Browser, below: str) -> Iterator[Watch]:
    with window(browser, below) as site:
        yield site


@pytest.mark.parametrize("address", [each for each in KINDS.values() if each != "404.html"])
def test_every_page_can_be_shared(shared: Watch, built_below: Path, address: str) -> None:
    shared.open(address)
    page = shared.page

    def content(selector: str) -> str:
        found = page.locator(f"head meta[{selector}]")
        expect(found).to_have_count(1)
        return found.get_attribute("content") or ""

    url = SITE_URL + address
    assert page.locator("link[rel=canonical]").get_attribute("href") == url
    assert content("property='og:url'") == url
    assert content("property='og:site_name'") == "Stuntbook"
    assert content("property='og:type'") in {"website", "article", "profile", "video.movie"}
    assert content("name='twitter:card'") == "summary_large_image"
    title = content("property='og:title'")
    assert title in page.title()
    description = content("name='description'")
    assert description == content("property='og:description'")
    assert len(description) > 20
    assert title in content("property='og:image:alt'")
    image = content("property='og:image'")
    assert image.startswith(SITE_URL)
    with Image.open(built_below / "book" / image.removeprefix(SITE_URL)) as card:
        assert card.size == (1200, 630)
    assert (content("property='og:image:width'"), content("property='og:image:height'")) == ("1200", "630")


@pytest.mark.parametrize(
    ("kind", "type_"),
    [("home", "WebSite"), ("film", "Movie"), ("person", "Person"), ("source", "NewsArticle"), ("stunt", "Event")],
)
def test_machines_are_told_what_a_page_is_about(shared: Watch, kind: str, type_: str) -> None:
    shared.open(KINDS[kind])
    document = json.loads(shared.page.locator("script[type='application/ld+json']").inner_text())
    assert document["@context"] == "https://schema.org"
    types = {each["@type"] for each in document["@graph"]}
    assert type_ in types
    if kind != "home":
        trail = document["@graph"][0]["breadcrumb"]["itemListElement"]
        assert trail[0]["name"] == "Home"
        assert trail[-1]["name"] == shared.page.locator("h1").inner_text()
