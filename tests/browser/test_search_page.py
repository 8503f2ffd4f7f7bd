"""The search on a page of its own, which keeps in its address what was asked, and narrows what is found."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Watch
from tests.browser.test_search import answered, asked, field, hits, open_dialog, ready, searching

KIND_NAMES = ("Stunt", "Film", "Person", "Quote", "Statement", "Source", "About")
STATUSES = ("several articles", "one article", "a speaker’s word", "disputed", "not in the sources")
USUAL = ("one article", "a speaker’s word")
"""What has no badge: of the one nothing is said, and of the other who says it."""


def found(place: Locator) -> list[str]:
    """Where the hits lead, in their order."""
    answered(place)
    links: list[str] = hits(place).evaluate_all("all => all.map(each => each.href)")
    return links


def choice(place: Locator, label: str) -> Locator:
    return place.get_by_role("combobox", name=label, exact=True)


def test_the_dialog_leads_to_all_results(site: Watch) -> None:
    answered(open_dialog(site, query="ankle"))
    site.page.get_by_role("button", name="All results and filters").click()
    site.page.wait_for_url("**/search/?q=ankle")
    expect(field(site.page)).to_have_value("ankle")
    answered(site.page.locator("[data-search-page]"))
    site.assert_quiet()


def test_the_address_keeps_the_question(site: Watch) -> None:
    site.open("search/")
    page = site.page
    place = ready(page)
    field(page).press_sequentially("jump")
    choice(place, "Kind").select_option("Quotes")
    choice(place, "Person").select_option("Tom Cruise")
    links = found(place)
    assert asked(site) == {"q": ["jump"], "kind": ["Quote"], "person": ["Tom Cruise"]}
    page.reload()
    assert found(place) == links
    expect(field(page)).to_have_value("jump")
    expect(choice(place, "Person")).to_have_value("Tom Cruise")
    expect(place.get_by_role("navigation", name="Ways in")).to_be_hidden()
    choice(place, "Kind").select_option("Everything")
    choice(place, "Person").select_option("Anybody")
    field(page).fill("")
    expect(hits(place)).to_have_count(0)
    expect(place.get_by_role("status")).to_have_text("")
    assert site.address == "search/"
    site.assert_quiet()


def test_the_way_back_leads_to_the_results(site: Watch) -> None:
    site.open("")
    place = searching(site, q="helicopter")
    answered(place)
    choice(place, "Kind").select_option("Statements")
    expect(hits(place, "Stunt")).to_have_count(0)
    links = found(place)
    hits(place).first.click()
    site.page.wait_for_url("**/stunts/**")
    site.page.go_back()
    expect(choice(place, "Kind")).to_have_value("Statement")
    assert found(place) == links
    site.page.go_back()
    assert site.address == ""
    site.assert_quiet()


@pytest.mark.parametrize(
    ("kind", "query"),
    [*((kind, "") for kind in KIND_NAMES), *((kind, "jump") for kind in KIND_NAMES[:-1]), ("About", "evidence")],
)
def test_the_kind_narrows_the_results(site: Watch, kind: str, query: str) -> None:
    place = searching(site, q=query)
    choice(place, "Kind").select_option(kind)
    answered(place)
    assert hits(place, kind).count() == hits(place).count() > 0
    site.assert_quiet()


@pytest.mark.parametrize(("status", "query"), [*((status, "") for status in STATUSES), ("disputed", "tom cruise")])
def test_the_evidence_narrows_the_statements(site: Watch, status: str, query: str) -> None:
    place = searching(site, q=query)
    choice(place, "How well supported").select_option(status)
    expect(hits(place)).not_to_have_count(0)
    others = re.compile("|".join(each for each in STATUSES if each != status))
    expect(hits(place).locator("i", has_text=others)).to_have_count(0)
    if status not in USUAL:
        expect(hits(place).locator("i", has_text=status)).to_have_count(hits(place).count())
    elif status != "one article":
        named = hits(place).filter(has=site.page.locator("i", has_text=re.compile("said by|―")))
        assert named.count() > hits(place).count() / 2
    assert asked(site)["status"] == [status]
    site.assert_quiet()


@pytest.mark.parametrize(
    ("label", "value", "inside", "outside"),
    [
        ("Film", "Mission: Impossible 2", "Cliff free climb", "HALO jump"),
        ("Person", "Christopher McQuarrie", "HALO jump", "Cliff free climb"),
    ],
)
def test_film_and_person_narrow_the_results(site: Watch, label: str, value: str, inside: str, outside: str) -> None:
    place = searching(site, kind="Stunt")
    for name in (inside, outside):
        expect(hits(place, "Stunt").filter(has_text=name)).not_to_have_count(0)
    choice(place, label).select_option(value)
    expect(hits(place, "Stunt").locator("b", has_text=outside)).to_have_count(0)
    expect(hits(place, "Stunt").locator("b", has_text=inside)).to_have_count(1)
    site.assert_quiet()


def test_every_choice_of_film_and_person_has_results(site: Watch) -> None:
    site.open("search/")
    place = ready(site.page)
    for label in ("Film", "Person"):
        select = choice(place, label)
        values = select.locator("option:not([value=''])").all_inner_texts()
        assert len(values) > 5
        assert values == sorted(values)
        for value in values:
            select.select_option(value)
            expect(hits(place)).not_to_have_count(0)
        select.select_option("")
