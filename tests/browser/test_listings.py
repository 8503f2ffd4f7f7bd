"""Index pages as readers work with them: sorting and narrowing, with the state in the address, and without scripts."""

from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import Filter, Listing, ListItem
from stuntbook.pages.indexes.statements import StatementRow, quote_listing
from tests.browser.conftest import Watch, window
from tests.browser.test_layout import Screen, problems
from tests.browser.test_search import asked
from tests.pages.indexes.lists import LISTINGS, entries


@pytest.fixture(params=[name for name in LISTINGS if name not in ("disagreements", "places")])
def address(request: pytest.FixtureRequest) -> str:
    return f"{request.param}/"


@pytest.fixture
def listing(address: str, knowledge: KnowledgeBase) -> Listing[Any]:
    return LISTINGS[address.removesuffix("/")](knowledge)


def ends(entries: list[ListItem[Any]]) -> list[str]:
    """What the addresses end in that the entries lead to."""
    return [_end(entry.row) for entry in entries]


def _end(row: Any) -> str:
    if isinstance(row, StatementRow):
        return f"#{row.statement.anchor}"
    record = getattr(row, next(name for name in ("film", "stunt", "person", "article") if hasattr(row, name)))
    return f"/{record.id}/" if not hasattr(row, "stunt") else f"/{row.stunt.id}/"


def shown(page: Page) -> list[str]:
    """What the addresses end in that the visible entries lead to, in the order of the page."""
    found: list[str] = page.locator(".sb-entry:visible").evaluate_all(
        """all => all.map(entry => {
            const link = entry.querySelector(".sb-more, .sb-entry__where > a, .sb-entry__name a");
            return link.hash || link.pathname.replace(/.*(?=\\/[^/]+\\/$)/, "");
        })"""
    )
    return found


def visit(site: Watch, address: str) -> None:
    """Open a page, and wait for its controls: the script that shows them may come after the page."""
    site.open(address)
    ready(site.page)


def ready(page: Page) -> None:
    expect(page.locator("[data-listing]")).to_be_visible()


def headings(page: Page) -> list[str]:
    """The headings of the groups with their sizes, which some lists don't show."""
    return [" ".join(text.split()) for text in page.locator(".sb-group__head:visible").all_text_contents()]


def status(page: Page) -> Locator:
    return page.get_by_role("status").first


def field(page: Page, key: str) -> Locator:
    return page.locator(f"[data-listing] [name='{key}']")


def choose(page: Page, key: str, value: str) -> None:
    if field(page, key).get_attribute("type") == "checkbox":
        field(page, key).check()
    else:
        field(page, key).select_option(value)


def fitting(listing: Listing[Any], each: Filter, value: str) -> list[ListItem[Any]]:
    return [entry for entry in entries(listing) if value in entry.values[each.key]]


# --- Sorting


def test_every_order_moves_the_entries_and_is_in_the_address(site: Watch, address: str, listing: Listing[Any]) -> None:
    visit(site, address)
    assert shown(site.page) == ends(entries(listing))
    for number in (*range(1, len(listing.orders)), 0):
        order = listing.orders[number]
        choose(site.page, "sort", order.key)
        assert shown(site.page) == ends(entries(listing, number)), order.label
        assert asked(site) == ({"sort": [order.key]} if order.key else {})
        expect(status(site.page)).to_have_text(listing.count)
    assert site.address == address
    site.assert_quiet()


def test_an_order_opens_from_its_address(site: Watch, address: str, listing: Listing[Any]) -> None:
    for number, order in enumerate(listing.orders):
        visit(site, f"{address}?sort={order.key}")
        expect(field(site.page, "sort")).to_have_value(order.key)
        assert shown(site.page) == ends(entries(listing, number)), order.label
    site.assert_quiet()


def test_an_order_brings_its_own_headings(site: Watch, knowledge: KnowledgeBase) -> None:
    visit(site, "quotes/")
    page = site.page
    speakers = headings(page)
    assert speakers[0] == "Tom Cruise 4"
    jump = page.get_by_role("navigation", name="Speakers")
    expect(jump).to_be_visible()
    choose(page, "sort", "film")
    films = [f"{each.label} {each.count}" for each in _filter(quote_listing(knowledge), "film").choices]
    assert headings(page) == films
    assert films[-1] == "In no film 1"
    expect(jump).to_be_hidden()
    choose(page, "sort", "longest")
    assert headings(page) == []
    choose(page, "sort", "")
    assert headings(page) == speakers
    expect(jump).to_be_visible()
    site.assert_quiet()


def _filter(listing: Listing[Any], key: str) -> Filter:
    return next(each for each in listing.filters if each.key == key)


# --- Narrowing


def test_every_choice_narrows_the_page_and_is_in_the_address(site: Watch, address: str, listing: Listing[Any]) -> None:
    visit(site, address)
    texts = site.page.locator("[data-listing] option, .sb-listing__mark").all_text_contents()
    labels = [text.strip() for text in texts]
    for each in listing.filters:
        for choice in each.choices:
            assert f"{choice.label} ({choice.count})" in labels
            choose(site.page, each.key, choice.value)
            assert shown(site.page) == ends(fitting(listing, each, choice.value)), choice.label
            assert asked(site) == {each.key: [choice.value]}
            assert len(shown(site.page)) == choice.count
            of = f"{choice.count} of {listing.count}" if choice.count < len(entries(listing)) else listing.count
            expect(status(site.page)).to_have_text(of)
        site.page.evaluate("document.forms.listing.reset()")
        expect(status(site.page)).to_have_text(listing.count)
    site.assert_quiet()


def test_a_choice_opens_from_its_address(site: Watch, address: str, listing: Listing[Any]) -> None:
    for each in listing.filters:
        value = each.choices[-1].value
        visit(site, f"{address}?{each.key}={quote(value)}")
        assert shown(site.page) == ends(fitting(listing, each, value))
        if each.everything:
            expect(field(site.page, each.key)).to_have_value(value)
        else:
            expect(field(site.page, each.key)).to_be_checked()
    site.assert_quiet()


def test_filters_and_orders_work_together(site: Watch) -> None:
    visit(site, "stunts/")
    page = site.page
    choose(page, "film", "fallout")
    choose(page, "sort", "title")
    page.get_by_role("checkbox", name="Sources differ (5)").check()
    assert shown(page) == ["/halo-jump/", "/rooftop-jump/"]
    expect(status(page)).to_have_text("2 of 8 stunts")
    assert asked(site) == {"film": ["fallout"], "sort": ["title"], "differ": ["yes"]}
    page.reload()
    ready(page)
    assert shown(page) == ["/halo-jump/", "/rooftop-jump/"]
    expect(page.get_by_role("checkbox", name="Sources differ (5)")).to_be_checked()
    page.get_by_role("checkbox", name="Sources differ (5)").uncheck()
    expect(status(page)).to_have_text("3 of 8 stunts")
    site.assert_quiet()


@pytest.mark.parametrize(
    ("address", "words", "found"),
    [
        ("stunts/", "halo", ["/halo-jump/"]),
        ("stunts/", "JUMP  foot", ["/broken-foot-jump/"]),
        ("stunts/", "christopher", []),
        ("films/", "M:I 6", ["/fallout/"]),
        ("people/", "crui", ["/tom-cruise/"]),
        ("people/", "jack myers", ["/myers/"]),
        ("sources/", "slashfilm", ["/slashfilm-broken-ankle/"]),
    ],
)
def test_a_name_is_found_by_any_of_its_parts(site: Watch, address: str, words: str, found: list[str]) -> None:
    visit(site, address)
    site.page.get_by_role("searchbox", name="Name").press_sequentially(words)
    assert shown(site.page) == found
    assert asked(site) == {"q": [words]}
    visit(site, f"{address}?q={quote(words)}")
    assert shown(site.page) == found
    site.assert_quiet()


def test_statements_are_found_by_their_words(site: Watch) -> None:
    visit(site, "quotes/?q=hypoxia")
    assert site.page.locator(".sb-entry:visible").all_inner_texts()[0].startswith("there is a danger of hypoxia")
    assert headings(site.page) == ["Jake or Jack Myers 1"]
    visit(site, "injuries/?q=hypoxia")
    assert headings(site.page) == ["Risks 1"]
    site.assert_quiet()


def test_letters_lead_to_their_people_and_those_without_are_hidden(site: Watch) -> None:
    visit(site, "people/")
    letters = ["B 1", "C 2", "E 2", "F 1", "M 3", "P 1", "R 1", "W 1"]
    assert headings(site.page) == letters
    choose(site.page, "role", "director")
    assert headings(site.page) == ["M 1", "W 1"]
    expect(site.page.get_by_role("navigation", name="Letters")).to_be_hidden()
    choose(site.page, "role", "")
    assert headings(site.page) == letters
    site.page.get_by_role("navigation", name="Letters").get_by_role("link", name="M", exact=True).click()
    assert site.address == "people/#letter-m"
    expect(site.page.get_by_role("heading", name="M", exact=True)).to_be_in_viewport()


# --- Nothing found, and back


def test_nothing_found_says_so_and_offers_everything(site: Watch, address: str, listing: Listing[Any]) -> None:
    visit(site, address)
    page = site.page
    everything = page.get_by_role("button", name="Show all")
    message = page.get_by_text("Nothing here fits all of this.")
    expect(everything).to_be_hidden()
    expect(message).to_be_hidden()
    field(page, "q").fill("zzz")
    assert shown(page) == []
    assert headings(page) == []
    expect(status(page)).to_have_text(f"0 of {listing.count}")
    expect(message).to_be_visible()
    everything.click()
    expect(message).to_be_hidden()
    assert shown(page) == ends(entries(listing))
    expect(everything).to_be_hidden()
    expect(field(page, "q")).to_be_focused()
    assert site.address == address
    site.assert_quiet()


def test_what_an_address_asks_in_vain_is_passed_over(site: Watch, address: str, listing: Listing[Any]) -> None:
    visit(site, f"{address}?film=no-such-film&sort=no-such-order&nothing=1&sort=")
    assert shown(site.page) == ends(entries(listing))
    expect(status(site.page)).to_have_text(listing.count)
    site.assert_quiet()


# --- The way back


def test_the_back_button_brings_the_narrowed_page_back(site: Watch) -> None:
    visit(site, "stunts/")
    page = site.page
    choose(page, "film", "fallout")
    choose(page, "sort", "statements")
    narrowed = shown(page)
    page.get_by_role("link", name="Helicopter flight").click()
    page.wait_for_url("**/stunts/helicopter-flight/")
    page.go_back()
    expect(status(page)).to_have_text("3 of 8 stunts")
    expect(field(page, "film")).to_have_value("fallout")
    expect(field(page, "sort")).to_have_value("statements")
    assert shown(page) == narrowed
    page.go_forward()
    page.wait_for_url("**/stunts/helicopter-flight/")
    site.assert_quiet()


def test_steps_within_the_page_keep_their_own_state(site: Watch) -> None:
    visit(site, "people/?film=fallout")
    page = site.page
    page.evaluate("location.hash = 'letter-c'")
    choose(page, "film", "the-mummy")
    expect(status(page)).to_have_text("1 of 12 people")
    assert site.address == "people/?film=the-mummy#letter-c"
    page.go_back()
    expect(status(page)).to_have_text("11 of 12 people")
    expect(field(page, "film")).to_have_value("fallout")
    page.go_forward()
    expect(status(page)).to_have_text("1 of 12 people")
    site.assert_quiet()


def test_coming_back_leaves_the_focus_where_it_was(site: Watch) -> None:
    """Entries are moved only where their order changes."""
    visit(site, "stunts/?sort=title")
    link = site.page.get_by_role("link", name="HALO jump", exact=True).first
    link.focus()
    site.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(link).to_be_focused()


# --- Keyboard


def test_the_keyboard_alone_narrows_sorts_and_resets(site: Watch) -> None:
    visit(site, "stunts/")
    page = site.page
    field(page, "q").focus()
    page.keyboard.type("jump")
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("3 of 8 stunts")
    assert site.address == "stunts/?q=jump"
    page.keyboard.press("Tab")
    expect(field(page, "sort")).to_be_focused()
    page.keyboard.press("Tab")
    expect(field(page, "film")).to_be_focused()
    page.keyboard.type("Mission: Impossible 2")
    expect(status(page)).to_have_text("1 of 8 stunts")
    for key in ("performer", "place", "technique", "equipment", "injury"):
        page.keyboard.press("Tab")
        expect(field(page, key)).to_be_focused()
    page.keyboard.press("Space")
    expect(field(page, "injury")).to_be_checked()
    assert asked(site) == {"q": ["jump"], "film": ["mission-impossible-2"], "injury": ["yes"]}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field(page, "q")).to_be_focused()
    expect(status(page)).to_have_text("8 stunts")
    assert site.address == "stunts/"
    site.assert_quiet()


def test_the_order_of_the_page_is_the_order_that_is_seen(site: Watch, address: str) -> None:
    """Whoever steps through the page with the keyboard, or has it read out, meets what eyes meet."""
    visit(site, f"{address}?sort=newest")
    tops: list[float] = site.page.locator(".sb-entry:visible").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(box => Math.round(box.left) * 1e6 + box.top)"
    )
    assert len(tops) > 1
    assert tops == sorted(tops)


# --- Without the script, and before it


def test_without_scripts_everything_is_there_and_nothing_is_dead(
    plain: Watch, address: str, listing: Listing[Any]
) -> None:
    plain.open(f"{address}?q=zzz&film=fallout&sort=title")
    page = plain.page
    expect(page.locator(".sb-entry:visible")).to_have_count(len(entries(listing)))
    expect(page.locator("[data-listing]")).to_be_hidden()
    assert page.locator("[data-listing]").bounding_box() is None, "the controls take room"
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    expect(page.get_by_text(listing.count, exact=True)).to_be_visible()
    grouped = [f"{group.label} {len(group.entries)}" for group in listing.groups if group.label]
    assert headings(page) == grouped
    plain.assert_quiet()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_controls_appear_without_moving_the_page(alone: Watch, address: str, width: int) -> None:
    alone.page.set_viewport_size({"width": width, "height": 800})
    visit(alone, address)
    shift = alone.page.evaluate(
        """() => new Promise(resolve => {
            new PerformanceObserver(list => {
                const own = list.getEntries().filter(each => each.sources.some(
                    ({ node }) => node?.nodeType === 1 && node.closest(".sb-page")));
                resolve(own.reduce((sum, each) => sum + each.value, 0));
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(0), 500);
        })"""
    )
    assert shift < 0.005


def test_nothing_is_wider_than_the_screen_when_sorted_or_narrowed(site: Watch, address: str) -> None:
    visit(site, address)
    for change in (lambda: field(site.page, "sort").select_option(index=1), lambda: field(site.page, "q").fill("zzz")):
        change()
        assert problems(site.page, Screen((320, 768))) == []


# --- Names in any script


@pytest.mark.parametrize(
    ("address", "words", "count"),
    [
        ("films/", "المنارة", "1 of 2 films"),
        ("stunts/", "قفزة", "1 of 3 stunts"),
        ("people/", "examplova", "1 of 3 people"),
        ("people/", '& "Sons" <Ltd>', "1 of 3 people"),
        ("quotes/", "EXAMPLOVA", "5 of 7 quotes"),
        ("quotes/", "أنظر", "1 of 7 quotes"),
        ("sources/", "مجلة", "1 of 3 sources"),
    ],
)
def test_names_are_found_in_any_script_and_without_accents(
    browser: Browser, base_valid: str, address: str, words: str, count: str
) -> None:
    with window(browser, base_valid) as site:
        visit(site, address)
        field(site.page, "q").fill(words)
        expect(status(site.page)).to_have_text(count)
        site.page.reload()
        ready(site.page)
        expect(field(site.page, "q")).to_have_value(words)
        expect(status(site.page)).to_have_text(count)
        site.assert_quiet()
