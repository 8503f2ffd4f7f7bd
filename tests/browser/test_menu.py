"""The menu that the head of every page opens in narrow windows."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import KINDS, Watch
from tests.browser.test_tasks import tab_to


@pytest.mark.parametrize("kind", ["stunt", "by-hand"])
def test_the_menu_leads_to_every_chapter(plain: Watch, kind: str) -> None:
    plain.page.set_viewport_size({"width": 360, "height": 800})
    plain.open(KINDS[kind])
    menu = plain.page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    plain.page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_in_viewport(ratio=1)
    chapters = menu.get_by_role("link").all_inner_texts()
    assert chapters[:2] == ["Home", "Stunts"]
    assert {"Injuries and risks", "Disagreements", "How it is checked"} <= set(chapters)
    menu.get_by_role("link", name="Injuries").click()
    plain.page.wait_for_url("**/injuries/")
    expect(menu).to_be_hidden()


def test_the_menu_by_keyboard(site: Watch) -> None:
    page = site.page
    page.set_viewport_size({"width": 360, "height": 800})
    site.open("injuries/")
    button, menu = page.get_by_role("button", name="Menu"), page.get_by_role("navigation", name="Menu")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    expect(menu.locator("[aria-current=page]")).to_have_text("Injuries and risks")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, menu.get_by_role("link", name="Quotes", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Quotes")
    site.assert_quiet()
