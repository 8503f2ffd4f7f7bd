"""Reading a reference where it stands, citing a statement, and the ways from the evidence to the words.

By mouse, by keyboard, on narrow and wide screens, in light and dark colours, and without JavaScript.
"""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Watch, window, words_told

STUNT = "stunts/halo-jump/"
DATED = "stunts/broken-foot-jump/"
"""Rests on an article whose date is known."""
DATED_SOURCE = "Head Topics, 15 February 2025"
FILM = "films/fallout/"
DISPUTED = "disagreements/"


def _popover(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Reference")


def _marks(page: Page) -> Locator:
    return page.locator("article .sb-mark a[href^='#ref-']")


def _reference(page: Page, mark: Locator) -> Locator:
    """The entry of the list that a mark leads to."""
    return page.locator(f"[id='{(mark.get_attribute('href') or '').removeprefix('#')}']")


def _focus_by_tab(page: Page, target: Locator) -> None:
    """Press Tab, from the focusable element before the target, until the target has the focus."""
    target.evaluate(
        """target => {
            const all = [...document.querySelectorAll("a[href], button")].filter(each => each.checkVisibility());
            all[all.indexOf(target) - 1].focus();
        }"""
    )
    page.keyboard.press("Tab")
    expect(target).to_be_focused()


# --- The popover


@pytest.mark.parametrize(("address", "date"), [(DATED, DATED_SOURCE), (STUNT, "date not known")])
def test_a_mark_shows_the_words_and_their_source(site: Watch, address: str, date: str) -> None:
    site.open(address)
    page = site.page
    mark = _marks(page).first
    reference = _reference(page, mark)
    mark.click()
    popover = _popover(page)
    expect(popover).to_be_visible()
    expect(popover.locator(".sb-words")).to_have_text(reference.locator(".sb-words").inner_text())
    expect(popover.locator("cite")).to_have_text(reference.locator("cite").inner_text())
    expect(popover).to_contain_text(date)
    link = popover.get_by_role("link", name="read it at the source")
    assert re.match(r"https?://.+#:~:text=.+", link.get_attribute("href") or "")
    assert site.address == address
    site.assert_quiet()


def test_a_click_beside_it_closes_the_popover(site: Watch) -> None:
    site.open(STUNT)
    _marks(site.page).first.click()
    expect(_popover(site.page)).to_be_visible()
    site.page.locator("h1").click()
    expect(_popover(site.page)).to_be_hidden()


def test_a_second_mark_replaces_the_first(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    # The second stands above the first, where the popover does not cover it.
    second, first = _marks(page).nth(0), _marks(page).nth(6)
    words = [_reference(page, mark).locator(".sb-words").inner_text() for mark in (first, second)]
    assert words[0] != words[1]
    for mark, expected in zip((first, second), words, strict=True):
        mark.click()
        expect(_popover(page)).to_have_count(1)
        expect(_popover(page)).to_be_visible()
        expect(_popover(page).locator(".sb-words")).to_have_text(expected)
    page.keyboard.press("Escape")
    expect(_popover(page)).to_be_hidden()
    expect(second).to_be_focused()


def test_a_click_with_control_follows_the_link(site: Watch) -> None:
    site.open(STUNT)
    mark = _marks(site.page).first
    with site.page.context.expect_page() as opened:
        mark.click(modifiers=["Control"])
    opened.value.wait_for_url(f"**/{STUNT}{mark.get_attribute('href')}")
    expect(_popover(site.page)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_popover_lies_within_the_window(browser: Browser, base: str, width: int, scheme: str) -> None:
    with window(browser, base, width=width, height=800, color_scheme=scheme) as screen:
        screen.open(STUNT)
        count = _marks(screen.page).count()
        assert count > 20
        outside = [box for index in range(0, count, 5) if (box := _box_outside(screen.page, index))]
        assert outside == []
        screen.assert_quiet()


def _box_outside(page: Page, index: int) -> dict[str, float] | None:
    """Where the popover of a mark lies, if that is not within the window."""
    _marks(page).nth(index).evaluate("mark => { mark.scrollIntoView({ block: 'center' }); mark.click(); }")
    expect(_popover(page)).to_be_visible()
    box: dict[str, float] = _popover(page).evaluate("popover => popover.getBoundingClientRect().toJSON()")
    width, height = page.evaluate("[document.documentElement.clientWidth, innerHeight]")
    within = box["left"] >= 0 and box["top"] >= 0 and box["right"] <= width and box["bottom"] <= height
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.keyboard.press("Escape")
    return None if within else box


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_popover_has_the_colours_of_its_scheme(browser: Browser, base: str, scheme: str) -> None:
    with window(browser, base, color_scheme=scheme) as screen:
        screen.open(STUNT)
        _marks(screen.page).first.click()
        brightness = _popover(screen.page).evaluate(
            """popover => {
                const canvas = new OffscreenCanvas(1, 1).getContext("2d");
                const bright = colour => {
                    canvas.fillStyle = colour;
                    canvas.fillRect(0, 0, 1, 1);
                    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, each) => sum + each, 0);
                };
                const style = getComputedStyle(popover.querySelector(".sb-words"));
                return [bright(getComputedStyle(popover).backgroundColor), bright(style.color)];
            }"""
        )
        background, ink = brightness
        assert (background < ink) == (scheme == "dark")
        assert abs(background - ink) > 300


# --- Citing a statement


def _citable(page: Page) -> Locator:
    """A sentence that rests on an article whose date is known."""
    sentences = page.locator("article .sb-told")
    index = sentences.evaluate_all(
        """all => all.findIndex(sentence => [...sentence.querySelectorAll(".sb-mark a")].some(mark =>
            document.getElementById(mark.hash.slice(1)).textContent.includes("15 February 2025")))"""
    )
    assert index >= 0
    return sentences.nth(index)


def _copied_by(button: Locator, *, by_key: bool = False) -> str:
    """What a button copies that is clicked, or reached by Tab and pressed."""
    button.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if by_key:
        _focus_by_tab(button.page, button)
        button.page.keyboard.press("Enter")
    else:
        button.locator("xpath=ancestor::*[@id][1]").hover()
        button.click()
    expect(button).to_have_text("copied")
    return str(button.page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("hand", ["mouse", "keyboard"])
def test_a_statement_is_cited(site: Watch, hand: str) -> None:
    site.open(DATED)
    page = site.page
    sentence = _citable(page)
    button = sentence.get_by_title("Copy a citation").first
    copied = _copied_by(button, by_key=hand == "keyboard")
    assert copied.startswith(f"“{words_told(sentence)}” ")
    assert page.locator("h1").inner_text() in copied
    assert f"{site.base}{DATED}#{sentence.get_attribute('id')}" in copied
    assert DATED_SOURCE in copied
    site.assert_quiet()


def test_a_citation_names_every_publisher_of_the_statement(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    statement = page.locator("article .sb-evidence").filter(has=page.locator(".sb-status--articles")).first
    copied = _copied_by(statement.get_by_role("button"))
    marks = statement.locator(".sb-mark a")
    publishers = {_reference(page, marks.nth(index)).locator("cite").inner_text() for index in range(marks.count())}
    assert len(publishers) > 1
    assert {publisher for publisher in publishers if publisher not in copied} == set()


def test_a_disagreement_is_cited_with_the_sources_of_all_accounts(site: Watch) -> None:
    site.open(STUNT)
    dispute = site.page.locator("section.sb-dispute").first
    copied = _copied_by(dispute.locator("h3").get_by_role("button"))
    publishers = set(dispute.locator(".sb-account__source cite").all_inner_texts())
    assert publishers
    assert {publisher for publisher in publishers if publisher not in copied} == set()
    assert f"{STUNT}#{dispute.get_attribute('id')}" in copied


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_permanent_link_leads_to_its_statement(site: Watch, plain: Watch, with_scripts: bool) -> None:
    visited = site if with_scripts else plain
    visited.open(STUNT)
    sentence = visited.page.locator("article .sb-told").last
    sentence.hover()
    sentence.get_by_role("link", name="Permanent link").first.click()
    assert visited.address == f"{STUNT}#{sentence.get_attribute('id')}"
    expect(sentence).to_be_in_viewport()
    assert bool(visited.page.locator(".sb-copy").count()) is with_scripts


# --- Without JavaScript


def test_without_javascript_a_mark_leads_to_its_reference(plain: Watch) -> None:
    plain.open(STUNT)
    mark = _marks(plain.page).last
    reference = _reference(plain.page, mark)
    mark.click()
    assert plain.address == f"{STUNT}{mark.get_attribute('href')}"
    expect(reference).to_be_in_viewport()
    expect(reference.locator(".sb-words")).to_be_visible()
    expect(_popover(plain.page)).to_have_count(0)


# --- From the evidence to the words


def test_the_evidence_matrix_leads_to_the_passages(site: Watch) -> None:
    site.open(FILM)
    page = site.page
    matrix = page.locator("details.sb-matrix")
    expect(matrix.get_by_role("table")).to_be_hidden()
    matrix.locator("summary").click()
    rows = matrix.locator("tbody tr")
    cells = rows.evaluate_all("rows => rows.map(row => row.querySelectorAll('td a[href*=\"#passage-\"]').length)")
    assert len(cells) > 10
    assert all(cells)
    expect(rows.first).to_be_visible()
    rows.first.get_by_role("link", name=re.compile("^Passage in ")).first.click()
    page.wait_for_url("**/sources/**#passage-*")
    expect(page.locator(f"[id='{site.address.partition('#')[2]}']")).to_be_in_viewport()
    site.assert_quiet()


def test_a_disputed_badge_leads_to_the_disagreement(site: Watch) -> None:
    site.open("evidence/")
    page = site.page
    page.locator(".sb-status--disputed a").first.click()
    page.wait_for_url(re.compile("/(films|people|stunts)/[^/]+/#"))
    dispute = page.locator(f"section.sb-dispute[id='{site.address.partition('#')[2]}']")
    expect(dispute).to_be_in_viewport()
    assert dispute.locator(".sb-account").count() > 1
    site.assert_quiet()


def test_the_words_in_which_accounts_differ_are_marked_and_no_others(site: Watch) -> None:
    site.open(DISPUTED)
    disputes = site.page.locator(".sb-accounts")
    counts = disputes.evaluate_all("all => all.map(each => each.querySelectorAll('.sb-differs').length)")
    assert len(counts) > 3
    assert all(counts)
    looks = site.page.locator(".sb-differs").first.evaluate(
        """differs => [differs, differs.parentElement].map(each => {
            const { backgroundColor, color, fontWeight, textDecorationLine, boxShadow } = getComputedStyle(each);
            return [backgroundColor, color, fontWeight, textDecorationLine, boxShadow].join();
        })"""
    )
    assert looks[0] != looks[1]
    marked = disputes.evaluate_all(
        """all => all.map(dispute => [...dispute.querySelectorAll(".sb-account")].map(account => [
            [...account.querySelectorAll(".sb-words")].map(each => each.textContent).join(" "),
            [...account.querySelectorAll(".sb-differs")].map(each => each.textContent)]))"""
    )
    wrong = [
        (words, text)
        for dispute in marked
        for number, (_, differing) in enumerate(dispute)
        for text in differing
        for words in _words(text)
        if all(words in _words(other) for index, (other, _) in enumerate(dispute) if index != number)
    ]
    assert wrong == []


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.casefold())
