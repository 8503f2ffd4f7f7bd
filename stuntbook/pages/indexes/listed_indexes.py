"""The index pages that list everything of a kind: what each is called, how much it lists, and its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.figures.body_map import BodyMap, body_map
from stuntbook.pages.figures.collaboration import collaboration
from stuntbook.pages.figures.timeline import timeline
from stuntbook.pages.indexes.indexes import (
    disagreement_listing,
    film_listing,
    harm_listing,
    quote_listing,
    source_listing,
    stunt_listing,
)
from stuntbook.pages.indexes.listings import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIndex:
    """An index page that lists everything of a kind."""

    address: str
    title: str
    text: str
    """Its description; braces stand for the count in words."""
    size: int
    """How many entries there are."""
    listing: Callable[[KnowledgeBase], Listing[Any]]
    figures: Mapping[str, Callable[[KnowledgeBase], object]] = field(default_factory=dict)


def listed_indexes(knowledge: KnowledgeBase, people: Callable[[KnowledgeBase], Listing[Any]]) -> Iterator[ListedIndex]:
    """In the order of the navigation. `people` lists the people, for which their relations are needed."""
    yield from _of_records(knowledge, people)
    yield from _of_statements(knowledge)


def _of_records(knowledge: KnowledgeBase, people: Callable[[KnowledgeBase], Listing[Any]]) -> Iterator[ListedIndex]:
    yield ListedIndex(
        address="films/",
        title="Films",
        text="{} and their stunts.",
        size=len(knowledge.films),
        listing=film_listing,
        figures={"timeline": timeline},
    )
    yield ListedIndex(
        address="stunts/",
        title="Stunts",
        text="{}, with what the articles say of each.",
        size=len(knowledge.stunts),
        listing=stunt_listing,
    )
    yield ListedIndex(
        address="people/",
        title="People",
        text="{} who made the films, or spoke of them.",
        size=len(knowledge.people),
        listing=people,
        figures={"collaboration": collaboration},
    )
    yield ListedIndex(
        address="sources/",
        title="Sources",
        text=f"The {plural(len(knowledge.sources), 'article')} on which every statement rests.",
        size=len(knowledge.sources),
        listing=source_listing,
    )


def _of_statements(knowledge: KnowledgeBase) -> Iterator[ListedIndex]:
    yield ListedIndex(
        address="quotes/",
        title="Quotes",
        text="{}, each in the exact words of its article.",
        size=sum(len(record.quotes) for record in knowledge.records),
        listing=quote_listing,
    )
    yield ListedIndex(
        address="injuries/",
        title="Injuries and risks",
        text="Who was hurt, what followed, and what could have happened.",
        size=sum(len(stunt.injuries) + len(stunt.risks) for stunt in knowledge.stunts.values()),
        listing=harm_listing,
        figures={"body_map": _injuries},
    )
    yield ListedIndex(
        address="disagreements/",
        title="Disagreements",
        text="Points on which the sources differ, with every account.",
        size=sum(len(record.disagreements) for record in knowledge.records),
        listing=disagreement_listing,
    )


def _injuries(knowledge: KnowledgeBase) -> BodyMap | None:
    return body_map([statement for statement in knowledge.all_statements() if statement.kind == "injury"])
