"""Which index pages there are: what each is called, how much it lists, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.body_map import body_map
from stuntbook.pages.figures.collaboration import collaboration
from stuntbook.pages.figures.timeline import timeline
from stuntbook.pages.indexes.films_and_stunts import film_listing, stunt_listing
from stuntbook.pages.indexes.listing import Listing, ListingPlan, Order
from stuntbook.pages.indexes.people import people_listing
from stuntbook.pages.indexes.sources import source_listing
from stuntbook.pages.indexes.statements import disagreement_listing, harm_listing, quote_listing
from stuntbook.pages.indexes.values import searchable_names
from stuntbook.pages.shared import Shared
from stuntbook.records.kinds import RECORD_KINDS
from stuntbook.records.model import AnyRecord, Film, Person, Stunt


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """A page that lists everything of a kind."""

    address: str
    title: str
    text: str
    """Its description; braces stand for the count in words."""
    template: str
    kind: str = ""
    """What the search calls its entries."""
    size: int
    """How many entries there are."""
    listing: Callable[[], Listing[Any]]
    figures: Mapping[str, Callable[[KnowledgeBase], object]] = field(default_factory=dict)


def index_pages(shared: Shared) -> Iterator[IndexPage]:
    """In the order of the navigation."""
    yield from (_of_kind(shared, kind) for kind in RECORD_KINDS)
    yield from _others(shared.knowledge)


@dataclass(frozen=True, slots=True)
class _KindIndex:
    """What the index page of a kind of record has of its own."""

    text: str
    listing: Callable[[Shared], Listing[Any]]
    figures: Mapping[str, Callable[[KnowledgeBase], object]] = field(default_factory=dict)


_KIND_INDEXES = {
    Film.kind: _KindIndex(
        "{} and their stunts.", lambda shared: film_listing(shared.knowledge), {"timeline": timeline}
    ),
    Stunt.kind: _KindIndex("{}, with what the articles say of each.", lambda shared: stunt_listing(shared.knowledge)),
    Person.kind: _KindIndex(
        "{} who made the films, or spoke of them.",
        lambda shared: people_listing(shared.knowledge, shared.relations),
        {"collaboration": collaboration},
    ),
}


def _of_kind(shared: Shared, kind: str) -> IndexPage:
    records, section = shared.knowledge.by_kind[kind], RECORD_KINDS[kind].section
    details = _KIND_INDEXES.get(kind)
    return IndexPage(
        address=f"{section}/",
        title=section.capitalize(),
        text=details.text if details else "{}.",
        template=section if details else "records",
        kind=kind.capitalize(),
        size=len(records),
        listing=lambda: details.listing(shared) if details else _by_name(records, kind),
        figures=details.figures if details else {},
    )


def _by_name(records: Mapping[str, AnyRecord], kind: str) -> Listing[AnyRecord]:
    plan: ListingPlan[AnyRecord] = ListingPlan(
        names=searchable_names, orders=(Order("", "Name, A–Z", lambda record: 0),)
    )
    return plan.listing(list(records.values()), plural(len(records), kind))


def _others(knowledge: KnowledgeBase) -> Iterator[IndexPage]:
    yield IndexPage(
        address="sources/",
        title="Sources",
        text=f"The {plural(len(knowledge.sources), 'article')} on which every statement rests.",
        template="sources",
        size=len(knowledge.sources),
        listing=lambda: source_listing(knowledge),
    )
    yield IndexPage(
        address="quotes/",
        title="Quotes",
        text="{}, each in the exact words of its article.",
        template="quotes",
        size=sum(len(record.quotes) for record in knowledge.records),
        listing=lambda: quote_listing(knowledge),
    )
    yield IndexPage(
        address="injuries/",
        title="Injuries and risks",
        text="Who was hurt, what followed, and what could have happened.",
        template="injuries",
        size=sum(len(stunt.injuries) + len(stunt.risks) for stunt in knowledge.stunts.values()),
        listing=lambda: harm_listing(knowledge),
        figures={"body_map": lambda knowledge: body_map(knowledge.all_statements())},
    )
    yield IndexPage(
        address="disagreements/",
        title="Disagreements",
        text="Points on which the sources differ, with every account.",
        template="disagreements",
        size=sum(len(record.disagreements) for record in knowledge.records),
        listing=lambda: disagreement_listing(knowledge),
    )
