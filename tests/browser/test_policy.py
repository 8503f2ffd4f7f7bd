"""The Content-Security-Policy: it stops nothing that pages need, from a host and from a disk, and stops what got in.

And what is planted in a book and its settings is shown as it was typed: it would not run without a policy either.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import KINDS, QuietHandler, Watch, served, window
from tests.browser.test_scripts import (
    a_statement_is_cited,
    colours_answer,
    evidence_opens,
    lists_narrow,
    previews_open,
    search_opens,
    search_page_answers,
)
from tests.mkdocs.test_within_a_site import make_club
from tests.site_tools import build, replace_in
from tests.support import SITES

NOTE_VIOLATIONS = """window.stopped = [];
addEventListener("securitypolicyviolation", (event) => stopped.push(
    `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));"""
PLANTED = (
    '<img src=x onerror=hit()><script>hit()</script><a href="javascript:hit()" onclick=hit() style="color:red">y</a>'
    "\"' onmouseover=hit() '\"><svg onload=hit()></textarea></title></style></script><script>hit()</script>"
)
TEXTS = {"text", "note", "about", "what", "context", "place"}
"""Keys of `stunts.yaml` whose values are an editor's own words."""


def stopped(page: Page) -> list[str]:
    found: list[str] = page.evaluate("stopped")
    return found


@contextmanager
def noting(browser: Browser, base: str, **options: Any) -> Iterator[Watch]:
    """A window in which each page notes what its policy stops."""
    with window(browser, base, **options) as site:
        site.page.add_init_script(NOTE_VIOLATIONS)
        yield site


class HostHandler(QuietHandler):
    """Sends with every answer what `_headers` says of all files, as hosts of static sites do."""

    def end_headers(self) -> None:
        rule = (Path(self.directory) / "_headers").read_text(encoding="utf-8").split("\n/")[0]
        for line in rule.splitlines()[1:]:
            self.send_header(*line.strip().split(": ", 1))
        super().end_headers()


@pytest.fixture(scope="module")
def hosted(built: Path) -> Iterator[str]:
    with served(built, HostHandler) as address:
        yield address


def test_no_kind_of_page_has_what_it_stops(browser: Browser, hosted: str) -> None:
    with noting(browser, hosted) as site:
        for kind, address in KINDS.items():
            site.open(address)
            assert site.page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1, kind
            assert stopped(site.page) == [], kind
        site.assert_quiet()


@pytest.mark.parametrize(
    "ability",
    [
        colours_answer,
        evidence_opens,
        a_statement_is_cited,
        previews_open,
        lists_narrow,
        search_opens,
        search_page_answers,
    ],
)
def test_it_stops_no_script_of_ours(ability: Callable[[Watch], None], browser: Browser, hosted: str) -> None:
    with noting(browser, hosted) as site:
        ability(site)
        assert stopped(site.page) == []
        site.assert_quiet()


def test_it_stops_nothing_from_a_disk(browser: Browser, built: Path) -> None:
    with noting(browser, built.as_uri()) as site:
        for address in KINDS.values():
            if address == KINDS["missing"]:
                continue  # which a host shows at any address, and a disk at none
            path = built / address
            site.page.goto((path / "index.html" if path.is_dir() else path).as_uri())
            assert stopped(site.page) == [], address
            assert site.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--sb-ink')")


def test_it_stops_what_got_in(browser: Browser, base: str) -> None:
    ways = {
        "<img src=x onerror=hit()>": "script-src-attr",
        "<b style='color:red'></b>": "style-src-attr",
        "<iframe src='/films/'></iframe>": "frame-src",
        "<img src='https://evil.example/x.png'>": "img-src",
        "<iframe srcdoc='<script>parent.hit()</script>'></iframe>": "script-src",
    }
    with noting(browser, base) as site:
        for markup, directive in ways.items():
            site.open("")
            site.page.evaluate("() => { window.hits = 0; window.hit = () => hits++; }")
            site.page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", markup)
            site.page.wait_for_timeout(200)
            assert site.page.evaluate("hits") == 0
            assert directive in " ".join([*stopped(site.page), *site.messages]), markup


def test_an_old_address_leads_on_with_its_anchor(browser: Browser, base_valid: str) -> None:
    with noting(browser, base_valid) as site:
        site.open("films/lantern/#stunts")
        site.page.wait_for_url(f"{base_valid}films/lantern-and-tide/#stunts")
        site.assert_quiet()


# --- What is planted


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with markup in every text of a book, of its articles, of its settings and of a page by hand."""
    root = tmp_path_factory.mktemp("planted") / "book"
    shutil.copytree(SITES / "valid", root)
    book = _with_planted_texts(yaml.safe_load((root / "stunts.yaml").read_text(encoding="utf-8")))
    for section, key in (("films", "title"), ("people", "name"), ("organisations", "name")):
        book[section][f"planted-{section}"] = {key: PLANTED, "aliases": [f"Also {PLANTED}"]}
    book["stunts"]["planted-stunt"] = {"title": PLANTED, "film": "planted-films", "note": PLANTED}
    (root / "stunts.yaml").write_text(yaml.safe_dump(book, allow_unicode=True, sort_keys=False), encoding="utf-8")
    front = {"title": PLANTED, "publisher": PLANTED, "author": PLANTED, "url": "https://gazette.example/x"}
    article = f"---\n{yaml.safe_dump(front | {'rights': 'full'})}---\n{PLANTED}\n\n<script>hit()</script>\n"
    (root / "articles/planted.md").write_text(article, encoding="utf-8")
    shown = json.dumps(PLANTED)
    settings = f"site_name: {shown}\nsite_description: {shown}\nsite_author: {shown}\ncopyright: {shown}\n"
    settings += f"repo_url: https://example.org/owner/book\nrepo_name: {shown}\n"
    replace_in(root / "mkdocs.yml", "site_name: A small book\n", settings)
    replace_in(root / "mkdocs.yml", "- Films:", f"- {shown}:")
    front = {"title": PLANTED, "description": PLANTED, "author": PLANTED}
    (root / "docs/planted.md").write_text(f"---\n{yaml.safe_dump(front)}---\nWords.\n", encoding="utf-8")
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("  - planted.md\n")
    build(root, root.parent / "site")
    return root.parent / "site"


def _with_planted_texts(node: Any, key: object = "") -> Any:
    if isinstance(node, dict):
        return {name: _with_planted_texts(each, name) for name, each in node.items()}
    if isinstance(node, list):
        return [_with_planted_texts(each, key) for each in node]
    return f"{node} {PLANTED}" if key in TEXTS and isinstance(node, str) else node


@pytest.mark.parametrize("bypass_csp", [False, True])
def test_what_is_planted_does_not_run(bypass_csp: bool, browser: Browser, planted: Path) -> None:
    with served(planted) as base, noting(browser, base, bypass_csp=bypass_csp) as site:
        site.page.add_init_script("window.hits = 0; window.hit = () => hits++")
        addresses = [path.relative_to(planted).as_posix() for path in sorted(planted.rglob("*.html"))]
        addresses = [each for each in addresses if 'http-equiv="refresh"' not in (planted / each).read_text("utf-8")]
        for address in addresses:
            site.open(address)
            site.page.evaluate(
                "[...document.querySelectorAll('article .sb-source')].slice(0, 3).forEach((mark) => mark.click())"
            )
            assert (site.page.evaluate("hits"), stopped(site.page), site.messages) == (0, [], []), address
            assert not site.page.evaluate(
                "[...document.querySelectorAll('a')].some(each => /^javascript/i.test(each.href))"
            )
        site.open("search/?q=onerror")
        expect(site.page.locator(".sb-hits li").first).to_be_visible()
        site.page.locator("article a[href*='planted-']").first.hover()
        site.page.wait_for_timeout(500)
        assert (site.page.evaluate("hits"), stopped(site.page)) == (0, [])
        site.assert_quiet()


# --- Addresses


def test_a_preview_is_asked_of_no_other_host(browser: Browser, base: str) -> None:
    with window(browser, base) as site:
        site.open("stunts/halo-jump/")
        asked: list[str] = []
        site.page.route("**/films/x/", lambda route: _note(route, asked))
        for host in ("//evil.example", "https://evil.example"):
            address = f"{base}{host.removeprefix('/')}" if host.startswith("//") else host
            site.page.evaluate(
                "href => document.querySelector('.sb-summary')"
                ".insertAdjacentHTML('afterbegin', `<a id=evil href=${href}>x</a>`)",
                f"{address}/films/x/",
            )
            site.page.locator("#evil").hover()
            site.page.wait_for_timeout(500)
            site.page.evaluate("document.getElementById('evil').remove()")
        assert asked == [f"{base}/evil.example/films/x/"]
        assert site.elsewhere == []


def _note(route: Route, asked: list[str]) -> None:
    asked.append(route.request.url)
    route.fulfill(status=404)


@pytest.mark.parametrize("address", ["%E0%A4%A/", "stunts/%/", "%FF/"])
def test_an_address_that_encodes_no_text_is_missing_like_any_other(address: str, browser: Browser, below: str) -> None:
    with window(browser, below) as site:
        site.page.goto(below + address)
        expect(site.page.locator("[data-words-of-address]")).to_be_visible()
        assert [each for each in site.messages if "404" not in each] == []


# --- A book within a site


def test_search_and_previews_work_within_a_site(browser: Browser, tmp_path: Path) -> None:
    root = make_club(tmp_path / "club")
    build(root, tmp_path / "site")
    with served(tmp_path / "site", HostHandler) as base, noting(browser, base) as site:
        for address, asked, way in (
            ("rules/", "penguins", "rules/"),
            ("rules/", "Odile", "stunts-book/people/odile-examplova/"),
            ("stunts-book/films/glass-canal/", "penguins", "rules/"),
        ):
            site.open(address)
            site.page.keyboard.press("/")
            site.page.keyboard.type(asked)
            site.page.locator(f".sb-hits a[href='{base}{way}'], .sb-hits a[href$='/{way}']").first.click()
            site.page.wait_for_url(re.compile(f"{re.escape(base)}{way}"))
        site.open("stunts-book/films/glass-canal/")
        site.page.locator("article a[href*='/stunts/']").first.hover()
        expect(site.page.get_by_role("tooltip")).to_be_visible()
        assert stopped(site.page) == []
        site.assert_quiet()
