"""KnowledgeBase -> the pages of a site: which there are, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from typing import Any

from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages.indexes.indexes import people_listing
from stuntbook.pages.indexes.listed_indexes import ListedIndex, listed_indexes
from stuntbook.pages.indexes.listings import Listing, listing_address, page_count
from stuntbook.pages.overview_pages import (
    coverage_page,
    data_model_page,
    evidence_page,
    home_page,
    numbers_page,
    search_page,
)
from stuntbook.pages.record_pages import page_of
from stuntbook.pages.rendering import Plan
from stuntbook.pages.shared import Shared
from stuntbook.pages.site_page import Publication, SitePage
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord

_OVERVIEWS = (
    ("numbers/", "Numbers", numbers_page),
    ("evidence/", "Evidence", evidence_page),
    ("coverage/", "Coverage", coverage_page),
    ("data-model/", "Data model", data_model_page),
    ("search/", "Search", search_page),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the site, which is made when it is asked for."""

    address: str
    title: str
    origin: str = KNOWLEDGE_FILE
    """The file in which its content is edited, relative to the knowledge base's folder."""
    is_index: bool = False
    """Whether the navigation lists it."""
    make: Callable[[], SitePage]
    """Raises jinja2.TemplateError where a template is wrong."""


@lru_cache(maxsize=8)
def anchors_of(entry: Entry) -> frozenset[str]:
    """Everything on a page that a link can lead to. Remembered: each link of a page written by hand asks."""
    return entry.make().anchors


class Site:
    """The pages of a knowledge base."""

    def __init__(self, knowledge: KnowledgeBase, publication: Publication) -> None:
        self._shared = Shared(knowledge, publication)

    def pages(self) -> Iterator[SitePage]:
        """Every page. Raises jinja2.TemplateError where a template is wrong."""
        return (entry.make() for entry in self.entries)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every page of the site, index pages first."""
        return (*self._indexes(), *map(self._of_subject, self._subjects()))

    def _indexes(self) -> Iterator[Entry]:
        yield Entry(address="", title="Home", is_index=True, make=partial(home_page, self._shared))
        for listed in listed_indexes(self._shared.knowledge, self._people):
            yield from self._listing(listed)
        for address, title, make in _OVERVIEWS:
            yield Entry(address=address, title=title, is_index=True, make=partial(make, self._shared))

    def _people(self, knowledge: KnowledgeBase) -> Listing[Any]:
        return people_listing(knowledge, self._shared.relations)

    def _listing(self, listed: ListedIndex) -> Iterator[Entry]:
        pages = cache(lambda: tuple(listed.listing(self._shared.knowledge).pages()))
        last = page_count(listed.size)
        for number in range(1, last + 1):
            title = listed.title if number == 1 else f"{listed.title}, page {number} of {last}"
            yield Entry(
                address=listing_address(listed.address, number),
                title=title,
                is_index=number == 1,
                make=partial(self._listing_page, listed, title, pages, number),
            )

    def _listing_page(
        self, listed: ListedIndex, title: str, pages: Callable[[], tuple[Listing[Any], ...]], number: int
    ) -> SitePage:
        """A page of a listing; its figures stand on the first."""
        listing = pages()[number - 1]
        text = listed.text.format(listing.count)
        if number == 1:
            figures = {name: figure(self._shared.knowledge) for name, figure in listed.figures.items()}
            return self._shared.index(listed.address, title, text, listing=listing, **figures)
        plan = Plan(
            address=listing_address(listed.address, number),
            title=title,
            description=text,
            template=listed.address.strip("/"),
            trail=(("", "Home"), (listed.address, listed.title)),
            kicker=listed.title,
        )
        return self._shared.page(plan, listing=listing, **dict.fromkeys(listed.figures))

    def _subjects(self) -> Iterator[AnyRecord | Article]:
        yield from self._shared.knowledge.records
        yield from (source.article for source in self._shared.knowledge.sources.values())

    def _of_subject(self, subject: AnyRecord | Article) -> Entry:
        return Entry(
            address=address_of(subject),
            title=subject.display_name,
            origin=subject.path if isinstance(subject, Article) else KNOWLEDGE_FILE,
            make=partial(page_of, self._shared, subject),
        )
