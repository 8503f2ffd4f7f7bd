"""While one edits: what a browser shows changes by itself, and the reader stays where they were."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.mkdocs.test_serve import PATIENCE, STUNT, Server, start
from tests.site_tools import copy_root

PLACE = 700
"""How many pixels a reader has scrolled down."""
ROUNDS = 3
SOON = 1000 * PATIENCE
"""Milliseconds within which a browser shows an edit."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with start(copy_root(tmp_path_factory.mktemp("serving") / "book"), "build_site.py", "serve") as server:
        server.shows(STUNT, "<h1")
        yield server


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1000, "height": 700}) as context:
        yield context.new_page()


def height(page: Page) -> int:
    page.wait_for_load_state("load")
    return int(page.evaluate("scrollY"))


def scroll(page: Page, top: int) -> None:
    page.evaluate(f"scrollTo({{ top: {top}, behavior: 'instant' }})")
    assert height(page) == top


def save(server: Server, old: str, new: str) -> None:
    """Save the file at once: a server that is fast may see one that is being written while it is still empty."""
    server.edit_by_renaming("stunts.yaml", old, new)


def break_data(server: Server, page: Page) -> None:
    save(server, "title: HALO jump", "titel: HALO jump")
    expect(page.get_by_role("heading", name="2 errors in the knowledge base")).to_be_visible(timeout=SOON)


def mend_data(server: Server, page: Page) -> None:
    save(server, "titel: HALO jump", "title: HALO jump")
    expect(page.locator("article h1")).to_be_visible(timeout=SOON)


@pytest.mark.parametrize("address", [STUNT, "checks/"], ids=["generated", "written by hand"])
def test_an_error_leaves_the_reader_where_they_were(server: Server, page: Page, address: str) -> None:
    page.goto(server.base + address)
    scroll(page, PLACE)
    heights = []
    for _ in range(ROUNDS):
        break_data(server, page)
        heights.append(height(page))
        mend_data(server, page)
        heights.append(height(page))
    assert heights == [0, PLACE] * ROUNDS


MISTAKES = (
    ("title: HALO jump", "titel: HALO jump"),
    ("title: HALO jump", "title: [HALO jump"),
    ("\nstunts:\n", "\nstunt:\n"),
    ("\n  tom-cruise:\n", "\n  tom-cruize:\n"),
    ("One chance per day", "One chance a day"),
)


def test_ten_mistakes_and_repairs_leave_the_reader_where_they_were(server: Server, page: Page) -> None:
    """Each is shown, and goes again by itself."""
    page.goto(server.base + STUNT)
    scroll(page, PLACE)
    for right, wrong in MISTAKES * 2:
        save(server, right, wrong)
        expect(page).to_have_title(re.compile("in the knowledge base – Stuntbook$"), timeout=SOON)
        page.wait_for_load_state("load")
        save(server, wrong, right)
        expect(page.locator("article h1")).to_be_visible(timeout=SOON)
        assert height(page) == PLACE


def test_a_page_whose_identifier_changed_comes_back_with_it(server: Server, page: Page) -> None:
    """Nothing refers to it, so that its old address leads nowhere, and no error follows."""
    save(server, "\npeople:\n", "\npeople:\n  nils-quorl:\n    name: Nils Quorl\n")
    server.shows("people/nils-quorl/", "Nils Quorl</h1>")
    page.goto(f"{server.base}people/nils-quorl/")
    for old, new in (("\n  nils-quorl:\n", "\n  nils-quorn:\n"), ("\n  nils-quorn:\n", "\n  nils-quorl:\n")) * 2:
        save(server, old, new)
        what = "There is no page at this address" if "quorn" in new else "Nils Quorl"
        expect(page.get_by_role("heading", name=what)).to_be_visible(timeout=SOON)
        page.wait_for_load_state("load")
    expect(page.locator("#sb-warnings")).to_contain_text("1 warning in the knowledge base")
    save(server, "  nils-quorl:\n    name: Nils Quorl\n", "")
    expect(page.get_by_role("heading", name="There is no page at this address")).to_be_visible(timeout=SOON)


def test_a_bad_setting_is_shown_and_goes_by_itself(server: Server, page: Page) -> None:
    page.goto(server.base + STUNT)
    server.edit_by_renaming("mkdocs.yml", "plugins:\n", "plugins: [\n")
    expect(page).to_have_title("The site can't be built – Stuntbook", timeout=SOON)
    page.wait_for_load_state("load")
    server.edit_by_renaming("mkdocs.yml", "plugins: [\n", "plugins:\n")
    expect(page.locator("article h1")).to_be_visible(timeout=SOON)


def test_a_sound_edit_leaves_the_reader_where_they_were(server: Server, page: Page) -> None:
    page.goto(server.base + STUNT)
    scroll(page, PLACE)
    for old, new in (("title: HALO jump", "title: HALO leap"), ("title: HALO leap", "title: HALO jump")):
        save(server, old, new)
        expect(page.locator("article h1")).to_have_text(new.removeprefix("title: "), timeout=SOON)
        assert height(page) == PLACE


def test_a_page_that_is_opened_anew_begins_at_its_top(server: Server, page: Page) -> None:
    """Only what is loaded again comes back at its height; and so does what the browser goes back to."""
    page.goto(server.base + STUNT)
    scroll(page, PLACE)
    page.goto(server.base)
    page.go_back()
    assert height(page) == PLACE
    page.goto(server.base)
    page.goto(server.base + STUNT)
    assert height(page) == 0
    scroll(page, PLACE)
    break_data(server, page)
    page.goto(server.base + STUNT)
    mend_data(server, page)
    assert height(page) == 0


def test_a_long_report_stays_where_it_was_read(server: Server, page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 150})
    page.goto(server.base + STUNT)
    break_data(server, page)
    scroll(page, 60)
    save(server, "titel: HALO jump", "titel: HALO jump again")
    expect(page.get_by_text("HALO jump again")).to_be_visible(timeout=SOON)
    assert height(page) == 60
    save(server, "titel: HALO jump again", "titel: HALO jump")
    mend_data(server, page)
    break_data(server, page)
    assert height(page) == 0
    mend_data(server, page)
