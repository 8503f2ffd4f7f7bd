"""A knowledge base of many records: lists come in pages that can be loaded, and everything on them leads somewhere."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from benchmarks.generate import generate
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import PAGE
from stuntbook.pages.search_documents import SearchDocuments
from stuntbook.pages.site import Site
from stuntbook.pages.site_page import Publication, SitePage
from tests.site_tools import HOST
from tests.support import checked

LARGEST = 500_000
"""How many bytes of HTML a page has at most."""
ELSEWHERE = ("assets/", "checks/", "data/", "edit/", "benchmarks/")
"""What other parts of the site have."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """A made-up book of 600 records."""
    root = tmp_path_factory.mktemp("scale")
    generate(root, pages=600)
    return checked(root)


@pytest.fixture(scope="module")
def site(book: KnowledgeBase) -> Site:
    return Site(book, Publication())


@pytest.fixture(scope="module")
def pages(site: Site) -> dict[str, SitePage]:
    """Its pages, by address."""
    return {page.address: page for page in site.pages()}


def test_no_page_is_too_large(pages: dict[str, SitePage]) -> None:
    assert {address: len(page.html) for address, page in pages.items() if len(page.html.encode()) > LARGEST} == {}


def links_of(page: SitePage) -> set[tuple[str, str]]:
    """Address and anchor of every link of a page to this site."""
    links = (urljoin(f"{HOST}/{page.address}", link) for link in re.findall(r'(?:href|action)="([^"]+)"', page.html))
    parts = [urlsplit(link) for link in set(links) if link.startswith(f"{HOST}/")]
    return {(each.path.removeprefix("/"), each.fragment) for each in parts}


def test_a_long_list_has_further_pages(pages: dict[str, SitePage]) -> None:
    numbered = {address for address in pages if re.fullmatch(r"stunts/page/\d+/", address)}
    stunts = {address for address in pages if re.fullmatch(r"stunts/[^/]+/", address)}
    assert len(numbered) == -(-len(stunts) // PAGE) - 1
    reached = {target for address in ("stunts/", *numbered) for target, _ in links_of(pages[address])}
    assert stunts | numbered <= reached


def test_the_search_knows_a_list_once(book: KnowledgeBase, site: Site) -> None:
    documents = SearchDocuments(book, "Book")
    searched = {entry.address for entry in site.entries if documents.of_entry(entry)}
    assert {"", "stunts/", "numbers/"} <= searched
    assert not any("/page/" in address for address in searched)
    assert {entry.address for entry in site.entries if entry.subject} <= searched


def test_every_link_leads_to_a_page_and_a_place_on_it(pages: dict[str, SitePage]) -> None:
    places = {address: {"", *page.anchors} for address, page in pages.items()}
    broken = [
        (address, target, anchor)
        for address, page in pages.items()
        for target, anchor in links_of(page)
        if not target.startswith(ELSEWHERE) and anchor not in places.get(target, ())
    ]
    assert broken == []
