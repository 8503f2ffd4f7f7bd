"""The search, as a dialog that every page opens."""

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import KINDS, Watch, window
from tests.mkdocs.test_serve import start
from tests.site_tools import copy_root

STUNT = "stunts/halo-jump/"
FALLOUT = "Mission: Impossible – Fallout"


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search")


def field(page: Page) -> Locator:
    """Where one types: in the dialog if it is open, or else on the page."""
    return page.get_by_role("searchbox", name="Search the book").locator("visible=true")


def open_dialog(site: Watch, address: str = STUNT, query: str = "") -> Locator:
    site.open(address)
    site.page.keyboard.press("/")
    site.page.keyboard.type(query)
    return dialog(site.page)


def answered(place: Locator, told: str | re.Pattern[str] = re.compile(r"\d+ result")) -> None:
    """Wait until the hits are those of what was asked last: they stay busy while an earlier question is answered."""
    expect(place.locator(".sb-hits")).to_have_attribute("aria-busy", "false")
    expect(place.get_by_role("status").first).to_have_text(told)


def hits(place: Locator, kind: str = "") -> Locator:
    return place.locator(f".sb-hits--{kind} a" if kind else ".sb-hits li a")


def searching(site: Watch, **asked: str) -> Locator:
    """The search page, opened by a link."""
    site.open(f"search/?{'&'.join(f'{name}={quote(value)}' for name, value in asked.items())}")
    return ready(site.page)


def ready(page: Page) -> Locator:
    """The search page, when its script has taken it over."""
    place = page.locator("[data-search-page]")
    expect(place.get_by_role("status")).not_to_contain_text("needs JavaScript")
    return place


def asked(site: Watch) -> dict[str, list[str]]:
    """What the address asks."""
    return parse_qs(urlsplit(site.page.url).query)


# --- Opening and closing


@pytest.mark.parametrize("kind", ["home", "stunt", "by-hand", "search", "missing"])
def test_a_key_opens_the_search(site: Watch, kind: str) -> None:
    site.open(KINDS[kind])
    site.page.locator("h1").click()
    for key in ("/", "s", "Control+k"):
        site.page.keyboard.press(key)
        expect(dialog(site.page)).to_be_visible()
        expect(dialog(site.page).get_by_role("searchbox")).to_be_focused()
        expect(dialog(site.page).get_by_role("searchbox")).to_have_value("")
        site.page.keyboard.press("Escape")
        expect(dialog(site.page)).to_be_hidden()
    site.assert_quiet()


def test_the_link_in_the_head_opens_the_search(site: Watch) -> None:
    site.open(STUNT)
    site.page.get_by_role("link", name="Search", exact=True).click()
    expect(dialog(site.page)).to_be_visible()
    expect(dialog(site.page).get_by_role("searchbox")).to_be_focused()
    assert site.address == STUNT
    site.assert_quiet()


def test_a_click_with_control_opens_the_search_page(site: Watch) -> None:
    site.open(STUNT)
    with site.page.context.expect_page() as opened:
        site.page.get_by_role("link", name="Search", exact=True).click(modifiers=["Control"])
    opened.value.wait_for_url("**/search/")
    expect(dialog(site.page)).to_be_hidden()


@pytest.mark.parametrize("address", ["stunts/", "404.html", "search/"])
def test_keys_typed_into_a_field_are_letters(site: Watch, address: str) -> None:
    site.open(address)
    box = site.page.get_by_role("searchbox").locator("visible=true")
    box.fill("")
    box.press_sequentially("s/s")
    expect(box).to_have_value("s/s")
    expect(dialog(site.page)).to_be_hidden()
    site.assert_quiet()


@pytest.mark.parametrize("way", ["Escape", "Close", "beside"])
def test_closing_returns_to_where_one_was(site: Watch, way: str) -> None:
    site.open(STUNT)
    page = site.page
    link = page.locator("article .sb-summary a").first
    link.focus()
    page.keyboard.press("/")
    expect(dialog(page)).to_be_visible()
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "Close":
        page.get_by_role("button", name="Close").click()
    else:
        page.mouse.click(5, 500)
    expect(dialog(page)).to_be_hidden()
    if way != "beside":  # a click goes where it is made
        expect(link).to_be_focused()
    site.assert_quiet()


def test_the_search_keeps_what_was_asked(site: Watch) -> None:
    place = open_dialog(site, query="helicopter")
    answered(place)
    site.page.keyboard.press("Escape")
    expect(place).to_be_hidden()
    site.page.keyboard.press("/")
    expect(field(site.page)).to_have_value("helicopter")
    site.page.keyboard.type("ankle")  # what was there is selected, and so makes room
    expect(field(site.page)).to_have_value("ankle")


# --- What is found


def test_results_tell_their_kind_with_the_words_marked_that_were_asked_for(site: Watch) -> None:
    place = open_dialog(site, query="helicopter")
    answered(place)
    first = hits(place).first
    expect(first.locator(".sb-hits__kind")).to_have_text("Stunt")
    expect(first.locator("b mark")).to_have_text("Helicopter")
    expect(hits(place, "Quote").first.locator("i").last).to_contain_text("― Jake or Jack Myers")
    marked = {text.casefold() for text in place.locator("mark").all_inner_texts()}
    assert marked <= {"helicopter", "helicopters"}
    kinds = place.locator(".sb-hits__kind").all_inner_texts()
    assert len(kinds) == hits(place).count() > 5
    assert {"Stunt", "Quote", "Statement"} <= set(kinds)
    site.assert_quiet()


def test_who_says_it_stands_below_what_is_said(site: Watch) -> None:
    place = open_dialog(site, query="training time")
    answered(place)
    hit = hits(place, "Statement").filter(has_text="more than 1 year").first
    expect(hit.locator("span")).to_have_text("Training time: more than 1 year")
    expect(hit.locator("i", has_text="said by")).to_have_text("said by David Ellison.")


def test_another_name_that_was_asked_for_stands_beside_the_title(site: Watch) -> None:
    place = open_dialog(site, "films/", "rooftop chase")
    answered(place)
    expect(hits(place).first.locator("b")).to_have_text("Rooftop jump · Rooftop chase")
    field(site.page).fill("rooftop jump")
    expect(hits(place).first.locator("b")).to_have_text("Rooftop jump")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("M:I 6", "films/fallout/"),
        ("m:i 6", "films/fallout/"),
        ("fallout", "films/fallout/"),
        ("McQuarrie", "people/christopher-mcquarrie/"),
        ("HALO jump", STUNT),
        ("High Altitude Low Open", STUNT),
    ],
)
def test_a_title_or_another_name_finds_its_record_first(site: Watch, query: str, address: str) -> None:
    place = open_dialog(site, query=query)
    answered(place)
    hits(place).first.click()
    site.page.wait_for_url(f"**/{address}")
    expect(dialog(site.page)).to_be_hidden()
    site.assert_quiet()


@pytest.mark.parametrize(("query", "kind"), [("twisted ankle", "Statement"), ("hypoxia danger", "Quote")])
def test_a_statement_is_found_where_it_stands(site: Watch, query: str, kind: str) -> None:
    place = open_dialog(site, "coverage/", query)
    answered(place)
    hit = hits(place, kind).first
    for word in query.split():
        expect(hit.locator("span mark", has_text=word)).not_to_have_count(0)
    words = hit.locator("span").inner_text().strip("“” ").split()
    hit.click()
    site.page.wait_for_url("**/stunts/**#*")
    statement = site.page.locator(":target")
    expect(statement).to_be_in_viewport()
    assert " ".join(words[-3:]) in " ".join(statement.inner_text().split())
    site.assert_quiet()


@pytest.mark.parametrize(
    ("query", "anchor"),
    [("dusk conditions", "summary-"), ("paratroopers unnoticed", "story-"), ("hypoxia tissues", "thin-air")],
)
def test_a_statement_on_the_same_page_is_gone_to(site: Watch, query: str, anchor: str) -> None:
    place = open_dialog(site, query=query)
    answered(place)
    hits(place, "Statement").first.click()
    expect(place).to_be_hidden()
    expect(site.page.locator(":target")).to_be_in_viewport()
    assert site.address.startswith(f"{STUNT}#{anchor}")


def test_words_may_belong_to_the_record_and_to_its_statement(site: Watch) -> None:
    place = open_dialog(site, query="fallout ankle")
    answered(place)
    hit = hits(place, "Statement").filter(has_text="his ankle twisted and broke")
    expect(hit.locator("b")).to_have_text("Rooftop jump")


def test_arrow_keys_go_through_the_results(site: Watch) -> None:
    place = open_dialog(site, query="helicopter")
    answered(place)
    page = site.page
    for index in (0, 1):
        page.keyboard.press("ArrowDown")
        expect(hits(place).nth(index)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(hits(place).last).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stunts/helicopter-flight/")
    site.assert_quiet()


def test_a_later_answer_leaves_the_focus_on_its_result(site: Watch) -> None:
    place = open_dialog(site, query="helicopter flight")
    answered(place)
    site.page.keyboard.press("ArrowDown")
    result = place.get_by_role("link").first
    expect(result).to_be_focused()
    old = place.locator(".sb-hits li").first.element_handle()
    place.get_by_role("searchbox").dispatch_event("input")
    site.page.wait_for_function("(old) => !old.isConnected", arg=old)
    expect(result).to_be_focused()
    site.assert_quiet()


def test_the_newest_question_is_the_one_that_is_answered(site: Watch) -> None:
    place = searching(site)
    held: list[Route] = []
    late = True
    site.page.route("**/*.pf_fragment", lambda route: held.append(route) if late else route.continue_())
    with site.page.expect_request("**/*.pf_fragment"):
        field(site.page).fill("hypoxia")
    while not held:  # the request was made, and is on its way to the handler
        site.page.wait_for_timeout(20)
    late = False
    for query in ("zzzqq", "burj", "ankle"):
        field(site.page).fill(query)
    for route in held:
        route.continue_()
    expect(place.locator("mark", has_text="ankle")).not_to_have_count(0)
    expect(place.locator("mark", has_text="hypoxia")).to_have_count(0)
    answered(place)
    site.assert_quiet()


def test_questions_typed_fast_do_not_mix(site: Watch) -> None:
    """Pagefind answers wrongly where it is asked while it loads what an earlier question needs."""
    for _ in range(5):
        place = open_dialog(site, "coverage/", "hypoxia danger")
        answered(place, re.compile("^The best [5-9] results"))
    site.assert_quiet()


def test_nothing_of_the_index_is_loaded_before_there_is_a_question(site: Watch) -> None:
    """A page asks for nothing of the search; Pagefind would load all of the index to find everything."""
    loaded: list[str] = []
    site.page.on("request", lambda request: loaded.append(request.url))
    site.open(STUNT)
    site.page.wait_for_load_state("networkidle")
    assert loaded
    assert [url for url in loaded if "/pagefind/" in url] == []
    site.page.keyboard.press("/")
    place = dialog(site.page)
    expect(place.locator(".sb-hits")).to_have_attribute("aria-busy", "false")
    assert not any(url.endswith(".pf_index") for url in loaded)
    site.page.keyboard.type("ankle")
    answered(place)
    assert any(url.endswith(".pf_index") for url in loaded)
    site.assert_quiet()


def test_a_word_is_not_searched_for_letter_by_letter(alone: Watch) -> None:
    """Time stands still while letters are typed, however slow the machine is."""
    place = open_dialog(alone)
    expect(place.locator(".sb-hits")).to_have_attribute("aria-busy", "false")
    alone.page.clock.install()
    alone.page.clock.pause_at(alone.page.evaluate("Date.now()") + 1000)
    alone.page.keyboard.type("helicopter", delay=50)
    expect(place.locator(".sb-hits")).to_have_attribute("aria-busy", "true")
    expect(hits(place)).to_have_count(0)
    alone.page.clock.resume()
    answered(place)
    expect(hits(place)).not_to_have_count(0)


def test_names_in_any_script_are_found(browser: Browser, base_valid: str) -> None:
    with window(browser, base_valid) as site:
        place = open_dialog(site, "films/", "قفزة")
        answered(place)
        expect(hits(place, "Stunt").first).to_contain_text("قفزة")
        site.assert_quiet()


# --- Nothing found


def test_nothing_found_says_what_to_do(site: Watch) -> None:
    place = open_dialog(site, query="zzzqq")
    answered(place, "Nothing found. The book does not have “zzzqq”. Try fewer or other words, or a name.")
    expect(hits(place)).to_have_count(0)
    site.assert_quiet()


def test_nothing_found_with_filters_leads_to_a_search_without(site: Watch) -> None:
    place = searching(site, q="unnoticed", kind="Film")
    answered(place, re.compile("^Nothing found"))
    expect(place.get_by_role("navigation", name="Ways in")).to_be_visible()
    place.get_by_role("link", name="Search without filters").click()
    site.page.wait_for_url("**/search/?q=unnoticed")
    answered(place)
    assert hits(place).count() > 0
    site.assert_quiet()


@pytest.mark.parametrize(
    ("query", "told", "found"),
    [
        ("helecopter", " for “Helicopter” in place of “helecopter”.", "Helicopter flight"),
        ("ankel", " for “Ankle” in place of “ankel”.", "ankle"),
        ("hypoxia zzz", ". The book does not have “zzz”.", "HALO jump"),
        ("ankle bone", ". The book does not have “bone”.", "ankle"),  # which is no slip for "done"
        ("mission impossible 7", ". The book does not have “7”.", "Dead Reckoning"),
    ],
)
def test_a_slip_still_finds_what_is_near(site: Watch, query: str, told: str, found: str) -> None:
    place = open_dialog(site, query=query)
    answered(place, re.compile(rf"\d results?{re.escape(told)}$"))
    expect(hits(place).filter(has_text=found)).not_to_have_count(0)
    site.assert_quiet()


# --- Examples, and the way back


def test_four_examples_are_offered_and_each_is_answered(site: Watch) -> None:
    place = open_dialog(site)
    examples = place.locator(".sb-examples").get_by_role("button")
    expect(examples).to_have_count(4)
    for at, question in enumerate(examples.all_inner_texts()):
        examples.nth(at).click()
        expect(field(site.page)).to_have_value(question)
        expect(field(site.page)).to_be_focused()
        answered(place, re.compile(r"^(The best )?\d+ results?\.$"))
        expect(examples.first).to_be_hidden()
        field(site.page).fill("")
        expect(examples.first).to_be_visible()
    site.assert_quiet()


@pytest.mark.parametrize("query", ["burj khalifa", "hypoxia", "HALO jump"])
def test_the_way_back_leads_to_the_question(site: Watch, query: str) -> None:
    """From another page, from a place on the same page; whoever picks the page itself is there already."""
    place = open_dialog(site, query=query)
    answered(place)
    hits(place).first.click()
    expect(dialog(site.page)).to_be_hidden()
    if query == "HALO jump":
        assert site.address == STUNT
        return
    site.page.wait_for_url(lambda url: not url.endswith(STUNT))
    site.page.go_back()
    expect(dialog(site.page)).to_be_visible()
    expect(field(site.page)).to_have_value(query)
    answered(dialog(site.page))
    expect(hits(dialog(site.page)).first).to_be_visible()
    site.page.keyboard.press("Escape")
    site.page.reload()
    expect(dialog(site.page)).to_be_hidden()
    site.assert_quiet()


# --- While editing


def test_the_search_works_while_one_edits(browser: Browser, tmp_path: Path) -> None:
    with start(copy_root(tmp_path / "book"), "build_site.py", "serve") as server:
        server.shows(STUNT, "<h1")
        with window(browser, server.base) as site:
            place = open_dialog(site, query="M:I 6")
            answered(place)
            expect(hits(place).first).to_contain_text(FALLOUT)
            assert site.messages == ["log: Enabled live reload"]
            assert site.elsewhere == site.failed == []
