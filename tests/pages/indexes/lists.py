"""The listings that there are, and what stands in one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.relations import Relations
from stuntbook.pages.indexes.listing import (
    Listing,
)
from stuntbook.pages.indexes.records import film_listing, people_listing, stunt_listing
from stuntbook.pages.indexes.statements import (
    disagreement_listing,
    harm_listing,
    place_listing,
    quote_listing,
    source_listing,
)
from tests.support import read_book, sound_book


def listing_of_people(knowledge: KnowledgeBase) -> Listing[Any]:
    return people_listing(knowledge, Relations(knowledge))


LISTINGS: dict[str, Callable[[KnowledgeBase], Listing[Any]]] = {
    "films": film_listing,
    "stunts": stunt_listing,
    "people": listing_of_people,
    "quotes": quote_listing,
    "injuries": harm_listing,
    "disagreements": disagreement_listing,
    "places": place_listing,
    "sources": source_listing,
}


FILMS = {
    "old": "{title: Old, year: 1950, series: Serial}",
    "new": "{title: New, year: 2000}",
    "undated": "{title: Ärger}",
}
PEOPLE = {"ann": "{name: Ann Öberg}", "bob": "{name: Bob Nail}"}
"""Records of `book_of`."""


def entries(listing: Listing[Any], order: int | None = None) -> list[Any]:
    """The entries as they stand on the page, or in one of the orders."""
    found = [entry for group in listing.groups for entry in group.entries]
    return found if order is None else sorted(found, key=lambda entry: entry.places[order])


def rows(listing: Listing[Any], order: str = "") -> list[Any]:
    """The rows in one of the orders."""
    return [entry.row for entry in entries(listing, [each.key for each in listing.orders].index(order))]


def choices(listing: Listing[Any], key: str) -> list[tuple[str, str, int]]:
    (found,) = [each for each in listing.filters if each.key == key]
    return [(choice.value, choice.label, choice.count) for choice in found.choices]


def book_of(folder: Path, **sections: dict[str, str]) -> KnowledgeBase:
    """A knowledge base without articles: per section, per identifier, the fields in YAML's flow style."""
    lines = [
        line
        for section, records in sections.items()
        for line in (f"{section}:", *(f"  {k}: {v}" for k, v in records.items()))
    ]
    return sound_book(folder, "\n".join(lines) + "\n", story="Nothing.\n")


def book_of_dates(folder: Path, dates: dict[str, str]) -> KnowledgeBase:
    """A knowledge base of articles alone, by their identifiers, with the days on which they were published."""
    articles = {}
    for name, date in dates.items():
        published = f'published: "{date}"\n' if date else ""
        url = f"https://gazette.example/{name}"
        articles[name] = f"---\ntitle: {name}\npublisher: {name.capitalize()}\nurl: {url}\n{published}---\nNothing.\n"
    return read_book(folder, "", **articles)[0]
