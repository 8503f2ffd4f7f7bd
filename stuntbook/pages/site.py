"""KnowledgeBase -> the pages of a site: which there are, each made when it is asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import chain

from stuntbook.data.feed import CHANGES
from stuntbook.knowledge.addresses import address_of
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.layout import KNOWLEDGE_FILE
from stuntbook.pages.indexes.index_pages import index_pages
from stuntbook.pages.indexes.listing import listing_address
from stuntbook.pages.overview_pages import (
    changes_page,
    coverage_page,
    data_model_page,
    evidence_page,
    home_page,
    numbers_page,
    search_page,
    timeline_page,
)
from stuntbook.pages.record_pages import page_of
from stuntbook.pages.rendering import Shared
from stuntbook.pages.site_page import PagePlan, Publication, SitePage
from stuntbook.records.article import Article
from stuntbook.records.model import AnyRecord

_OVERVIEWS = (
    ("numbers/", "Numbers", numbers_page),
    ("timeline/", "Timeline", timeline_page),
    ("evidence/", "Evidence", evidence_page),
    ("coverage/", "Coverage", coverage_page),
    ("data-model/", "Data model", data_model_page),
    ("search/", "Search", search_page),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A page of the site, which is made when it is asked for."""

    address: str
    title: str
    origin: str = KNOWLEDGE_FILE
    """The file in which its content is edited, relative to the knowledge base's folder."""
    is_index: bool = False
    """Whether the navigation lists it."""
    subject: AnyRecord | Article | None = None
    """What it is about, where that is one record or article."""
    changed: str = ""
    """When what it tells last changed (RFC 3339); empty where that is not known."""
    make: Callable[[], SitePage]
    """Raises BrokenTemplateError where a template is wrong."""


@lru_cache(maxsize=8)
def anchors_of(entry: Entry) -> frozenset[str]:
    """Everything on a page that a link can lead to. Remembered: each link of a page written by hand asks."""
    return entry.make().anchors


class Site:
    """The pages of a knowledge base."""

    def __init__(self, knowledge: KnowledgeBase, publication: Publication) -> None:
        self._shared = Shared(knowledge, publication)
        add, indexes = knowledge.tables.add, {index.address: index for index in index_pages(self._shared)}
        self._planned = add("indexes", indexes)
        self._listings = add(
            "listings", lambda: dict(chain.from_iterable(each.pages().items() for each in indexes.values()))
        )

    def pages(self) -> Iterator[SitePage]:
        """Every page. Raises BrokenTemplateError where a template is wrong."""
        return (entry.make() for entry in self.entries)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every page of the site, index pages first."""
        knowledge = self._shared.knowledge
        articles = (source.article for source in knowledge.sources.values())
        about = (
            Entry(
                address=address_of(subject),
                title=subject.display_name,
                origin=subject.path if isinstance(subject, Article) else KNOWLEDGE_FILE,
                subject=subject,
                changed=self._shared.publication.history.changed.get(subject.id, ""),
                make=partial(self._page_about, subject.id),
            )
            for subject in (*knowledge.records, *articles)
        )
        return (*self._indexes(), *self._changes(), *about)

    def _page_about(self, identifier: str) -> SitePage:
        return page_of(self._shared.knowledge.record(identifier), self._shared)

    def _changes(self) -> Iterator[Entry]:
        """The page of recent changes, where there is a history."""
        if self._shared.publication.history.edits:
            yield Entry(address=CHANGES, title="Recent changes", make=partial(changes_page, self._shared))

    def _indexes(self) -> Iterator[Entry]:
        changed = self._shared.publication.history.date
        yield Entry(address="", title="Home", is_index=True, changed=changed, make=partial(home_page, self._shared))
        for index in self._planned.values():
            for number in range(1, index.last + 1):
                title = index.title if number == 1 else f"{index.title}, page {number} of {index.last}"
                make = partial(self._index_page, index.address, title, number)
                address = listing_address(index.address, number)
                yield Entry(address=address, title=title, is_index=number == 1, changed=changed, make=make)
        for address, title, overview in _OVERVIEWS:
            yield Entry(address=address, title=title, is_index=True, make=partial(overview, self._shared))

    def _index_page(self, address: str, title: str, number: int) -> SitePage:
        """A page of an index; its figures stand on the first."""
        index, listing = self._planned[address], self._listings[listing_address(address, number)]
        first = number == 1
        plan = PagePlan(
            address=listing_address(address, number),
            title=title,
            description=index.text.format(listing.count),
            template=index.template or index.address.strip("/"),
            trail=(("", "Home"),) if first else (("", "Home"), (index.address, index.title)),
            is_index=first,
            kicker="" if first else index.title,
        )
        figures = {name: figure(self._shared.knowledge) if first else None for name, figure in index.figures.items()}
        return self._shared.page(plan, index=index, listing=listing, **figures)
