"""What rows of several listings are sorted and narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.pages.indexes.listing import NONE, Attribute, T, slug
from stuntbook.records.model import Film, Record

Values = Iterable[tuple[str, str]]
"""Value and label of each value that a row has."""


def named(text: str) -> tuple[tuple[str, str]]:
    return ((slug(text), f"{text[:1].upper()}{text[1:]}"),)


def searchable_names(record: Record) -> str:
    return " ".join((record.display_name, *record.aliases))


def people_attribute(
    knowledge: KnowledgeBase, key: str, label: str, people: Callable[[T], Iterable[str]]
) -> Attribute[T]:
    def values(row: T) -> Values:
        return ((id_, knowledge.people[id_].name) for id_ in people(row))

    return Attribute(key, label, "Everybody", values, knowledge.people)


def film_attribute(knowledge: KnowledgeBase, film_of: Callable[[T], Film | None]) -> Attribute[T]:
    def values(row: T) -> Values:
        film = film_of(row)
        return ((film.id, film.title) if film else (NONE, "About people"),)

    return Attribute("film", "Film", "All films", values, knowledge.films)


def positions(keys: Iterable[str]) -> dict[str, int]:
    return {key: place for place, key in enumerate(keys)}


def newest_first(film: Film | None) -> int:
    """The latest year first, what has none last."""
    return -film.year.value if film and film.year else 0
