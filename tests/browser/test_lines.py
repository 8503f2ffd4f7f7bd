"""What a statement's menu asks of the repository: the line where it is written, and where problems are reported."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import Watch
from tests.site_tools import ROOT

REPOSITORY = "https://github.com/owner/book/blob/main/"
PERMALINK = "https://book.example/stunts/a/#story-1"
SET = """async ([module, settings]) => {
    for (const [name, content] of Object.entries(settings)) {
        document.head.append(Object.assign(document.createElement("meta"), { name: `stuntbook:${name}`, content }));
    }
    window.lines = await import(module);
}"""


def load(site: Watch, **settings: str) -> None:
    site.open("stunts/halo-jump/")
    site.page.evaluate(SET, [f"{site.base}assets/stuntbook/lines.js", settings])


def test_a_line_is_looked_up_once(site: Watch) -> None:
    asked: list[str] = []
    site.page.on("request", lambda request: asked.append(request.url))
    load(site, repository=REPOSITORY)
    assert not any("lines.json" in url for url in asked)
    anchor = site.page.locator("article [id^='story-']").first.get_attribute("id")
    found = site.page.evaluate(f"lines.lineOf('halo-jump', '{anchor}')")
    number = int(found["url"].removeprefix(f"{REPOSITORY}stunts.yaml#L"))
    assert found["label"] == f"Line {number} of stunts.yaml"
    line = (ROOT / "stunts.yaml").read_text(encoding="utf-8").splitlines()[number - 1]
    assert line.strip().startswith("- ")
    assert site.page.evaluate("lines.lineOf('halo-jump', 'no-such-anchor')") is None
    assert site.page.evaluate("lines.lineOf('no-such-record', 'story-1')") is None
    assert [url for url in asked if "lines.json" in url] == [f"{site.base}data/lines.json"]
    site.assert_quiet()


def test_without_a_repository_nothing_is_asked_for(site: Watch) -> None:
    load(site)
    assert site.page.evaluate("lines.lineOf('halo-jump', 'story-1')") is None
    assert site.page.evaluate("lines.reportAddress('https://book.example/', 'x')") == ""
    site.assert_quiet()


def test_a_lookup_that_fails_is_tried_again(site: Watch) -> None:
    load(site, repository=REPOSITORY)
    site.page.route("**/data/lines.json", lambda route: route.abort())
    failing = "lines.lineOf('halo-jump', 'x').then(() => false, () => true)"
    assert site.page.evaluate(failing)
    site.page.unroute("**/data/lines.json")
    assert not site.page.evaluate(failing)


@pytest.mark.parametrize("statement", ["100 % & more? #1 {url} $& „Ærø“", "plain"])
def test_a_report_is_filled_in(site: Watch, statement: str) -> None:
    load(site, report="https://github.com/o/b/issues/new?template=report.yml&permalink={url}&statement={statement}")
    address = site.page.evaluate("both => lines.reportAddress(...both)", [PERMALINK, statement])
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"template": ["report.yml"], "permalink": [PERMALINK], "statement": [statement]}
