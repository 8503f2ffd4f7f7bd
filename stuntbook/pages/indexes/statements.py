"""The index pages of sources, and of what rests on them: quotes, injuries and risks, disagreements, places."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, get_args

from stuntbook.diagnostics import plural
from stuntbook.knowledge.base import KnowledgeBase
from stuntbook.knowledge.statements import Statement, of_kind
from stuntbook.pages.indexes.listing import (
    Attribute,
    Listing,
    Order,
    Values,
    film_attribute,
    fold_name,
    listing_of,
    named_attribute,
    newest_first,
    people_attribute,
    positions,
    slug,
)
from stuntbook.records.article import Article
from stuntbook.records.dates import parse_edtf
from stuntbook.records.model import Film, Stunt
from stuntbook.records.stated import BodyPart, Facet, Injury, Quote

HARM = {"injury": "Injuries", "risk": "Risks"}
"""What happened, and what could have happened: never in one list."""


class StatementRow(NamedTuple):
    """A statement, with the film that it is about, where it is about one."""

    statement: Statement
    film: Film | None


def quote_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The quotes by speaker."""
    people, films = positions(knowledge.agents), positions(knowledge.films)
    sources = positions(article.id for article in articles_by_publisher(knowledge))
    speakers = people_attribute(knowledge, "speaker", "Speaker", _speakers)
    return listing_of(
        _rows(knowledge, "quote"),
        "quote",
        attributes=(
            speakers,
            film_attribute(knowledge, lambda row: (row.film,)),
            Attribute("source", "Source", "All sources", lambda row: _sources(knowledge, row), sources),
        ),
        groups=speakers,
        orders=(
            Order("", "Speaker", lambda row: people.get(_speakers(row)[0], len(people)), "speaker"),
            Order("film", "Film", lambda row: films[row.film.id] if row.film else len(films), "film"),
            Order("source", "Source", lambda row: sources[row.statement.passages[0].source], "source"),
            Order("longest", "Longest first", lambda row: -len(row.statement.text)),
            Order("shortest", "Shortest first", lambda row: len(row.statement.text)),
        ),
    )


def harm_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The injuries, then the risks, by the year of the film."""
    rows = [row for kind in HARM for row in _rows(knowledge, kind)]
    kinds, parts = positions(HARM), positions(get_args(BodyPart))

    def in_kind(key: str, label: str, by: Callable[[StatementRow], int]) -> Order[StatementRow]:
        return Order(key, label, lambda row: (kinds[row.statement.kind], by(row)), "kind")

    listing = listing_of(
        rows,
        "injury or risk",
        attributes=(
            people_attribute(knowledge, "person", "Person", lambda row: [each.person for each in _injury(row)]),
            film_attribute(knowledge, lambda row: (row.film,)),
            named_attribute(
                "part", "Body part", "All parts", lambda row: [each.body_part for each in _injury(row)], parts
            ),
        ),
        groups=Attribute("kind", "", "", lambda row: ((row.statement.kind, HARM[row.statement.kind]),)),
        orders=(
            in_kind("", "Oldest film first", lambda row: 0),
            in_kind("newest", "Newest film first", lambda row: newest_first(row.film)),
            in_kind("part", "Body part, head to foot", lambda row: sum(parts[each.body_part] for each in _injury(row))),
        ),
    )
    return listing if len(rows) == 1 else replace(listing, count=f"{len(rows):,} injuries and risks")


def disagreement_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The disagreements by film."""
    films = positions(knowledge.films)
    return listing_of(
        _rows(knowledge, "disagreement"),
        "disagreement",
        groups=film_attribute(knowledge, lambda row: (row.film,)),
        orders=(Order("", "Film", lambda row: films[row.film.id] if row.film else len(films), "film"),),
    )


def place_listing(knowledge: KnowledgeBase) -> Listing[StatementRow]:
    """The places from A to Z, each with its stunts. The ids of its groups are what `facet_address` leads to."""
    listing = listing_of(
        _rows(knowledge, "place"),
        "place",
        groups=named_attribute("place", "", "", _places),
        orders=(Order("", "Name, A–Z", lambda row: [slug(each) for each in _places(row)], "place"),),
    )
    return replace(listing, count=plural(len(listing.groups), "place"))


def _places(row: StatementRow) -> tuple[str, ...]:
    return (row.statement.value.name,) if isinstance(row.statement.value, Facet) else ()


def _rows(knowledge: KnowledgeBase, kind: str) -> list[StatementRow]:
    """The statements of a kind: those about films by year, those about stunts by year, then all others."""
    rows = []
    for record in knowledge.records:
        film = knowledge.film_of(record) if isinstance(record, Stunt) else knowledge.films.get(record.id)
        rows += [StatementRow(each, film) for each in of_kind(knowledge.statements[record.id], kind)]
    return rows


def _speakers(row: StatementRow) -> tuple[str, ...]:
    return (row.statement.value.speaker,) if isinstance(row.statement.value, Quote) else ()


def _injury(row: StatementRow) -> tuple[Injury, ...]:
    return (row.statement.value,) if isinstance(row.statement.value, Injury) else ()


def _sources(knowledge: KnowledgeBase, row: StatementRow) -> Values:
    articles = (knowledge.sources[source].article for source in row.statement.evidence.sources)
    return ((each.id, f"{each.publisher}: {each.display_name}") for each in articles)


class SourceRow(NamedTuple):
    """An article, with how much of this book rests on it."""

    article: Article
    passages: int
    statements: int


def source_listing(knowledge: KnowledgeBase) -> Listing[SourceRow]:
    """The sources by publisher."""
    rows = []
    for article in articles_by_publisher(knowledge):
        cited = knowledge.cited[article.id]
        statements = {(each.record, each.anchor) for passage in cited for each in passage.statements}
        rows.append(SourceRow(article, len(cited), len(statements)))
    return listing_of(
        rows,
        "source",
        names=lambda row: " ".join((row.article.display_name, row.article.publisher, row.article.author or "")),
        orders=(
            Order("", "Publisher, A–Z", lambda row: 0),
            Order("newest", "Newest first", lambda row: _latest(row.article)),
            Order("title", "Title, A–Z", lambda row: fold_name(row.article.display_name)),
            Order("passages", "Most cited first", lambda row: -row.passages),
        ),
    )


def articles_by_publisher(knowledge: KnowledgeBase) -> list[Article]:
    articles = (source.article for source in knowledge.sources.values())
    return sorted(articles, key=lambda each: (fold_name(each.publisher), each.display_name))


def _latest(article: Article) -> tuple[int, int, int]:
    """The latest first, what has no date last."""
    date = parse_edtf(article.published) if article.published else None
    return (-(date.year or 0), -(date.month or 0), -(date.day or 0)) if date else (0, 0, 0)
