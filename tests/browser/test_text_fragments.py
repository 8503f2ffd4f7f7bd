"""Every link from a cited passage to its publisher, followed in a browser: it finds exactly the passage's words.

The publisher is played by a page on this machine that holds the article's paragraphs and nothing else. What the
browser finds it paints over in one colour, and the pixels of that colour are compared with the place of the words.
An address may name several passages, each of which is looked for by itself: those that are far from each other are
looked at together.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from itertools import chain, count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page
from playwright.sync_api import TimeoutError as NothingFoundError

from stuntbook.knowledge.base import KnowledgeBase
from tests.browser.conftest import served
from tests.site_tools import parse

FRAME = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title><link rel="icon" href="data:,">
<style>
::target-text { background: #f0f; color: #f0f }
body { width: 700px; margin: 0; padding: 600px 10px 10px }
p { font: 12px/2 sans-serif; margin: 0 0 20px }
</style>
"""
"""Nothing of the text is on the screen before the browser scrolls."""
PLACE = """([start, end]) => {
    const places = [];
    for (const paragraph of document.querySelectorAll("p")) {
        const from = +paragraph.dataset.start, text = paragraph.firstChild;
        if (!text || from >= end || from + text.length <= start) continue;
        const range = document.createRange();
        range.setStart(text, Math.max(start - from, 0));
        range.setEnd(text, Math.min(end - from, text.length));
        const boxes = [...range.getClientRects()].filter(box => box.width > 1);
        places.push(...boxes.map(box => [box.left, box.top + scrollY, box.right, box.bottom + scrollY]));
    }
    return places;
}"""
"""The lines of the words between two offsets, as boxes on the page."""
COMPARE = """async ([picture, boxes]) => {
    const bitmap = await createImageBitmap(await (await fetch("data:image/png;base64," + picture)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    const { data, width, height } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const painted = (x, y) => {
        const at = (y * width + x) * 4;
        return data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255;
    };
    for (const [left, top, right, bottom] of boxes) {
        const y = Math.round((top + bottom) / 2);
        for (let x = Math.ceil(left) + 1; x < Math.floor(right) - 1; x++)
            if (!painted(x, y)) return `the words are not marked at ${x}, ${y}`;
    }
    const inside = (x, y) => boxes.some(([left, top, right, bottom]) =>
        left - 1.5 <= x && x <= right + 1.5 && top - 8 <= y && y <= bottom + 8);
    for (let y = 0; y < height; y += 2)
        for (let x = 0; x < width; x++)
            if (painted(x, y) && !inside(x, y)) return `more than the words is marked, at ${x}, ${y}`;
    return "";
}"""
"""What is wrong with the marked pixels of a page where the words should be marked; nothing if they are."""
FAR, MOST = 20, 10
"""How many characters are between words that are looked at together: a wrong link would have to mark some of them. And
how many passages an address names at most: of seventeen, Chromium has left out the last."""


@dataclass(frozen=True)
class Passage:
    """A passage of an article."""

    source: str
    start: int
    end: int
    directive: str
    """How the fragment with which its source page leads to the publisher names it: `text=…`."""


@pytest.fixture(scope="module")
def passages(built: Path) -> list[Passage]:
    """All passages of all source pages."""
    found = []
    for path in sorted((built / "sources").glob("*/index.html")):
        for item in parse(path.read_text(encoding="utf-8")).iter("li"):
            if place := re.fullmatch(r"passage-(\d+)-(\d+)", item.get("id", "")):
                (link,) = (link for link in item.iter("a") if link.get("class") == "sb-original")
                _, _, directive = link.get("href", "").partition("#:~:")
                found.append(Passage(path.parent.name, int(place[1]), int(place[2]), directive))
    return found


@pytest.fixture(scope="module")
def bodies(knowledge: KnowledgeBase) -> dict[str, str]:
    """The text of every article."""
    return {identifier: source.article.body for identifier, source in knowledge.sources.items()}


@pytest.fixture(scope="module")
def publisher(bodies: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site that shows the articles."""
    folder = tmp_path_factory.mktemp("publisher")
    for source, body in bodies.items():
        (folder / f"{source}.html").write_text(FRAME + "".join(_paragraphs(body)), encoding="utf-8")
    with served(folder) as address:
        yield address


def _paragraphs(body: str) -> Iterator[str]:
    for found in re.finditer(r"\S(?:.|\n(?!\s*\n))*", body):
        yield f'<p data-start="{found.start()}">{escape(found[0])}</p>'


@dataclass(frozen=True)
class Finder:
    """A reader's browser: a page that follows links, and another one that looks at its screen."""

    page: Page
    judge: Page
    publisher: str
    visits: Iterator[int]

    def problem(self, *expected: Passage) -> str:
        """What is wrong with the places in one article that a link leads to; nothing if they are the expected ones."""
        # At an address of its own each visit loads the page anew.
        address = f"{self.publisher}{expected[0].source}.html?{next(self.visits)}"
        directives = "&".join(passage.directive for passage in expected)
        self.page.goto(f"{address}#:~:{directives}", wait_until="load")
        try:
            self.page.wait_for_function("scrollY > 0", timeout=3_000)
        except NothingFoundError:
            return "the browser finds nothing"
        places: list[list[Any]] = [self.page.evaluate(PLACE, [each.start, each.end]) for each in expected]
        assert all(places)
        boxes = [*chain.from_iterable(places)]
        return str(self.judge.evaluate(COMPARE, [b64encode(self._picture()).decode(), boxes]))

    def _picture(self) -> bytes:
        try:
            return self.page.screenshot(full_page=True)
        except Error:  # Chromium's process for graphics crashes once in thousands of pictures, and is started again
            return self.page.screenshot(full_page=True)


@pytest.fixture(scope="module")
def finder(browser: Browser, publisher: str) -> Iterator[Finder]:
    with browser.new_context(viewport={"width": 720, "height": 560}) as context:
        yield Finder(context.new_page(), context.new_page(), publisher, count())


def _together(passages: Iterable[Passage]) -> list[list[Passage]]:
    """The passages in groups, each of one article, of which none is near another."""
    groups: list[list[Passage]] = []
    for passage in sorted(passages, key=lambda each: (each.source, each.start)):
        own = (group for group in groups if group[0].source == passage.source and len(group) < MOST)
        if group := next((group for group in own if group[-1].end + FAR < passage.start), None):
            group.append(passage)
        else:
            groups.append([passage])
    return groups


def test_every_link_leads_to_exactly_the_words_of_its_passage(
    finder: Finder, passages: list[Passage], bodies: dict[str, str]
) -> None:
    assert {passage.source for passage in passages} == set(bodies)
    doubtful = [passage for group in _together(passages) if finder.problem(*group) for passage in group]
    problems = [(passage, problem) for passage in doubtful if (problem := finder.problem(passage))]
    assert not problems, "\n".join(
        f"{passage.source}: {bodies[passage.source][passage.start : passage.end]!r}: {problem}: {passage.directive}"
        for passage, problem in problems
    )
    assert not doubtful


@pytest.fixture
def expected(bodies: dict[str, str]) -> Passage:
    """A passage, named by its words alone."""
    start = bodies["looper-plane-jump"].index("Just one shot left")
    return Passage("looper-plane-jump", start, start + len("Just one shot left"), "text=Just%20one%20shot%20left")


WRONG = {
    "Just%20one%20shot": "the words are not marked",
    "Just%20one%20shot%20left.%20At": "more than the words is marked",
    "No%20such%20words%20anywhere": "the browser finds nothing",
}
"""What leads elsewhere than to `Just one shot left`, and what is wrong with that."""


@pytest.mark.parametrize(("words", "problem"), WRONG.items())
def test_a_link_that_leads_elsewhere_would_be_noticed(
    finder: Finder, expected: Passage, words: str, problem: str
) -> None:
    assert finder.problem(expected) == ""
    assert finder.problem(replace(expected, directive=f"text={words}")).startswith(problem)


@pytest.mark.parametrize("words", WRONG)
def test_it_would_be_noticed_among_others_too(
    finder: Finder, passages: list[Passage], expected: Passage, words: str
) -> None:
    wrong = replace(expected, directive=f"text={words}")
    others = (each for each in passages if each.source == expected.source)
    beside = next(each for each in others if each.start > expected.end + FAR or each.end + FAR < expected.start)
    assert finder.problem(expected, beside) == ""
    assert finder.problem(wrong, beside)
