"""What the search answers: the questions that a stranger types, each with its best answer among the first three."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch, served, window
from tests.browser.test_search import answered, dialog, hits
from tests.site_tools import build, built_once
from tests.support import write_book

FIRST = 3
BEST = """
broken ankle             | stunts/rooftop-jump/#ankle              | broken ankle
snapped his ankle        | stunts/rooftop-jump/#ankle              | broken ankle
25,000 feet              | stunts/halo-jump/#measure-              | 25,000 ft
25 thousand feet         | stunts/halo-jump/#measure-              | 25,000 ft
7620 metres              | stunts/halo-jump/#measure-              | 25,000 ft
how high                 | stunts/halo-jump/#measure-              | Altitude
highest stunt            | stunts/halo-jump/                       | HALO jump
fastest                  | stunts/halo-jump/                       | HALO jump
200 miles per hour       | stunts/halo-jump/#measure-              | 200 mph
how many takes           | stunts/mummy-plane-crash/#measure-      | 64
zero gravity             | stunts/mummy-plane-crash/               | Zero-gravity plane crash
weightless               | stunts/mummy-plane-crash/               | Zero-gravity plane crash
download                 | data/                                   | Data files
tom cruise stunts        | people/tom-cruise/                      | does his own stunts
cruise injuries          | stunts/rooftop-jump/#ankle              | broken ankle
who broke his foot       | stunts/broken-foot-jump/#broken-foot    | Cruise broke a foot
skydive                  | stunts/halo-jump/                       | HALO jump
parachute                | stunts/halo-jump/                       | HALO jump
M:I 2                    | films/mission-impossible-2/             | Mission: Impossible 2
mi6                      | films/fallout/                          | Fallout
mission impossible 7     | films/                                  | Mission: Impossible
films 2011               | films/ghost-protocol/                   | Ghost Protocol
when was fallout released | films/fallout/#year-                   | 2018
stunt coordinator        | people/wade-eastwood/                   | Wade Eastwood
stuntman                 | stunts/                                 | Tom Cruise
who directed fallout     | people/christopher-mcquarrie/           | directed
mcquarie                 | people/christopher-mcquarrie/           | Christopher McQuarrie
simon peg                | people/simon-pegg/                      | Simon Pegg
tomcruise                | people/tom-cruise/                      | Tom Cruise
is tom cruise reckless   | people/tom-cruise/#not-reckless         | Simon Pegg
did you get that         | stunts/rooftop-jump/#did-you-get-that   | Tom Cruise
what did simon pegg say  | stunts/rooftop-jump/#safety-conscious   | Simon Pegg
burj khalifa stunt       | stunts/burj-khalifa/                    | Burj Khalifa
tallest building         | stunts/burj-khalifa/                    | tallest building
filmed in dubai          | stunts/burj-khalifa/#place-             | Dubai
uae                      | stunts/halo-jump/#place-                | United Arab Emirates
helecopter               | stunts/helicopter-flight/               | Helicopter flight
clinging to a plane      | stunts/cargo-plane/                     | Hanging from a cargo plane
screenrant               | sources/screenrant-halo-featurette/     | Screen Rant
disagreements            | disagreements/                          | Disagreements
why did production stop  | films/fallout/#summary-                 | production
"""
"""A line a question: what is asked, where the best answer begins to lead, and words of it."""
ANSWERS = [tuple(map(str.strip, line.split("|"))) for line in BEST.strip().splitlines()]
WORDS = {
    "映画館": "日本の映画館で",
    "没有受伤": "他没有受伤",
    "กระโดด": "นักแสดงแทนกระโดด",
    "bjorn": "Bjørn Łukasiewicz",
    "lukasiewicz": "Bjørn Łukasiewicz",
    "lodz": "Łódź",
    "thorsson": "Ægir Þórsson",
    "aegir": "Ægir Þórsson",
    "keaten": "Buster Keaton",
}
"""What is asked of a book in English, and what it has."""
KNOWLEDGE = """
people:
  bjorn: {name: Bjørn Łukasiewicz}
  aegir: {name: Ægir Þórsson}
  buster: {name: Buster Keaton}
stunts:
  jump:
    title: Canal jump
    performers: [bjorn, aegir, buster]
    summary: [{text: It was near Łódź., cite: {one: "jumped near Łódź"}}]
    story:
      performance:
        - {text: 他没有受伤, cite: {one: "他没有受伤"}}
        - {text: 日本の映画館で飛び越えた, cite: {one: "日本の映画館で飛び越えた"}}
        - {text: นักแสดงแทนกระโดดลงน้ำ, cite: {one: "นักแสดงแทนกระโดดลงน้ำ"}}
"""
TOLD = "They jumped near Łódź. 他没有受伤 日本の映画館で飛び越えた นักแสดงแทนกระโดดลงน้ำ\n"


def opened(page: Page, address: str) -> None:
    """A page with the dialog, where time passes when it is told to: nothing is waited for while one types."""
    page.clock.install()
    page.goto(address)
    page.keyboard.press("/")
    expect(dialog(page).locator(".sb-hits")).to_have_attribute("aria-busy", "false")


def first_answers(page: Page, question: str) -> list[tuple[str, str]]:
    """Where the first answers to a question lead, and what they say."""
    place = dialog(page)
    place.get_by_role("searchbox").fill(question)
    page.clock.run_for(250)
    expect(place.locator(".sb-hits")).to_have_attribute("aria-busy", "false")
    links = hits(place).evaluate_all(
        "(all, most) => all.slice(0, most).map(each => [each.href, each.textContent])", FIRST
    )
    return [(href, " ".join(text.split())) for href, text in links]


def test_the_best_answer_is_among_the_first_three(alone: Watch) -> None:
    assert len(ANSWERS) >= 40
    opened(alone.page, alone.base)
    unanswered = []
    for question, address, words in ANSWERS:
        found = first_answers(alone.page, question)
        if not any(href.startswith(alone.base + address) and words in text for href, text in found):
            unanswered.append((question, found))
    assert unanswered == []
    alone.assert_quiet()


@pytest.fixture(scope="module")
def base_of_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in English with words of other scripts."""

    def make(folder: Path) -> None:
        root = write_book(folder / "book", KNOWLEDGE, one=TOLD)
        (root / "docs").mkdir()
        (root / "mkdocs.yml").write_text(
            "site_name: Scripts\ntheme: {name: material, font: false}\nplugins: [stuntbook]\n"
        )
        build(root, folder / "site")

    with served(built_once(tmp_path_factory, "scripts", make) / "site") as address:
        yield address


def test_words_of_other_scripts_plain_letters_and_slips_are_found(browser: Browser, base_of_scripts: str) -> None:
    with window(browser, base_of_scripts) as site:
        opened(site.page, site.base)
        for question, words in WORDS.items():
            assert any(words in text for _, text in first_answers(site.page, question)), question
        for question in ("跳跃", "映像"):  # a part of a run is asked for as a whole
            assert first_answers(site.page, question) == []
            answered(
                dialog(site.page),
                f"Nothing found. The book does not have “{question}”. Try fewer or other words, or a name.",
            )
        site.assert_quiet()
