"""Which index pages there are: what each is called, how much it lists, and its figures."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.body_map import body_map
from stuntbook.pages.figures.collaboration import collaboration
from stuntbook.pages.indexes.listing import (
    Listing,
    Order,
    listing_address,
    listing_of,
    page_count,
    searchable_names,
)
from stuntbook.pages.indexes.records import film_listing, people_listing, stunt_listing
from stuntbook.pages.indexes.statements import (
    disagreement_listing,
    harm_listing,
    place_listing,
    quote_listing,
    source_listing,
)
from stuntbook.pages.rendering import Shared
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Film, Person, Stunt

_Figures = Mapping[str, Callable[[KnowledgeBase], object]]


class IndexPage(NamedTuple):
    """A page that lists everything of a kind."""

    title: str
    address: str
    text: str
    """Its description; braces stand for the count in words."""
    size: int
    """How many entries there are."""
    listing: Callable[[], Listing[Any]]
    figures: _Figures = MappingProxyType({})
    template: str = ""
    """By default the one of its address."""
    kind: str = ""
    """What the search calls its entries."""
    whole: bool = False
    """Whether it is one page however long, since links lead to its groups."""

    @property
    def told_by(self) -> object:
        """What its pages show of it, beside its listing and figures, which read what they show."""
        return self.title, self.address, self.text, self.template, self.kind

    @property
    def last(self) -> int:
        """How many pages it has."""
        return 1 if self.whole else page_count(self.size)

    def pages(self) -> dict[str, Listing[Any]]:
        """Its pages by their addresses."""
        listing = self.listing()
        pages = (listing,) if self.whole else listing.pages()
        return {listing_address(self.address, number): page for number, page in enumerate(pages, 1)}


def _by_name(shared: Shared, name: str) -> Listing[AnyRecord]:
    records = shared.knowledge.by_kind[name].values()
    orders = (Order[AnyRecord]("", "Name, A–Z", lambda record: 0),)
    return listing_of(list(records), name, orders=orders, names=searchable_names)


_OF_KINDS: Mapping[str, tuple[str, Callable[[Shared], Listing[Any]], _Figures]] = {
    Film.noun: ("{} and their stunts.", lambda shared: film_listing(shared.knowledge), {}),
    Stunt.noun: ("{}, with what the articles say of each.", lambda shared: stunt_listing(shared.knowledge), {}),
    Person.noun: (
        "{} who made the films, or spoke of them.",
        lambda shared: people_listing(shared.knowledge, shared.relations),
        {"collaboration": collaboration},
    ),
}
"""What the index page of a kind of record has of its own: its description, listing and figures."""


def index_pages(shared: Shared) -> Iterator[IndexPage]:
    """In the order of the navigation."""
    knowledge = shared.knowledge
    for name, kind in RECORD_KINDS.items():
        text, listing, figures = _OF_KINDS.get(name, ("{}.", partial(_by_name, name=name), {}))
        yield IndexPage(
            title=kind.section.capitalize(),
            address=f"{kind.section}/",
            template="" if name in _OF_KINDS else "records",
            text=text,
            size=len(knowledge.by_kind[name]),
            listing=partial(listing, shared),
            figures=figures,
            kind=name.capitalize(),
        )
    yield from _others(knowledge)


def _others(knowledge: KnowledgeBase) -> Iterator[IndexPage]:
    articles = len(knowledge.sources)
    yield IndexPage(
        title="Sources",
        address="sources/",
        text=f"The {plural(articles, 'article')} on which every statement rests.",
        size=articles,
        listing=partial(source_listing, knowledge),
    )
    yield IndexPage(
        title="Quotes",
        address="quotes/",
        text="{}, each in the exact words of its article.",
        size=sum(len(record.quotes) for record in knowledge.records),
        listing=partial(quote_listing, knowledge),
    )
    yield IndexPage(
        title="Injuries and risks",
        address="injuries/",
        text="Who was hurt, what followed, and what could have happened.",
        size=sum(len(stunt.injuries) + len(stunt.risks) for stunt in knowledge.stunts.values()),
        listing=partial(harm_listing, knowledge),
        figures={"body_map": lambda knowledge: body_map(knowledge.all_statements())},
    )
    yield IndexPage(
        title="Disagreements",
        address="disagreements/",
        text="Points on which the sources differ, with every account.",
        size=sum(len(record.disagreements) for record in knowledge.records),
        listing=partial(disagreement_listing, knowledge),
    )
    yield IndexPage(
        title="Places",
        address="places/",
        text="{}, with the stunts that were done there or are set there.",
        size=sum(len(stunt.places) for stunt in knowledge.stunts.values()),
        listing=partial(place_listing, knowledge),
        whole=True,
    )
