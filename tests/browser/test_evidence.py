"""The words that carry a statement, read where it stands, what can be done with it, and the ways from the evidence on.

By mouse, by keyboard, on narrow and wide screens, in light and dark colours, and without JavaScript.
"""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from stuntbook.rules.corroboration import SMALL_WORDS
from tests.browser.conftest import REPO_URL, Watch, window
from tests.site_tools import ROOT

STUNT = "stunts/halo-jump/"
FILM = "films/fallout/"
STATEMENT = "xpath=ancestor-or-self::*[@data-told or @data-words][1]"


def popover(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Evidence")


def marks(page: Page) -> Locator:
    """The marks of what rests on an article."""
    return page.locator("article .sb-source[data-numbers]")


def run_of_many(page: Page) -> Locator:
    """A run of several sentences, which don't begin with a link."""
    return page.locator("article .sb-run:has(.sb-told ~ .sb-told)").first


def words_of(statement: Locator) -> list[str]:
    """The words that carry a statement, as they stand at the foot of the page."""
    found: list[str] = statement.evaluate(
        """({ dataset }) => `${dataset.words ?? ""} ${dataset.inPart ?? ""}`.trim().split(" ")
            .map((key) => document.querySelector(`#words-${key} q`).textContent)"""
    )
    return [" ".join(words.split()) for words in found]


def words_shown(page: Page) -> list[str]:
    """The words in the popover."""
    return [" ".join(words.split()) for words in popover(page).locator("blockquote").all_inner_texts()]


def tap(sentence: Locator) -> None:
    """Click on the first of its words."""
    sentence.scroll_into_view_if_needed()
    place = sentence.evaluate(
        "each => { const [{ left, top, height }] = each.getClientRects(); return [left + 4, top + height / 2]; }"
    )
    sentence.page.mouse.click(*place)


# --- The popover


def test_a_mark_shows_the_words_of_each_sentence_of_its_run(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    run = run_of_many(page)
    sentences = run.locator(".sb-told")
    run.locator(".sb-source").click()
    parts = popover(page).locator("section")
    expect(parts).to_have_count(sentences.count())
    for index in range(sentences.count()):
        sentence, part = sentences.nth(index), parts.nth(index)
        expect(part.locator(".sb-popover__told")).to_have_text(sentence.inner_text())
        expect(part.locator("blockquote")).to_have_text(words_of(sentence))
        expect(part.locator(".sb-where").first).to_contain_text(re.compile(r"^Screen Rant, paragraph \d+"))
    original = popover(page).get_by_role("link", name="in the article").first
    assert re.match(r"https://screenrant\.com/.+#:~:text=.+", original.get_attribute("href") or "")
    assert site.address == STUNT
    site.assert_quiet()


def test_a_sentence_shows_its_own_words(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    for sentence in run_of_many(page).locator(".sb-told").all():
        tap(sentence)
        assert words_shown(page) == words_of(sentence)
        expect(popover(page).locator(".sb-popover__told")).to_have_count(0)
        expect(page.locator(".sb-open")).to_have_count(1)
        expect(sentence).to_have_class(re.compile("sb-open"))
        page.keyboard.press("Escape")
    expect(page.locator(".sb-open")).to_have_count(0)


def test_words_that_carry_a_sentence_in_part_say_so(site: Watch) -> None:
    site.open(FILM)
    site.page.get_by_role("link", name=re.compile("Looper, in part")).first.click()
    shown = popover(site.page).locator(".sb-where").all_inner_texts()
    assert [each.startswith("Looper, in part, paragraph") for each in shown] == [False, False, True]


def test_what_rests_on_nothing_says_so(site: Watch) -> None:
    site.open("films/the-mummy/")
    site.page.locator("article .sb-source", has_text="not in the sources").first.click()
    expect(popover(site.page)).to_contain_text("No article in this book states this.")
    expect(popover(site.page).locator("blockquote")).to_have_count(0)


def test_a_disagreement_shows_the_words_of_all_its_accounts(site: Watch) -> None:
    site.open(STUNT)
    dispute = site.page.locator("section.sb-dispute").first
    dispute.locator("h3 .sb-source").click()
    shown = words_shown(site.page)
    assert shown == [words for each in dispute.locator(".sb-account").all() for words in words_of(each)]
    assert len(shown) > 1


def test_a_link_within_a_sentence_is_a_link(site: Watch) -> None:
    site.open(STUNT)
    site.page.locator(".sb-summary .sb-told a", has_text="Tom Cruise").first.click()
    site.page.wait_for_url("**/people/tom-cruise/")


def test_a_click_beside_it_closes_the_popover(site: Watch) -> None:
    site.open(STUNT)
    marks(site.page).first.click()
    expect(popover(site.page)).to_be_visible()
    site.page.locator("h1").click()
    expect(popover(site.page)).to_be_hidden()


def test_a_second_mark_replaces_the_first(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    # The second stands above the first, where the popover does not cover it.
    second, first = marks(page).nth(0), marks(page).nth(2)
    for mark in (first, second):
        mark.click()
        expect(popover(page)).to_be_visible()
        words = words_of(mark.locator("xpath=ancestor::*[contains(@class, 'sb-run')]").locator(".sb-told").first)
        expect(popover(page).locator("blockquote").first).to_have_text(words[0])
    page.keyboard.press("Escape")
    expect(popover(page)).to_be_hidden()
    expect(second).to_be_focused()


def test_a_click_with_control_follows_the_link(site: Watch) -> None:
    site.open(STUNT)
    mark = marks(site.page).first
    with site.page.context.expect_page() as opened:
        mark.click(modifiers=["Control"])
    opened.value.wait_for_url(f"**/{STUNT}{mark.get_attribute('href')}")
    expect(popover(site.page)).to_be_hidden()


OPENED = """([mark, popover]) => {
    mark.scrollIntoView({ block: "center", behavior: "instant" });
    mark.click();
    const { left, top, right, bottom } = popover.getBoundingClientRect();
    const { clientWidth, scrollWidth } = document.documentElement;
    return [popover.matches(":popover-open"), left >= 0 && top >= 0 && right <= clientWidth && bottom <= innerHeight
        && scrollWidth <= clientWidth];
}"""
"""Whether a mark opens the popover, and whether all of it lies within the window."""
BRIGHTNESS = """popover => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const bright = colour => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, each) => sum + each, 0);
    };
    const colours = [...popover.querySelectorAll("q, .sb-where")].map(each => getComputedStyle(each).color);
    return [getComputedStyle(popover).backgroundColor, ...colours].map(bright);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_the_popover_lies_within_the_window_in_its_schemes_colours(
    browser: Browser, base: str, width: int, scheme: str
) -> None:
    with window(browser, base, width=width, height=800, color_scheme=scheme) as screen:
        screen.open(STUNT)
        shown, opened = marks(screen.page).filter(visible=True).all(), popover(screen.page)
        handle = screen.page.locator("#sb-evidence").element_handle()
        assert len(shown) > 20
        for mark in shown:
            assert screen.page.evaluate(OPENED, [mark.element_handle(), handle]) == [True, True]
        background, *inks = opened.evaluate(BRIGHTNESS)
        assert inks
        assert {background < ink for ink in inks} == {scheme == "dark"}
        assert min(abs(background - ink) for ink in inks) > 250
        screen.assert_quiet()


# --- By keyboard


def test_a_run_is_one_tab_stop_and_arrows_go_from_sentence_to_sentence(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    stops = page.locator(".sb-run").evaluate_all(
        "runs => runs.map(run => [...run.querySelectorAll('.sb-told, .sb-source')].filter(e => e.tabIndex >= 0).length)"
    )
    assert set(stops) == {1}
    run = run_of_many(page)
    mark, (first, *_, last) = run.locator(".sb-source"), run.locator(".sb-told").all()
    mark.focus()
    page.keyboard.press("ArrowLeft")
    expect(last).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(popover(page)).to_be_focused()
    assert words_shown(page) == words_of(first)
    page.keyboard.press("Escape")
    expect(popover(page)).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(popover(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()
    site.assert_quiet()


# --- The menu


def opened_by(mark: Locator) -> Locator:
    """The popover of a mark, whose page may copy."""
    mark.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    mark.click()
    return popover(mark.page)


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_copied_link_leads_to_its_statement(site: Watch, plain: Watch, with_scripts: bool) -> None:
    site.open(STUNT)
    sentence = site.page.locator("article .sb-told").last
    button = opened_by(sentence.locator("xpath=..").locator(".sb-source")).get_by_role("button", name="Copy link")
    button.click()
    expect(popover(site.page).get_by_role("button").first).to_have_text("Link copied")
    expect(button).to_be_visible()  # once more
    link = copied(site.page)
    assert link == f"{site.base}{STUNT}#{sentence.get_attribute('id')}"
    page = (site if with_scripts else plain).page
    page.goto("about:blank")
    page.goto(link)
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("easily Cruise's most daring stunt")


@pytest.mark.parametrize("clipboard", ["{ writeText: async () => { throw new Error(); } }", "undefined"])
def test_where_nothing_can_be_copied_the_button_says_so(site: Watch, clipboard: str) -> None:
    site.open(STUNT)
    site.page.evaluate(f"() => {{ Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }}); }}")
    marks(site.page).first.click()
    button = popover(site.page).get_by_role("button").first
    button.click()
    expect(button).to_have_text("Not copied")
    expect(button).to_contain_text("Copy link")


def test_a_statement_shown_elsewhere_is_linked_to_at_its_home(site: Watch) -> None:
    site.open(FILM)
    injury = site.page.locator("[data-home$='#ankle']")
    opened_by(injury.locator(".sb-source").first).get_by_role("button", name="Copy link").click()
    expect(popover(site.page)).to_contain_text("Link copied")
    assert copied(site.page) == f"{site.base}stunts/rooftop-jump/#ankle"


def test_a_statement_is_cited_with_the_words_of_every_article(site: Watch) -> None:
    site.open(STUNT)
    page = site.page
    mark = page.locator(".sb-facts .sb-source--several").last
    statement = mark.locator(STATEMENT)
    button = opened_by(mark).get_by_role("button", name="Cite")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert popover(page).locator(".sb-cite label").all_inner_texts() == [" Plain text", " BibTeX", " RIS", " CSL-JSON"]
    text = popover(page).get_by_role("textbox", name="Citation").input_value().replace("\xa0", " ")
    expected = [*words_of(statement), "Looper", "Screen Rant", "https://www.looper.com/", "https://screenrant.com/"]
    expected += ["accessed ", "HALO jump: Christopher McQuarrie: director", f"{STUNT}#{statement.get_attribute('id')}"]
    assert [each for each in expected if each not in text] == []
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(popover(page).get_by_role("textbox")).to_have_count(0)
    site.assert_quiet()


def test_a_disagreement_is_cited_with_the_sources_of_all_accounts(site: Watch) -> None:
    site.open(STUNT)
    dispute = site.page.locator("section.sb-dispute").first
    opened_by(dispute.locator("h3 .sb-source")).get_by_role("button", name="Cite").click()
    text = popover(site.page).get_by_role("textbox", name="Citation").input_value()
    expected = ["Looper", "Screen Rant", "Which stunt the training was for", f"{STUNT}#{dispute.get_attribute('id')}"]
    assert [each for each in expected if each not in text] == []


def test_where_a_repository_is_known_the_menu_leads_there(browser: Browser, below: str) -> None:
    with window(browser, below) as site:
        site.open(STUNT)
        page = site.page
        mark = page.locator(".sb-body .sb-run .sb-source").first
        sentence = mark.locator("xpath=..").locator(".sb-told").first
        mark.click()
        menu = popover(page).locator(".sb-menu").first
        line = menu.get_by_role("link", name=re.compile(r"^Line \d+ of stunts\.yaml$"))
        expect(line).to_be_visible()
        number = int(re.findall(r"\d+", line.inner_text())[0])
        assert line.get_attribute("href") == f"{REPO_URL}/blob/main/stunts.yaml#L{number}"
        written = (ROOT / "stunts.yaml").read_text(encoding="utf-8").splitlines()[number - 1 : number + 2]
        assert " ".join(sentence.inner_text().split()[:4]) in " ".join(written)
        report = menu.get_by_role("link", name="Report a problem").get_attribute("href") or ""
        assert report.startswith(f"{REPO_URL}/issues/new?template=report.yml")
        asked = parse_qs(urlsplit(report).query)
        assert asked["permalink"] == [f"{below}{STUNT}#{sentence.get_attribute('id')}"]
        assert asked["statement"] == [sentence.inner_text()]
        site.assert_quiet()


def test_without_a_repository_the_menu_offers_only_what_works(site: Watch) -> None:
    site.open(STUNT)
    marks(site.page).first.click()
    menu = popover(site.page).locator(".sb-menu")
    site.page.wait_for_load_state("networkidle")
    names = [name.partition(":")[0].strip() for name in menu.locator("a, button").all_inner_texts()]
    assert names == ["Copy link", "Cite"]


# --- Without JavaScript


def test_without_javascript_a_mark_leads_to_the_unfolded_words(plain: Watch) -> None:
    plain.open(STUNT)
    expect(plain.page.locator(".sb-references .sb-words").first).to_be_hidden()
    mark = plain.page.locator(".sb-body .sb-source[data-numbers]").last
    mark.click()
    assert plain.address == f"{STUNT}{mark.get_attribute('href')}"
    entry = plain.page.locator(":target")
    expect(entry.locator(".sb-words")).to_be_in_viewport()
    entry.locator(".sb-uses a").first.click()
    expect(plain.page.locator(":target")).to_be_in_viewport()
    assert plain.page.locator(":target").evaluate(
        "(told, key) => told.dataset.words.split(' ').includes(key)",
        ((mark.get_attribute("href") or "").removeprefix("#words-")),
    )


# --- From the evidence to the words


def test_the_evidence_matrix_leads_to_the_passages(site: Watch) -> None:
    site.open(FILM)
    page = site.page
    matrix = page.locator("section:has(> #matrix)")
    expect(matrix.get_by_role("table")).to_be_hidden()
    matrix.locator("summary").click()
    rows = matrix.locator("tbody tr")
    counts = rows.evaluate_all(
        """rows => rows.map(row => [row.querySelectorAll("td a[href*='#passage-']").length,
            row.querySelectorAll(".sb-status--unsourced").length])"""
    )
    assert len(counts) > 10
    assert [each for each in counts if bool(each[0]) == bool(each[1])] == []
    rows.get_by_role("link", name=re.compile("^Passage in ")).first.click()
    page.wait_for_url("**/sources/**#passage-*")
    expect(page.locator(":target q.sb-words")).to_be_in_viewport()
    site.assert_quiet()


def test_a_disputed_badge_leads_to_the_disagreement(site: Watch) -> None:
    site.open("evidence/")
    page = site.page
    page.locator(".sb-status--disputed a").first.click()
    page.wait_for_url(re.compile("/(films|people|stunts)/[^/]+/#"))
    dispute = page.locator("section.sb-dispute:target")
    expect(dispute).to_be_in_viewport()
    assert dispute.locator(".sb-account").count() > 1
    site.assert_quiet()


def test_the_phrases_in_which_accounts_differ_are_marked_and_no_small_words(site: Watch) -> None:
    site.open("disagreements/")
    disputes = site.page.locator(".sb-accounts")
    marked = disputes.evaluate_all(
        """all => all.map(dispute => [...dispute.querySelectorAll(".sb-account")].map(account => [
            [...account.querySelectorAll(".sb-words")].map(each => each.textContent).join(" "),
            [...account.querySelectorAll(".sb-differs")].map(each => each.textContent)]))"""
    )
    phrases = [
        (_words(text), [_words(other) for index, (other, _) in enumerate(dispute) if index != number])
        for dispute in marked
        for number, (_, differing) in enumerate(dispute)
        for text in differing
    ]
    assert len(phrases) > 2
    ends = [words for words, _ in phrases if {words[0], words[-1]} & SMALL_WORDS]
    same = [
        word
        for words, others in phrases
        for word in words
        if word not in SMALL_WORDS and all(word in other for other in others)
    ]
    assert (ends, same) == ([], [])
    looks = site.page.locator(".sb-differs").first.evaluate(
        "differs => [differs, differs.parentElement].map(each => getComputedStyle(each).textDecorationLine)"
    )
    assert looks == ["underline", "none"]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.casefold())
