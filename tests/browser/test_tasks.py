"""What readers come for: sixteen tasks done from the home page, and the whole of the site by keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import KINDS, REPO_URL, Watch, window

MOST_STEPS = 3
MOST_TABS = 150
STUNT = "stunts/halo-jump/"
RESTED = """() => {
    const now = document.querySelector("dialog[open] .sb-hits").innerHTML, { before, since } = window.rested ?? {};
    if (now !== before) window.rested = { before: now, since: performance.now() };
    return now && now === before && performance.now() > since + 300;
}"""
"""Whether the results have been there for 0.3 s."""


@dataclass
class Reader:
    """Somebody at the home page, who counts the steps: a click, or something typed or chosen."""

    page: Page
    steps: int = 0

    def click(self, name: str, *, within: str = "body") -> None:
        self.steps += 1
        place = self.page.locator(within).locator("visible=true")
        place.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()

    def press(self, name: str) -> None:
        """Click on a button of the evidence of a statement."""
        self.steps += 1
        self.page.get_by_role("dialog", name="Evidence").get_by_role("button", name=name).click()

    def chapter(self, name: str, page: str = "") -> None:
        """Click on a chapter in the head of the page, and on one of its pages."""
        self.click(name, within=".md-tabs")
        if page:
            self.click(page, within=".sb-section")

    def open_evidence(self, statement: Locator) -> Locator:
        """Click on the mark of a statement, whose words then open."""
        self.steps += 1
        self.page.wait_for_load_state("load")
        statement.locator(".sb-source").first.click()
        evidence = self.page.get_by_role("dialog", name="Evidence")
        expect(evidence).to_be_visible()
        return evidence

    def fact(self, label: str) -> Locator:
        return self.page.locator(".sb-facts__row").filter(has=self.page.get_by_text(label, exact=True))

    def search(self, words: str) -> None:
        self.steps += 1
        self.page.keyboard.press("/")
        field = self.page.get_by_role("dialog").get_by_role("searchbox")
        expect(field).to_be_focused()
        field.press_sequentially(words)

    def take(self, title: str, words: str = "") -> None:
        """Click on the first result of that title that holds the words, once the results come to rest."""
        self.steps += 1
        self.page.wait_for_function(RESTED)
        hits = self.page.get_by_role("dialog").locator(".sb-hits a", has=self.page.locator("b", has_text=title))
        hits.filter(has_text=words).first.click()
        expect(self.page.get_by_role("dialog")).to_be_hidden()

    def narrow(self, label: str, words: str) -> None:
        """Type into the field of an index page."""
        self.steps += 1
        self.page.get_by_role("searchbox", name=label).press_sequentially(words)

    def choose(self, label: str, choice: re.Pattern[str]) -> None:
        """Choose from a list of an index page."""
        self.steps += 1
        field = self.page.get_by_role("combobox", name=label)
        expect(field).to_be_visible()
        values = field.locator("option").all_text_contents()
        field.select_option(label=next(each for each in values if choice.search(each)))

    def copied(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def reads(self, place: str, *words: str) -> None:
        """Find a part of the page that holds all of the words on the screen, or a scroll away."""
        found = self.page.locator(place)
        for each in words:
            found = found.filter(has_text=each)
        found.first.scroll_into_view_if_needed()
        expect(found.first).to_be_visible()


@pytest.fixture
def reader(site: Watch) -> Iterator[Reader]:
    yield from _at_home(site)


@pytest.fixture
def reader_below(browser: Browser, below: str) -> Iterator[Reader]:
    """Somebody at the home page of a site whose repository is known."""
    with window(browser, below) as site:
        yield from _at_home(site)


def _at_home(site: Watch) -> Iterator[Reader]:
    site.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.open("")
    reader = Reader(site.page)
    yield reader
    assert reader.steps <= MOST_STEPS
    site.assert_quiet()


# --- Ten questions


def test_how_did_he_hurt_his_ankle(reader: Reader) -> None:
    reader.search("ankle")
    reader.take("Rooftop jump")
    reader.reads(".sb-told", "stuck out a leg", "his ankle twisted and broke")


def test_which_was_the_highest(reader: Reader) -> None:
    reader.click("How high, how fast")
    reader.reads(".sb-single", "Altitude", "25,000 ft", "HALO jump")


def test_who_said_did_you_get_that(reader: Reader) -> None:
    reader.search("did you get that")
    reader.take("Rooftop jump", "Did you get that?")
    reader.reads(".sb-quote", "Did you get that?", "Tom Cruise", "as told by Christopher McQuarrie")


def test_how_many_takes_did_the_plane_crash_need(reader: Reader) -> None:
    reader.chapter("Explore", "Numbers")
    reader.reads(".sb-single", "Takes", "64", "Zero-gravity plane crash")


def test_where_was_the_halo_jump_filmed(reader: Reader) -> None:
    reader.chapter("Stunts")
    reader.click("HALO jump", within="article")
    reader.reads(".sb-facts__row", "Place", "United Arab Emirates")


def test_who_coordinated_the_stunts_of_fallout(reader: Reader) -> None:
    reader.search("M:I 6")
    reader.take("Mission: Impossible – Fallout")
    reader.reads(".sb-facts__row", "Stunt coordinator", "Wade Eastwood")


def test_what_did_he_do_on_the_tallest_building(reader: Reader) -> None:
    reader.chapter("Explore", "Disagreements")
    reader.reads(".sb-entry", "What he did on the building", "SlashFilm has him running down it.")
    reader.reads(".sb-account", "Looper and Screen Rant have him clinging to its side.")


def test_which_article_says_that_he_trained_for_more_than_a_year(reader: Reader) -> None:
    reader.search("training time")
    reader.take("HALO jump")
    evidence = reader.open_evidence(reader.fact("Training time"))
    expect(evidence).to_contain_text("Cruise had trained more than a year")
    expect(evidence.locator(".sb-where b")).to_have_text("Screen Rant")


def test_which_stunts_are_in_mission_impossible_2(reader: Reader) -> None:
    reader.chapter("Stunts")
    reader.choose("Film", re.compile("^Mission: Impossible 2 "))
    shown = reader.page.locator(".sb-entry:visible .sb-entry__name")
    expect(shown).to_have_text(["Cliff free climb", "Jump that broke his foot"])


def test_what_could_have_harmed_him_in_the_halo_jump(reader: Reader) -> None:
    reader.chapter("Explore", "Injuries and risks")
    reader.narrow("Words", "halo")
    reader.reads(".sb-entry:visible", "Of the jump's many risks", "hypoxia and the bends")


# --- Six tasks


def test_what_was_filmed_in_the_united_arab_emirates(reader: Reader) -> None:
    reader.chapter("Explore", "Places")
    reader.reads(".sb-group", "United Arab Emirates", "HALO jump")


def test_copy_a_citation_for_the_altitude(reader: Reader) -> None:
    reader.click("HALO jump")
    evidence = reader.open_evidence(reader.fact("Altitude"))
    reader.press("Cite")
    expect(evidence.get_by_role("status")).to_have_text("Copied.")
    copied = reader.copied()
    expected = ["Tom Cruise Jumps From A Plane At 25,000 Feet", "Looper", "Screen Rant", "Altitude: 25,000 ft"]
    assert [each for each in [*expected, "/stunts/halo-jump/#measure-"] if each not in copied] == []


def test_share_a_link_to_one_quote(reader: Reader) -> None:
    reader.click("Rooftop jump")
    quote = reader.page.locator(".sb-quote", has_text="Did you get that?")
    evidence = reader.open_evidence(quote)
    reader.press("Copy link")
    expect(evidence).to_contain_text("Link copied")
    reader.page.goto(reader.copied())
    expect(reader.page.locator(".sb-quote:target")).to_be_in_viewport()
    expect(reader.page.locator(".sb-quote:target")).to_contain_text("Did you get that?")


def test_download_the_data(reader: Reader) -> None:
    reader.chapter("About", "Data files")
    with reader.page.expect_response("**/data/stuntbook.json") as answer:
        reader.click("data/stuntbook.json", within="article")
    assert "halo-jump" in {stunt["id"] for stunt in answer.value.json()["stunts"]}


def test_report_an_error(reader_below: Reader) -> None:
    reader_below.click("HALO jump")
    evidence = reader_below.open_evidence(reader_below.fact("Speed"))
    reader_below.steps += 1
    address = evidence.get_by_role("link", name="Report a problem").get_attribute("href") or ""
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{REPO_URL}/issues/new?")
    assert asked["statement"] == ["Speed: 200 mph"]
    assert "/stunts/halo-jump/#measure-" in asked["permalink"][0]


def test_which_articles_mention_the_burj_khalifa(reader: Reader) -> None:
    reader.click("Burj Khalifa")
    reader.steps += 1
    reader.page.locator(".sb-references > summary").click()
    articles = reader.page.locator(".sb-references h3").all_inner_texts()
    assert sorted(articles) == ["Looper", "Screen Rant", "SlashFilm"]
    reader.reads(".sb-references section", "Looper", "the world's tallest building")


# --- By keyboard


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, and see that it shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            expect(target).to_be_in_viewport()
            return
    raise AssertionError(f"Tab never came to {target}")


def test_the_skip_link_leads_past_the_head(site: Watch) -> None:
    site.open(STUNT)
    site.page.keyboard.press("Tab")
    skip = site.page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    site.page.keyboard.press("Enter")
    site.page.keyboard.press("Tab")
    assert site.page.locator(":focus").evaluate("each => Boolean(each.closest('article'))")


def test_words_are_read_followed_and_left_by_keyboard(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    sentence = page.locator("article .sb-told").first
    mark, statement = page.locator("article .sb-source").first, sentence.get_attribute("id")
    tab_to(page, mark)
    page.keyboard.press("Enter")
    popover = page.get_by_role("dialog", name="Evidence")
    expect(popover).to_be_focused()
    page.keyboard.press("Tab")
    assert popover.evaluate("popover => popover.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(popover).to_be_hidden()
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, popover.get_by_role("link", name=re.compile("^paragraph")).first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/**#passage-*")
    tab_to(page, page.locator(f".sb-passage:target a[href$='{STUNT}#{statement}']"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{STUNT}#{statement}")
    expect(page.locator(f"#{statement}")).to_be_in_viewport()
    site.assert_quiet()


def test_a_citation_is_made_by_keyboard(site: Watch) -> None:
    site.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.open(STUNT)
    page = site.page
    popover = page.get_by_role("dialog", name="Evidence")
    tab_to(page, page.locator(".sb-facts .sb-source").first)
    page.keyboard.press("Enter")
    tab_to(page, popover.get_by_role("button", name="Cite"))
    page.keyboard.press("Enter")
    tab_to(page, popover.get_by_role("radio", name="Plain text"))
    page.keyboard.press("ArrowRight")
    expect(popover.get_by_role("radio", name="BibTeX")).to_be_checked()
    tab_to(page, popover.get_by_role("button", name="Copy the citation"))
    page.keyboard.press("Enter")
    expect(popover.get_by_role("status")).to_have_text("Copied.")
    assert str(page.evaluate("navigator.clipboard.readText()")).startswith("@misc{")
    site.assert_quiet()


FOCUS = """() => {
    const field = document.activeElement, each = field.offsetWidth ? field : field.nextElementSibling ?? field;
    const style = getComputedStyle(each), area = each.getBoundingClientRect();
    const name = `${field.localName}.${field.className} “${field.textContent.trim().slice(0, 30)}”`;
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const seen = each.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const inside = area.bottom > 0 && area.top < innerHeight && area.right > 0 && area.left < innerWidth;
    return field === document.body ? null : [name, outlined && seen && inside];
}"""
"""Name of what has the focus, and whether one sees that. Of a field without a size, its label shows it."""


@pytest.mark.parametrize(
    ("kind", "width"), [("home", 1440), ("stunts", 1440), ("stunt", 1440), ("stunt", 360), ("search", 360)]
)
def test_the_focus_shows_wherever_it_is(browser: Browser, base: str, kind: str, width: int) -> None:
    with window(browser, base, width=width, height=800, reduced_motion="reduce") as site:
        site.open(KINDS[kind])
        stops = []
        for _ in range(60):
            site.page.keyboard.press("Tab")
            stops.append(site.page.evaluate(FOCUS))
        stops = [each for each in stops if each]
        assert len(stops) > 10
        assert [name for name, shows in stops if not shows] == []
